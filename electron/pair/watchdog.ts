/**
 * Notices a seat that works and gives no sign: no event, no hook, no frame of its channel, whatever it says on its
 * screen. It only tells; the core decides what that means, and nothing is ended because of it.
 */
import type { AgentEvent } from '../../shared/agent/event'
import type { Signal } from '../../shared/pair/inputs'
import type { PairState } from '../../shared/pair/model'
import { SEATS, type SeatId } from '../../shared/pair/seat'
import { slept } from '../awake'

const LOOK_MS = 15_000
const MAX_CHARS = 80

export interface Watchdog {
  /** A sign of the seat; `what` in the past tense, such as `called report_done`. */
  heard(seat: SeatId, what: string): void
  stop(): void
}

export interface WatchdogDeps {
  readonly quietMs: () => number
  readonly state: () => PairState
  readonly signal: (signal: Signal) => void
  readonly now: () => Date
}

interface Sign {
  readonly at: Date
  readonly what: string
}

export const createWatchdog = ({ quietMs, state, signal, now }: WatchdogDeps): Watchdog => {
  const last: Record<SeatId, Sign | null> = { left: null, right: null }
  /** Awake milliseconds without a sign. */
  const silent: Record<SeatId, number> = { left: 0, right: 0 }

  const look = (seat: SeatId, elapsed: number): void => {
    const { seats, requests } = state()
    const { status, quiet } = seats[seat]
    // One that waits for its human is silent by right.
    if (status.type !== 'working' || requests.some(request => request.seat === seat)) {
      silent[seat] = 0
      return
    }
    silent[seat] += elapsed
    if (quiet !== null || silent[seat] < quietMs()) return
    const sign = last[seat]
    signal({
      type: 'quiet',
      seat,
      since: sign?.at.toISOString() ?? status.since,
      last: sign?.what ?? 'began its turn',
    })
  }

  let timer: NodeJS.Timeout
  const arm = (): void => {
    const wait = Math.min(LOOK_MS, Math.max(50, quietMs() / 4))
    const began = now().getTime()
    timer = setTimeout(() => {
      const elapsed = now().getTime() - began
      if (!slept(elapsed, wait)) for (const seat of SEATS) look(seat, elapsed)
      arm()
    }, wait)
    timer.unref()
  }
  arm()

  return {
    heard: (seat, what) => {
      last[seat] = { at: now(), what }
      silent[seat] = 0
      if (state().seats[seat].quiet !== null) signal({ type: 'heard', seat })
    },
    stop: () => clearTimeout(timer),
  }
}

const brief = (text: string): string => {
  const line = text.trim().split('\n')[0] ?? ''
  return line.length > MAX_CHARS ? `${line.slice(0, MAX_CHARS - 1)}…` : line
}

/** What an event shows that the agent did, in the words of `last seen`. */
export const signOf = (event: AgentEvent): string => {
  switch (event.type) {
    case 'said':
      return `said “${brief(event.text)}”`
    case 'turnStarted':
      return 'began its turn'
    case 'messageTaken':
      return 'took a message'
    case 'limit':
      return 'told of a limit'
    case 'usage':
      return 'told what it used'
    case 'requestOpened':
      return 'asked you'
    case 'requestClosed':
      return 'had its answer'
    case 'ready':
      return 'was ready'
    case 'wentOn':
      return 'went on'
    case 'notice':
    case 'stalled':
      return brief(event.text)
    case 'messageLost':
      return 'lost a message'
    case 'turnEnded':
      return 'ended its turn'
    case 'exited':
      return 'exited'
  }
}
