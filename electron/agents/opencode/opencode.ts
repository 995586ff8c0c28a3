/**
 * The adapter of opencode: a private server for each seat, the TUI attached to it, and our tools by MCP. What was
 * measured of it stands in the modules beside this one.
 */
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { configContent, permissionRules } from '../../../shared/agent/opencode-launch'
import { err, ok, type Result } from '../../../shared/result'
import type { Log } from '../../log'
import type { Agent, LaunchError, Seat, SeatContext } from '../agent'
import { type LoopbackServer, startLoopback } from '../mcp/loopback'
import { mcpHandler, noStream } from '../mcp/mcp'
import { notedSession, noteSession } from '../noted-session'
import type { Client } from './client'
import { detectOpencode, findProgram } from './detect'
import { OpencodeSeat, type SeatParts } from './seat'
import { newAddress, type Server, type ServerSpec, startServer } from './server'
import { connectTools, createSession, readModels, resumeSession } from './session'

export interface OpencodeDeps {
  readonly log: Log
}

const failed = (message: string): Result<never, LaunchError> => err({ cause: 'failed', message })

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true

const writeRole = ({ dir, instructions }: SeatContext): string => {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const path = join(dir, 'opencode-role.md')
  writeFileSync(path, instructions, { mode: 0o600 })
  chmodSync(path, 0o600)
  return path
}

const startTools = async (context: SeatContext): Promise<{ server: LoopbackServer; token: string }> => {
  const token = randomBytes(32).toString('hex')
  const routes = { 'POST /mcp': mcpHandler(context), 'GET /mcp': noStream }
  return { server: await startLoopback({ token, routes, log: context.log }), token }
}

/** The environment of server and TUI: the user's own, with ours merged in. */
const environment = (
  context: SeatContext,
  tools: { readonly url: string; readonly token: string },
  password: string,
): Result<Readonly<Record<string, string>>, string> => {
  const { model, permissionMode } = context.config
  const permission = permissionMode === undefined ? undefined : permissionRules(permissionMode)
  const parts = { role: writeRole(context), tools, model, permission }
  const content = configContent(parts, context.env.OPENCODE_CONFIG_CONTENT)
  if (!content.ok) return content
  return ok({
    ...context.env,
    OPENCODE_CONFIG_CONTENT: content.value,
    OPENCODE_SERVER_PASSWORD: password,
    OPENCODE_SERVER_USERNAME: 'opencode',
    // Another program would take the place of the one that we know.
    OPENCODE_DISABLE_AUTOUPDATE: '1',
  })
}

interface Opened {
  readonly spec: ServerSpec
  readonly server: Server
}

const openServer = async (
  context: SeatContext,
  binary: string,
  tools: { readonly url: string; readonly token: string },
): Promise<Result<Opened, string>> => {
  const address = await newAddress()
  const env = environment(context, tools, address.password)
  if (!env.ok) return env
  const { folder: cwd, log } = context
  const spec: ServerSpec = { binary, address, cwd, env: env.value, platform: process.platform, log }
  const server = await startServer(spec)
  return server.ok ? ok({ spec, server: server.value }) : server
}

const openSession = async (
  context: SeatContext,
  client: Client,
  rules: ReturnType<typeof permissionRules>,
): Promise<Result<Pick<SeatParts, 'session' | 'resumed'>, string>> => {
  const noted = notedSession(context)
  const resume = context.resume ?? noted
  if (resume !== undefined) {
    const resumed = await resumeSession(client, resume, rules)
    if (resumed.ok) return ok({ session: resumed.value, resumed: true })
    // One that was begun and has no record has read nothing.
    if (noted === undefined || !resumed.error.refused) return err(resumed.error.message)
  }
  const created = await createSession(client, `Duologue ${context.pair}`, rules)
  if (!created.ok) return err(created.error.message)
  noteSession(context, created.value.id)
  return ok({ session: created.value, resumed: false })
}

const openSeat = async (
  context: SeatContext,
  { spec, server }: Opened,
  version: string,
  closeTools: () => Promise<void>,
): Promise<Result<OpencodeSeat, string>> => {
  const { client } = server
  const { config } = context
  const rules = config.permissionMode === undefined ? undefined : permissionRules(config.permissionMode)
  const opened = await openSession(context, client, rules)
  if (!opened.ok) return opened
  const connected = await connectTools(client)
  if (!connected.ok) return connected
  const models = await readModels(client)
  const parts = { context, version, spec, server, ...opened.value, models, closeTools }
  const seat = new OpencodeSeat(parts)
  try {
    const begun = await seat.begin()
    if (begun.ok) return ok(seat)
    await seat.stop()
    return begun
  } catch (error) {
    await seat.stop()
    return err(`the terminal could not be started: ${error instanceof Error ? error.message : error}`)
  }
}

const start = async (context: SeatContext): Promise<Result<Seat, LaunchError>> => {
  const { permissionMode } = context.config
  if (permissionMode !== undefined && permissionRules(permissionMode) === undefined) {
    return failed(`opencode has no permission mode "${permissionMode}".`)
  }
  if (!isFolder(context.folder)) {
    return err({ cause: 'folder', message: `There is no folder ${context.folder}.` })
  }
  const state = await findProgram(context.env, process.platform, process.arch)
  if (state.type !== 'ready') return err({ cause: state.type, message: state.todo })
  if (state.warning) context.emit({ type: 'notice', text: state.warning })
  const tools = await startTools(context)
  const { url } = tools.server
  const opened = await openServer(context, state.path, { url, token: tools.token })
  if (!opened.ok) {
    await tools.server.stop()
    return failed(opened.error)
  }
  const seat = await openSeat(context, opened.value, state.version, tools.server.stop)
  if (seat.ok) return ok(seat.value)
  await Promise.all([opened.value.server.stop(), tools.server.stop()])
  return failed(`opencode could not ${context.resume ? 'resume its session' : 'start'}: ${seat.error}`)
}

export const createOpencode = ({ log }: OpencodeDeps): Agent => ({
  kind: 'opencode',
  async detect(env) {
    const info = await detectOpencode(env, process.platform, process.arch)
    log(`opencode: ${info.state.type}`)
    return info
  },
  start,
})
