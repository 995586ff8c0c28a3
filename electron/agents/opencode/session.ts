/** The requests that Duologue makes of its server, each in one place with what was measured of it. */
import { REPLIES, type SessionInfo } from '../../../shared/agent/opencode-frames'
import { deliveryOf, type SentIds } from '../../../shared/agent/opencode-ids'
import { sessionRules } from '../../../shared/agent/opencode-launch'
import type { DeliveryId } from '../../../shared/ids'
import { err, ok, type Result } from '../../../shared/result'
import { after } from '../after'
import type { Client, Failure } from './client'

type Rules = Parameters<typeof sessionRules>[0]

export const createSession = (
  client: Client,
  title: string,
  rules: Rules,
): Promise<Result<SessionInfo, Failure>> =>
  client.request('POST', '/session', { title, permission: sessionRules(rules) }, REPLIES.session)

/** Refused when there is no such session. Rules are given again: they are not the server's but the session's. */
export const resumeSession = async (
  client: Client,
  id: string,
  rules: Rules,
): Promise<Result<SessionInfo, Failure>> => {
  if (rules === undefined) return client.request('GET', `/session/${id}`, undefined, REPLIES.session)
  return client.request('PATCH', `/session/${id}`, { permission: sessionRules(rules) }, REPLIES.session)
}

export const readSession = (client: Client, id: string): Promise<Result<SessionInfo, Failure>> =>
  client.request('GET', `/session/${id}`, undefined, REPLIES.session)

/** Live in the TUI, beside the human's draft; while busy it waits for the next step of the model. */
export const prompt = (
  client: Client,
  session: string,
  ids: SentIds,
  text: string,
): Promise<Result<unknown, Failure>> => {
  const body = { messageID: ids.message, parts: [{ id: ids.part, type: 'text', text }] }
  return client.request('POST', `/session/${session}/prompt_async`, body, REPLIES.any)
}

export const abort = (client: Client, session: string): Promise<Result<unknown, Failure>> =>
  client.request('POST', `/session/${session}/abort`, undefined, REPLIES.any)

export const isIdle = async (client: Client, session: string): Promise<boolean> => {
  const statuses = await client.request('GET', '/session/status', undefined, REPLIES.statuses)
  return statuses.ok && (statuses.value[session]?.type ?? 'idle') === 'idle'
}

const messages = (client: Client, session: string) =>
  client.request('GET', `/session/${session}/message`, undefined, REPLIES.messages)

/** Undefined: there is none, or it cannot be read. */
export const lastMessage = async (client: Client, session: string) => {
  const read = await messages(client, session)
  return read.ok ? read.value.at(-1)?.info : undefined
}

/** `waits`: it stands in the record, and no answer names it or a later one. */
type Found =
  | { readonly type: 'taken' }
  | { readonly type: 'nowhere' }
  | { readonly type: 'waits'; readonly message: string }

const findDelivery = async (
  client: Client,
  session: string,
  id: DeliveryId,
): Promise<Result<Found, Failure>> => {
  const read = await messages(client, session)
  if (!read.ok) return err(read.error)
  const infos = read.value.map(({ info }) => info)
  const ours = infos.find(info => info.role === 'user' && deliveryOf(info.id) === id)
  if (ours === undefined) return ok({ type: 'nowhere' })
  const taken = infos.some(info => info.role === 'assistant' && info.parentID >= ours.id)
  return ok(taken ? { type: 'taken' } : { type: 'waits', message: ours.id })
}

/** Takes a message out of the record again; refused while the session is at work. */
const withdraw = (client: Client, session: string, message: string): Promise<Result<unknown, Failure>> =>
  client.request('DELETE', `/session/${session}/message/${message}`, undefined, REPLIES.any)

/**
 * Whether opencode took a message, or never will: one that merely waits is taken out of the record, so that it is never
 * read beside its repetition. `unknown`: it did not answer, or is at work and may still read it.
 */
export const fateOf = async (
  client: Client,
  session: string,
  id: DeliveryId,
): Promise<'taken' | 'never' | 'unknown'> => {
  const found = await findDelivery(client, session, id)
  if (!found.ok) return 'unknown'
  if (found.value.type === 'taken') return 'taken'
  if (found.value.type === 'nowhere') return 'never'
  if (!(await isIdle(client, session))) return 'unknown'
  const withdrawn = await withdraw(client, session, found.value.message)
  return withdrawn.ok ? 'never' : 'unknown'
}

/** A try answers in milliseconds, but opencode answers the first only when every MCP server of the user has. */
const TOOL_TRIES = 5
const TOOL_REST_MS = 200

/**
 * Sees to it that the session has our tools. opencode connects to an MCP server once in its life: one request that fails
 * there, and the agent never has them.
 */
export const connectTools = async (client: Client): Promise<Result<void, string>> => {
  let why = ''
  for (let tries = 1; tries <= TOOL_TRIES; tries++) {
    const told = await client.request('GET', '/mcp', undefined, REPLIES.mcp)
    const pair = told.ok ? told.value.pair : undefined
    if (pair?.status === 'connected') return ok(undefined)
    why = told.ok ? (pair?.error ?? pair?.status ?? 'it knows nothing of them') : told.error.message
    await after(tries * TOOL_REST_MS)
    await client.request('POST', '/mcp/pair/connect', undefined, REPLIES.any)
  }
  return err(`it could not read Duologue's tools (${why})`)
}

/** Context windows in tokens, by `provider/model`, and the model that is used when nobody chooses. */
export const readModels = async (
  client: Client,
): Promise<{ readonly windows: Readonly<Record<string, number>>; readonly model: string | undefined }> => {
  const [config, told] = await Promise.all([
    client.request('GET', '/config', undefined, REPLIES.config),
    client.request('GET', '/config/providers', undefined, REPLIES.providers),
  ])
  const providers = told.ok ? told.value.providers : []
  const windows = Object.fromEntries(
    providers.flatMap(({ id, models }) =>
      Object.entries(models).flatMap(([name, { limit }]) =>
        limit ? [[`${id}/${name}`, limit.context]] : [],
      ),
    ),
  )
  return { windows, model: (config.ok && config.value.model) || undefined }
}
