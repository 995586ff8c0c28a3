/**
 * A live pair: its runner, its two terminals with their recordings, and the seats' programs. It wires ports to one
 * another and decides nothing; what happens is in `shared/pair`.
 */
import { join } from 'node:path'
import type { AgentEvent } from '../../shared/agent/event'
import type { ToolReply } from '../../shared/agent/tools'
import type { PairId } from '../../shared/ids'
import type { Stamped } from '../../shared/pair/events'
import type { Command, Input, Refusal, Signal } from '../../shared/pair/inputs'
import { instructions } from '../../shared/pair/instructions'
import type { PairState } from '../../shared/pair/model'
import { type AgentKind, otherSeat, SEATS, type SeatId, seatAgentName } from '../../shared/pair/seat'
import type { Result } from '../../shared/result'
import { pairTools, readCall } from '../../shared/tools/call'
import type { Agent, LaunchError, Message, Seat } from '../agents/agent'
import type { SpawnPty } from '../pty/pty'
import { createTerminalSession, type TerminalSession } from '../pty/session'
import { openRecorder, type Recorder } from '../store/recordings'
import type { PairWork } from '../workspace/pair-work'
import { createEffects } from './effects'
import { createLimits } from './limits'
import { createPatience } from './patience'
import { createRunner, type JournalPort } from './runner'
import { createWatchdog, signOf } from './watchdog'

export interface TerminalSize {
  readonly cols: number
  readonly rows: number
}

export interface LiveDeps {
  readonly pair: PairId
  /** The pair's folder in the data folder. */
  readonly dir: string
  readonly journal: JournalPort & { close(): Promise<void> }
  readonly events: readonly Stamped[]
  readonly nextSeq: number
  readonly agents: Readonly<Record<AgentKind, Agent>>
  readonly env: Readonly<Record<string, string>>
  readonly spawn: SpawnPty
  /** Of both terminals, in cells, until a window tells what fits. */
  readonly size: () => TerminalSize
  /** A working seat without a sign for so many milliseconds is told of. */
  readonly quietMs: () => number
  readonly makeDir: (path: string) => Promise<void>
  readonly work: PairWork
  /** What each terminal begins with: its last screen before a restart. */
  readonly restore: Readonly<Record<SeatId, string>>
  readonly now: () => Date
  readonly onEvents: (events: readonly Stamped[], state: PairState) => void
  readonly onStorageTrouble: (message: string | null) => void
  readonly log: (line: string) => void
}

export interface LivePair {
  readonly pair: PairId
  readonly state: () => PairState
  readonly events: () => readonly Stamped[]
  readonly storageTrouble: () => string | null
  readonly terminal: (seat: SeatId) => TerminalSession
  /** Writes what is kept back of both recordings, so that they can be read. */
  flushRecordings(): void
  submit(input: Input): Promise<Result<void, Refusal>>
  command(command: Command): Promise<Result<void, Refusal>>
  /** Ends the programs, waits for what is being written, and lets go of the journal. */
  close(): Promise<void>
}

/** The seat that began as driver is recorded in `driver.cast`, whatever its role is later (docs/adr/0003). */
export const castFile = (seat: SeatId, driverAtStart: SeatId): string =>
  seat === driverAtStart ? 'driver.cast' : 'navigator.cast'

