/** The adapter of programs that take a seat by configuration alone (docs/adr/0011). */
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { access, constants, mkdir } from 'node:fs/promises'
import { delimiter, isAbsolute, join } from 'node:path'
import process from 'node:process'
import { commandLimits, filled } from '../../../shared/agent/command'
import type { CommandConfig } from '../../../shared/agent/command-config'
import type { AgentInfo } from '../../../shared/agent/info'
import { err, ok, type Result } from '../../../shared/result'
import type { Agent, LaunchError, Seat, SeatContext, SeatTerminal } from '../agent'
import { notedSession, noteSession } from '../noted-session'
import { takesSettings, writeGemini } from './gemini'
import { type CommandHost, openHost } from './host'
import { type CommandSeat, createCommandSeat, takenRecord } from './seat'
import { type Watch, watchOutput } from './watch'

/** Milliseconds until a program must have shown its prompt and come to rest. */
const START_MS = 60_000
/** Milliseconds of silence after which the prompt is taken to stand. */
const SETTLED_MS = 1_000

const info: AgentInfo = {
  kind: 'command',
  name: 'Command',
  state: { type: 'ready', path: '', version: '' },
  permissionModes: [],
}

export const createCommand = (): Agent => ({
  kind: 'command',
  // Which program it is stands in the seat's configuration; whether it is there is seen at the start.
  detect: () => Promise.resolve(info),
  start,
})

const failed = (message: string): Result<never, LaunchError> => err({ cause: 'failed', message })

const start = async (context: SeatContext): Promise<Result<Seat, LaunchError>> => {
  const given = context.config.command
  if (!given) return failed('Say which program takes this seat.')
  const file = await findProgram(given, context.env)
  if (file === null)
    return err({
      cause: 'missing',
      message: `\`${given.command}\` was not found: install it, or give its whole path in the settings.`,
    })
  await mkdir(context.dir, { recursive: true, mode: 0o700 })
  const config = await asPossible(given, context.dir)
  let seat: CommandSeat | null = null
  const host = await openHost(context, (event, body) => seat?.hook(event, body))
  try {
    const launched = await launch(context, config, file, host)
    if (!launched.ok) return launched
    seat = launched.value
    return ok(await settle(context, config, seat.seat))
  } catch (error) {
    await host.stop()
    return failed(`${config.name} could not be started: ${String(error)}`)
  }
}

/** Without a way to give Gemini CLI its hooks, silence must do. */
const asPossible = async (config: CommandConfig, dir: string): Promise<CommandConfig> =>
  config.hooks === 'gemini' && !(process.platform !== 'win32' && (await takesSettings(dir)))
    ? { ...config, hooks: 'none' }
    : config

const launch = async (
  context: SeatContext,
  config: CommandConfig,
  file: string,
  host: CommandHost,
): Promise<Result<CommandSeat, LaunchError>> => {
  const { terminal, resume } = context
  if (!terminal) throw new Error('this host has no terminal to type into')
  const known = resume ?? begunSession(context)
  const resumed = known !== undefined && config.resumeArgs !== undefined
  const session = resumed ? known : randomUUID()
  noteSession(context, session)
  const pty = context.spawn({
    file,
    args: filled(resumed ? (config.resumeArgs ?? []) : config.args, session),
    cwd: context.folder,
    env: {
      TERM: 'xterm-256color',
      ...context.env,
      ...config.env,
      ...(config.hooks === 'gemini' ? await writeGemini(context.dir, host) : {}),
      PATH: [host.bin, context.env.PATH ?? ''].join(delimiter),
    },
  })
  const watch = watchOutput(pty)
  const early: string[] = []
  pty.onExit(({ code }) => early.push(`${config.name} ended at once with code ${code}.`))
  let up = false
  const emit: SeatContext['emit'] = event => {
    // A program that ends before it is up is a failed launch, no exit.
    if (up || event.type !== 'exited') context.emit(event)
  }
  const made = createCommandSeat({
    context: { ...context, emit },
    config,
    session,
    resumed,
    pty,
    terminal,
    watch,
    host,
  })
  if (!(await comesUp(config, terminal, watch))) {
    await made.seat.stop()
    return failed(early[0] ?? `${config.name} did not come to rest within ${START_MS / 1_000} s.`)
  }
  up = true
  if (resume !== undefined && !resumed)
    context.emit({
      type: 'notice',
      text: `${config.name} has no way to resume a conversation: it begins anew and knows nothing of before.`,
    })
  context.emit({ type: 'ready', session, version: '' })
  context.emit({ type: 'notice', text: commandLimits(config) })
  return ok(made)
}

/** Once its prompt stands. A program that says nothing of it has one when it came to rest after its first output. */
const comesUp = async (
  { bracketedPrompt }: CommandConfig,
  terminal: SeatTerminal,
  watch: Watch,
): Promise<boolean> => {
  const deadline = performance.now() + START_MS
  const left = (): number => deadline - performance.now()
  if (!(await watch.output(START_MS))) return false
  do {
    if (!(await watch.quiet(SETTLED_MS, left()))) return false
  } while (bracketedPrompt === true && !(await terminal.bracketedPaste()))
  return true
}

/** A program resumes what it was told something in; a conversation without a message is not kept. */
const begunSession = (context: SeatContext): string | undefined => {
  const noted = notedSession(context)
  return noted !== undefined && existsSync(takenRecord(context.dir, noted)) ? noted : undefined
}

const settle = async (context: SeatContext, config: CommandConfig, seat: Seat): Promise<Seat> => {
  const { opening, emit, log } = context
  if (!opening) return seat
  // The machine waits for the message, not for us.
  seat.deliver(opening).then(
    sent => {
      if (!sent.ok) emit({ type: 'messageLost', id: opening.id, why: sent.error.why })
    },
    (error: unknown) => log(`${config.name}: the opening failed: ${String(error)}`),
  )
  return seat
}

const findProgram = async (
  { command }: CommandConfig,
  env: Readonly<Record<string, string>>,
): Promise<string | null> => {
  const places = isAbsolute(command)
    ? [command]
    : (env.PATH ?? '')
        .split(delimiter)
        .filter(Boolean)
        .map(folder => join(folder, command))
  for (const place of places)
    if (
      await access(place, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return place
  return null
}
