/**
 * The adapter for Claude Code. Facts, measured on 2.1.197 and 2.1.330, and how its parts work together:
 * hooks (POST) and tools (MCP) come to a loopback server of the seat; messages leave by the mailbox's long polls.
 */
import { randomBytes } from 'node:crypto'
import { rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { argvFor, environmentFor } from '../../../shared/agent/claude-launch'
import type { AgentInfo } from '../../../shared/agent/info'
import { err, ok, type Result } from '../../../shared/result'
import type { Agent, LaunchError, Seat, SeatContext } from '../agent'
import { type LoopbackServer, startLoopback } from '../mcp/loopback'
import { mcpHandler, noStream } from '../mcp/mcp'
import { notedSession, noteSession, noteUnread, unreadSession } from '../noted-session'
import { ask, detectClaude } from './detect'
import { writeSeatFiles } from './files'
import { createDesk } from './seat'
import { heardIn } from './session'
import { processOf, transcriptOf } from './watch'

export interface ClaudeDeps {
  /** A new UUID; also used for the session's id, which must be one. */
  readonly newId: () => string
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

/** The session to resume, if any, and whether it has read the opening. */
interface Past {
  readonly session: string | undefined
  /** It was begun and has read nothing: Claude Code keeps no record of it, and begins it again by its id. */
  readonly unread?: true
  readonly opened: boolean
}

type Ready = Extract<AgentInfo['state'], { type: 'ready' }>

const configDirOf = (env: Readonly<Record<string, string>>): string =>
  env.CLAUDE_CONFIG_DIR ?? join(env.HOME ?? '', '.claude')

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    found => found.isDirectory(),
    () => false,
  )

/** Why this seat cannot be started, or the program to start. */
const prepare = async (
  context: SeatContext,
): Promise<Result<{ readonly program: Ready; readonly past: Past }, LaunchError>> => {
  if (!(await isFolder(context.folder))) {
    return err({ cause: 'folder', message: `There is no folder ${context.folder}.` })
  }
  const { state } = await detectClaude(context.env)
  if (state.type !== 'ready') return err({ cause: state.type, message: state.todo })
  const session = context.resume ?? notedSession(context)
  if (session === undefined) return ok({ program: state, past: { session, opened: false } })
  const configDir = configDirOf(context.env)
  const owner = await processOf(configDir, session)
  if (owner !== null) {
    const message = `This session is still open in another Claude Code (process ${owner}). Close that one first.`
    return err({ cause: 'failed', message })
  }
  const transcript = await transcriptOf(configDir, session)
  const heard = transcript === null ? null : await heardIn(transcript, context.log)
  if (heard?.words) {
    const { opening } = context
    const opened = opening !== undefined && heard.read.has(opening.id)
    return ok({ program: state, past: { session, opened } })
  }
  // One that was begun and has no record has read nothing.
  if (context.resume === undefined) return ok({ program: state, past: { session: undefined, opened: false } })
  if (unreadSession(context) === session) {
    // The CLI takes no id anew that has a transcript, and resumes none without words: it stands aside, whole.
    if (transcript !== null) await rename(transcript, `${transcript}.unread`)
    return ok({ program: state, past: { session, unread: true, opened: false } })
  }
  return err({ cause: 'failed', message: `Claude Code has no record of the session ${session}.` })
}

/** Without the switch a resumed session would go on with the instructions it began with. */
const hasSnapshotSwitch = async (path: string, env: SeatContext['env']): Promise<boolean> =>
  (await ask(path, ['--help'], env)).text.includes('--system-prompt-snapshot')

const launch = async (
  context: SeatContext,
  { program, past }: { readonly program: Ready; readonly past: Past },
  deps: ClaudeDeps,
): Promise<Seat> => {
  const desk = createDesk({ context, version: program.version, opened: past.opened, ...deps })
  const token = randomBytes(32).toString('hex')
  const server: LoopbackServer = await startLoopback({
    token,
    log: context.log,
    routes: {
      'POST /hook': desk.onHook,
      'GET /mailbox': desk.onMailbox,
      'POST /claim': desk.onClaim,
      'POST /mcp': mcpHandler(context),
      'GET /mcp': noStream,
    },
  })
  try {
    const files = await writeSeatFiles(context.dir, server.url, token)
    const resume = past.session !== undefined && past.unread === undefined
    const session = past.session ?? deps.newId()
    noteSession(context, session)
    if (!resume) noteUnread(context, session)
    const args = argvFor({
      ...files,
      config: context.config,
      instructions: context.instructions,
      session,
      resume,
      snapshotSwitch: resume && (await hasSnapshotSwitch(program.path, context.env)),
      ...(context.opening && !past.opened ? { opening: context.opening.text } : {}),
    })
    const env = environmentFor(context.env)
    const pty = context.spawn({ file: program.path, args, cwd: context.folder, env })
    return desk.attach(pty, server.stop)
  } catch (error) {
    await server.stop()
    throw error
  }
}

export const createClaude = (deps: ClaudeDeps): Agent => ({
  kind: 'claude',
  detect: detectClaude,
  start: async context => {
    const program = await prepare(context)
    if (!program.ok) return program
    const { warning } = program.value.program
    if (warning) context.emit({ type: 'notice', text: warning })
    try {
      return ok(await launch(context, program.value, deps))
    } catch (error) {
      return err({ cause: 'failed', message: `Claude Code could not be started: ${String(error)}` })
    }
  },
})