export const createLivePair = (deps: LiveDeps, driverAtStart: SeatId): LivePair => {
  const events: Stamped[] = [...deps.events]
  const recorders: Recorder[] = []
  let closing = false
  const signal = (given: Signal): void => void submit({ type: 'signal', signal: given })

  const size = deps.size()
  const openTerminal = (seat: SeatId): TerminalSession => {
    const recorder = openRecorder({
      path: join(deps.dir, castFile(seat, driverAtStart)),
      ...size,
      title: castFile(seat, driverAtStart).replace('.cast', ''),
      now: () => deps.now().getTime(),
      failed: error => recordingFailed(seat, error),
    })
    if (!recorder.ok) {
      recordingFailed(seat, recorder.error)
      return createTerminalSession({ spawn: deps.spawn, ...size, restore: deps.restore[seat] })
    }
    recorders.push(recorder.value)
    return createTerminalSession({
      spawn: deps.spawn,
      ...size,
      recorder: recorder.value,
      restore: deps.restore[seat],
    })
  }

  const recordingFailed = (seat: SeatId, error: Error): void => {
    deps.log(`recording of ${seat} stopped: ${error.message}`)
    queueMicrotask(() =>
      signal({ type: 'notice', seat, text: `The recording of this terminal stopped: ${error.message}` }),
    )
  }

  const callTool = async (seat: SeatId, name: string, args: unknown): Promise<ToolReply> => {
    watchdog.heard(seat, `called ${name}`)
    const call = readCall(runner.state(), seat, name, args)
    if (!call.ok) return { ok: false, text: call.error }
    const written = await submit({ type: 'signal', signal: call.value.signal })
    return written.ok ? { ok: true, text: call.value.reply } : { ok: false, text: written.error.message }
  }

  const launch = async (
    seat: SeatId,
    resume: string | null,
    opening: Message | null,
  ): Promise<Result<Seat, LaunchError>> => {
    const state = runner.state()
    const { config } = state.seats[seat]
    const dir = join(deps.dir, 'seats', seat)
    await deps.makeDir(dir)
    const partner = state.seats[otherSeat(seat)].config
    let over = false
    return deps.agents[config.agent].start({
      pair: deps.pair,
      seat,
      config,
      folder: state.folder,
      dir,
      env: deps.env,
      instructions: instructions(seatAgentName(config), seatAgentName(partner)),
      tools: pairTools,
      ...(opening ? { opening } : {}),
      ...(resume === null ? {} : { resume }),
      emit: (event: AgentEvent) => {
        // What programs say while we end them is our own doing, no fact about the pair.
        if (closing) return
        // A server that outlives its TUI by moments may begin a turn still: that would bring the seat back to life, and
        // nobody would start it again. What it took, its record tells when it is started.
        if (over) return
        over = event.type === 'exited'
        watchdog.heard(seat, signOf(event))
        for (const each of limits.heard(seat, patience.heard(seat, event))) {
          signal({ type: 'agent', seat, event: each })
        }
      },
      heard: what => watchdog.heard(seat, what),
      callTool: (name, args) => callTool(seat, name, args),
      spawn: spec => terminals[seat].run(spec),
      terminal: terminals[seat],
      log: line => deps.log(`${deps.pair} ${seat} ${config.agent}: ${line}`),
    })
  }

  const effects = createEffects({
    launch,
    work: deps.work,
    signal,
    log: deps.log,
  })

  const runner = createRunner({
    journal: deps.journal,
    events: deps.events,
    nextSeq: deps.nextSeq,
    now: () => deps.now().toISOString(),
    run: effects.run,
    onEvents: (added, state) => {
      events.push(...added)
      for (const event of added) mark(event)
      deps.onEvents(added, state)
    },
    onStorageTrouble: deps.onStorageTrouble,
    log: deps.log,
  })
  const submit = runner.submit
  const watchdog = createWatchdog({ quietMs: deps.quietMs, state: runner.state, signal, now: deps.now })
  const limits = createLimits(() => deps.now().getTime())
  const patience = createPatience({
    ms: deps.quietMs,
    interrupt: seat => effects.run({ type: 'interrupt', seat }, runner.state()),
  })
  const terminals: Readonly<Record<SeatId, TerminalSession>> = {
    left: openTerminal('left'),
    right: openTerminal('right'),
  }

  /** Handoffs are chapters of the recordings. They are written when the message is on its way, which waits for no file but the journal. */
  const mark = (event: Stamped): void => {
    if (event.type !== 'deliverySending') return
    setImmediate(() => {
      for (const recorder of recorders) recorder.marker(event.id)
    })
  }

  let closed: Promise<void> | null = null
  const close = (): Promise<void> => {
    closed ??= end()
    return closed
  }
  const end = async (): Promise<void> => {
    await runner.settled()
    closing = true
    watchdog.stop()
    patience.stop()
    await effects.stop()
    await runner.settled()
    for (const seat of SEATS) terminals[seat].dispose()
    for (const recorder of recorders) recorder.close()
    await deps.journal.close()
  }

  return {
    pair: deps.pair,
    state: runner.state,
    events: () => events,
    storageTrouble: runner.storageTrouble,
    terminal: seat => terminals[seat],
    flushRecordings: () => {
      for (const recorder of recorders) recorder.flush()
    },
    submit,
    command: command => submit({ type: 'command', command }),
    close,
  }
}
