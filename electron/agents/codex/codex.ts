/** The adapter of OpenAI's Codex: what was measured of it stands in the modules beside this one. */
import { tmpdir } from 'node:os'
import { err, ok, type Result } from '../../../shared/result'
import type { Log } from '../../log'
import type { Agent, LaunchError, Seat, SeatContext } from '../agent'
import { notedSession, noteSession } from '../noted-session'
import { type AppServer, chooseAddress, type ServerSpec, startAppServer } from './app-server'
import { detectCodex } from './detect'
import { threadPermissions } from './permissions'
import { CodexSeat } from './seat'
import { clearQueue, initialize, type OpenThread, resumeThread, startThread } from './thread'

export interface CodexDeps {
  readonly log: Log
  /** The real machine unless given; tests choose a transport or a folder of their own. */
  readonly machine?: Partial<Machine>
}

interface Machine {
  readonly platform: NodeJS.Platform
  readonly arch: string
  /** For a socket whose path in the seat's own folder would be too long. */
  readonly tempFolder: string
  /** Windows has no unix socket that Codex listens on. */
  readonly transport: 'socket' | 'port'
}

const thisMachine = (): Machine => ({
  platform: process.platform,
  arch: process.arch,
  tempFolder: tmpdir(),
  transport: process.platform === 'win32' ? 'port' : 'socket',
})

const failed = (message: string): Result<never, LaunchError> => err({ cause: 'failed', message })

const openThread = async (
  server: AppServer,
  context: SeatContext,
  version: string,
): Promise<Result<OpenThread & { readonly resumed: boolean }, string>> => {
  const { rpc } = server
  const ready = await initialize(rpc, version)
  if (!ready.ok) return err(ready.error.message)
  const noted = notedSession(context)
  const resume = context.resume ?? noted
  if (resume !== undefined) {
    const resumed = await resumeThread(rpc, resume, context)
    if (resumed.ok) {
      await clearQueue(rpc, resume)
      return ok({ ...resumed.value, resumed: true })
    }
    // One that was begun and has no record has read nothing.
    if (noted === undefined || !resumed.error.refused) return err(resumed.error.message)
  }
  const started = await startThread(rpc, context)
  if (!started.ok) return err(started.error.message)
  noteSession(context, started.value.id)
  return ok({ ...started.value, resumed: false })
}

const start = async (machine: Machine, context: SeatContext): Promise<Result<Seat, LaunchError>> => {
  if (threadPermissions(context.config.permissionMode) === undefined) {
    return failed(`Codex has no permission mode "${context.config.permissionMode}".`)
  }
  const { state } = await detectCodex(context.env, machine.platform, machine.arch)
  if (state.type !== 'ready') return err({ cause: state.type, message: state.todo })
  const address = await chooseAddress(context.dir, machine.tempFolder, machine.transport)
  const { folder: cwd, env, log } = context
  const spec: ServerSpec = { binary: state.path, address, cwd, env, platform: machine.platform, log }
  const server = await startAppServer(spec)
  if (!server.ok) {
    address.remove()
    return failed(server.error)
  }
  const thread = await openThread(server.value, context, state.version)
  if (!thread.ok) {
    await server.value.stop()
    address.remove()
    return failed(`Codex could not ${context.resume ? 'resume its conversation' : 'start'}: ${thread.error}`)
  }
  const parts = { context, version: state.version, spec, address, server: server.value, thread: thread.value }
  const seat = new CodexSeat(parts)
  if (state.warning) context.emit({ type: 'notice', text: state.warning })
  for (const text of server.value.warnings()) context.emit({ type: 'notice', text })
  try {
    seat.begin()
  } catch (error) {
    await seat.stop()
    return failed(`The terminal could not be started: ${error instanceof Error ? error.message : error}`)
  }
  return ok(seat)
}

export const createCodex = (deps: CodexDeps): Agent => {
  const machine = { ...thisMachine(), ...deps.machine }
  return {
    kind: 'codex',
    async detect(env) {
      const info = await detectCodex(env, machine.platform, machine.arch)
      deps.log(`codex: ${info.state.type}`)
      return info
    },
    start: context => start(machine, context),
  }
}
