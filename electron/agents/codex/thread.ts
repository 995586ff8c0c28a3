/** The requests that Duologue makes of its app-server, each in one place with the parameters that were measured. */
import type { z } from 'zod'
import { clientIdOf } from '../../../shared/agent/codex'
import { REPLIES } from '../../../shared/agent/codex-frames'
import type { DeliveryId } from '../../../shared/ids'
import { err, ok, type Result } from '../../../shared/result'
import type { SeatContext } from '../agent'
import { threadPermissions } from './permissions'
import type { Rpc, RpcFailure } from './rpc'
import { withoutTrusting } from './trust'

export interface OpenThread {
  readonly id: string
  readonly model: string
}

/** Codex's own limit of one message. */
export const MAX_INPUT_CHARS = 1_048_576
/** Most recent turns are read first; a message looked for after a crash is among the last few. */
const TURNS_PER_PAGE = 25
const TURN_PAGES = 8

const textInput = (text: string): unknown => [{ type: 'text', text, text_elements: [] }]

/** `experimentalApi` opens the queue and dynamic tools; without attestation no request reaches us for it. */
export const initialize = async (rpc: Rpc, version: string): Promise<Result<void, RpcFailure>> => {
  const params = {
    clientInfo: { name: 'duologue', title: 'Duologue', version },
    capabilities: { experimentalApi: true, requestAttestation: false },
  }
  const reply = await rpc.request('initialize', params, REPLIES.initialize)
  if (!reply.ok) return reply
  rpc.notify('initialized')
  return ok(undefined)
}

/** A name creates the thread's record, without which it cannot be resumed, and stops the TUI's request for one. */
export const nameThread = (rpc: Rpc, threadId: string, name: string): Promise<Result<unknown, RpcFailure>> =>
  rpc.request('thread/name/set', { threadId, name }, REPLIES.any)

const common = (context: SeatContext): Record<string, unknown> => ({
  cwd: context.folder,
  developerInstructions: context.instructions,
  ...threadPermissions(context.config.permissionMode),
})

export const startThread = async (
  rpc: Rpc,
  context: SeatContext,
): Promise<Result<OpenThread, RpcFailure>> => {
  const params = {
    ...common(context),
    ...(await withoutTrusting(rpc, context.folder, threadPermissions(context.config.permissionMode) ?? {})),
    dynamicTools: context.tools.map(tool => ({ type: 'function', ...tool })),
    ...(context.config.model === undefined ? {} : { model: context.config.model }),
  }
  const reply = await rpc.request('thread/start', params, REPLIES.thread)
  if (!reply.ok) return reply
  const { thread, model } = reply.value
  const named = await nameThread(rpc, thread.id, `Duologue ${context.pair}`)
  return named.ok ? ok({ id: thread.id, model }) : named
}

/** Dynamic tools and the model stay with the thread; instructions and permissions are given again. */
export const resumeThread = async (
  rpc: Rpc,
  threadId: string,
  context: SeatContext,
): Promise<Result<OpenThread, RpcFailure>> => {
  const params = { threadId, excludeTurns: true, ...common(context) }
  const reply = await rpc.request('thread/resume', params, REPLIES.thread)
  return reply.ok ? ok({ id: reply.value.thread.id, model: reply.value.model }) : reply
}

/** Puts a message into Codex's queue: it starts at once when idle. Gives the id by which it can be withdrawn. */
export const enqueue = async (
  rpc: Rpc,
  threadId: string,
  clientId: string,
  text: string,
): Promise<Result<string, RpcFailure>> => {
  const params = { threadId, clientUserMessageId: clientId, input: textInput(text) }
  const reply = await rpc.request('thread/queue/add', params, REPLIES.queued)
  return reply.ok ? ok(reply.value.queuedSubmission.id) : reply
}

/** After an interrupted turn the queue stands still until this; refused when the message has left the queue. */
export const startQueued = (
  rpc: Rpc,
  threadId: string,
  queuedSubmissionId: string,
): Promise<Result<unknown, RpcFailure>> =>
  rpc.request('thread/queue/start', { threadId, queuedSubmissionId }, REPLIES.any)

/** True when the message was still in the queue, and will now never be taken. */
export const withdraw = async (
  rpc: Rpc,
  threadId: string,
  clientId: string,
): Promise<Result<boolean, RpcFailure>> => {
  const queue = await rpc.request('thread/queue/list', { threadId }, REPLIES.queue)
  if (!queue.ok) return queue
  const entry = queue.value.data.find(item => item.clientUserMessageId === clientId)
  if (entry === undefined) return ok(false)
  const params = { threadId, queuedSubmissionId: entry.id }
  const reply = await rpc.request('thread/queue/delete', params, REPLIES.deleted)
  return reply.ok ? ok(reply.value.deleted) : reply.error.refused ? ok(false) : reply
}

/** Withdraws whatever of ours a former life left in the queue. */
export const clearQueue = async (rpc: Rpc, threadId: string): Promise<void> => {
  const queue = await rpc.request('thread/queue/list', { threadId }, REPLIES.queue)
  if (!queue.ok) return
  for (const { id, clientUserMessageId } of queue.value.data) {
    if (!clientUserMessageId.startsWith('duologue')) continue
    await rpc.request('thread/queue/delete', { threadId, queuedSubmissionId: id }, REPLIES.deleted)
  }
}

export const steerTurn = (
  rpc: Rpc,
  threadId: string,
  expectedTurnId: string,
  id: DeliveryId,
  text: string,
): Promise<Result<unknown, RpcFailure>> => {
  const params = { threadId, expectedTurnId, clientUserMessageId: clientIdOf(id), input: textInput(text) }
  return rpc.request('turn/steer', params, REPLIES.any)
}

export const interruptTurn = (
  rpc: Rpc,
  threadId: string,
  turnId: string,
): Promise<Result<unknown, RpcFailure>> => rpc.request('turn/interrupt', { threadId, turnId }, REPLIES.any)

/** Ends the shell commands that outlived their turn. */
export const endBackground = (rpc: Rpc, threadId: string): Promise<Result<unknown, RpcFailure>> =>
  rpc.request('thread/backgroundTerminals/clean', { threadId }, REPLIES.any)

/** Whether the thread's own record holds this message of ours: by its id, or by the header of its text. */
export const recorded = async (
  rpc: Rpc,
  threadId: string,
  id: DeliveryId,
): Promise<Result<boolean, RpcFailure>> => {
  let cursor: string | null = null
  for (let page = 0; page < TURN_PAGES; page++) {
    const params: unknown = {
      threadId,
      cursor,
      limit: TURNS_PER_PAGE,
      sortDirection: 'desc',
      itemsView: 'full',
    }
    const reply: Result<z.infer<typeof REPLIES.turns>, RpcFailure> = await rpc.request(
      'thread/turns/list',
      params,
      REPLIES.turns,
    )
    if (!reply.ok) return err(reply.error)
    const items = reply.value.data.flatMap(turn => turn.items)
    const found = items.some(
      item =>
        item.type === 'userMessage' &&
        (item.clientId === clientIdOf(id) || item.content[0]?.text?.startsWith(`[duologue ${id}`)),
    )
    if (found) return ok(true)
    cursor = reply.value.nextCursor ?? null
    if (cursor === null) break
  }
  return ok(false)
}
