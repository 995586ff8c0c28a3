/**
 * The adapter of the practice agent: a terminal program of our own that works without an account or a network,
 * so that the whole product can be tried. It speaks the line protocol of `shared/agent/practice`.
 */
import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { AgentInfo } from '../../../shared/agent/info'
import { practiceRecordName } from '../../../shared/agent/practice'
import { err, type Result } from '../../../shared/result'
import type { Agent, LaunchError, Seat, SeatContext } from '../agent'
import { notedSession, noteSession } from '../noted-session'
import { listen } from './channel'
import { createPracticeSeat } from './seat'

export interface PracticeDeps {
  /** How this build runs the program: e.g. node and the bundle, or the app's own executable. */
  readonly program: {
    readonly file: string
    readonly args: readonly string[]
    readonly env: Readonly<Record<string, string>>
  }
  /** The app's own version: the agent is part of it. */
  readonly version: string
}

/** Milliseconds until the program must have said hello. */
const HELLO_WAIT = 15_000

export function createPractice(deps: PracticeDeps): Agent {
  const info: AgentInfo = {
    kind: 'practice',
    name: 'Practice agent',
    state: { type: 'ready', path: deps.program.file, version: deps.version },
    permissionModes: [
      { value: null, label: 'Ask', hint: 'Asks before it runs the tests' },
      { value: 'auto', label: 'Auto', hint: 'Runs the tests without asking' },
    ],
  }
  return {
    kind: 'practice',
    detect: () => Promise.resolve(info),
    start: context => start(deps, context),
  }
}

async function start(deps: PracticeDeps, context: SeatContext): Promise<Result<Seat, LaunchError>> {
  if (!existsSync(context.folder))
    return err({ cause: 'folder', message: `The folder ${context.folder} does not exist.` })
  mkdirSync(context.dir, { recursive: true, mode: 0o700 })
  const hasRecord = (id: string): boolean => existsSync(join(context.dir, practiceRecordName(id)))
  const noted = notedSession(context)
  const session = context.resume ?? (noted !== undefined && hasRecord(noted) ? noted : randomUUID())
  if (context.resume !== undefined && !hasRecord(session))
    return err({ cause: 'failed', message: 'The practice session to resume is not there any more.' })
  noteSession(context, session)
  const seat = createPracticeSeat({ context, session, version: deps.version })
  try {
    const channel = await listen({ dir: context.dir, session, ...seat.hooks, log: context.log })
    const pty = context.spawn({
      file: deps.program.file,
      args: deps.program.args,
      cwd: context.folder,
      env: {
        TERM: 'xterm-256color',
        ...context.env,
        ...deps.program.env,
        DUOLOGUE_PRACTICE_SOCKET: channel.address,
        DUOLOGUE_PRACTICE_TOKEN: channel.token,
        DUOLOGUE_PRACTICE_SESSION: session,
        DUOLOGUE_PRACTICE_DIR: context.dir,
        DUOLOGUE_PRACTICE_VERSION: deps.version,
        DUOLOGUE_PRACTICE_PERMISSION: context.config.permissionMode ?? 'ask',
      },
    })
    return await seat.begin(pty, channel, HELLO_WAIT)
  } catch (error) {
    return err({ cause: 'failed', message: `The practice agent could not be started: ${String(error)}` })
  }
}
