/**
 * Takes both terminals of a replay to a moment, and plays on from there. The terminals are the window's own; nothing
 * here reaches a program. Moments are in milliseconds since 1970.
 */

import type { SeatId } from '../../shared/pair/seat'
import type { ReplayFrame, ReplayPiece, ReplayStep } from '../../shared/replay/frames'
import { advance, type ReplayClock } from '../../shared/replay/play'
import { createFeed, type Feed } from './feed'

/** Twenty times a second is smooth for text. */
const TICK_MS = 50
/** The clock waits when a terminal has so much to parse. */
const MOST_OWED_CHARS = 512 * 1024

/** A terminal that shows the replay. Both resolve when all is on the screen. */
export interface ReplayScreen {
  show(frame: ReplayFrame | null): Promise<void>
  play(steps: readonly ReplayStep[]): Promise<void>
}

export interface PlayerDeps {
  /** Null: nothing was recorded, or it cannot be read. */
  readonly frame: (seat: SeatId, at: number) => Promise<ReplayFrame | null>
  readonly read: (seat: SeatId, from: number) => Promise<ReplayPiece | null>
  /** The moment of the first event of the journal after this one; Infinity when there is none. */
  readonly nextEvent: (after: number) => number
  /** Where the replay ends, as things stand. */
  readonly end: () => number
  readonly moved: (at: number) => void
  /** The clock has come to the end. */
  readonly ended: () => void
}

export interface Player {
  /** Resolves when both terminals show the moment, or another one was chosen meanwhile. */
  seek(at: number): Promise<void>
  play(): void
  pause(): void
  setSpeed(speed: number): void
  /** The terminal is taken to the moment of the others; gives its removal. */
  attach(seat: SeatId, screen: ReplayScreen): () => void
  stop(): void
}

interface Seat {
  readonly screen: ReplayScreen
  feed: Feed | undefined
  /** The moment it is on its way to. */
  wanted: number | undefined
  arriving: Promise<void> | undefined
  owed: number
}

export const createPlayer = (deps: PlayerDeps, from: number): Player => {
  const seats = new Map<SeatId, Seat>()
  let clock: ReplayClock = { at: from, last: from }
  let speed = 1
  let timer: ReturnType<typeof setInterval> | undefined
  let ticked = 0

  /** Of the moments chosen while it was on its way, only the last. */
  const arrive = async (id: SeatId, seat: Seat): Promise<void> => {
    while (seat.wanted !== undefined && seats.get(id) === seat) {
      const at = seat.wanted
      const frame = await deps.frame(id, at)
      if (seat.wanted !== at) continue
      seat.feed = frame ? createFeed(frame, at, place => deps.read(id, place)) : undefined
      await seat.screen.show(frame)
      if (seat.wanted === at) seat.wanted = undefined
    }
    seat.arriving = undefined
  }

  const send = (id: SeatId, seat: Seat, at: number): Promise<void> => {
    seat.wanted = at
    seat.arriving ??= arrive(id, seat)
    return seat.arriving
  }

  const feeds = (): readonly Feed[] => [...seats.values()].flatMap(({ feed }) => feed ?? [])

  const isReady = (): boolean =>
    [...seats.values()].every(({ arriving, owed }) => !arriving && owed < MOST_OWED_CHARS)

  const tick = (): void => {
    const now = performance.now()
    const elapsed = now - ticked
    ticked = now
    for (const feed of feeds()) feed.fill(clock.at, speed)
    if (!isReady()) return
    const end = deps.end()
    const horizon = Math.min(end, ...feeds().map(feed => feed.until()))
    const next = (after: number): number =>
      Math.min(deps.nextEvent(after), ...feeds().map(feed => feed.nextAfter(after)))
    step(advance(clock, elapsed * speed, next, horizon))
    if (clock.at >= end) deps.ended()
  }

  const step = (to: ReplayClock): void => {
    clock = to
    for (const seat of seats.values()) {
      const steps = seat.feed?.take(to.at) ?? []
      if (steps.length === 0) continue
      const chars = steps.reduce((sum, each) => sum + (each.type === 'output' ? each.data.length : 0), 0)
      seat.owed += chars
      void seat.screen.play(steps).then(() => {
        seat.owed -= chars
      })
    }
    deps.moved(clock.at)
  }

  const pause = (): void => {
    clearInterval(timer)
    timer = undefined
  }
  return {
    seek: async at => {
      clock = { at, last: at }
      deps.moved(at)
      await Promise.all([...seats].map(([id, seat]) => send(id, seat, at)))
    },
    play: () => {
      ticked = performance.now()
      timer ??= setInterval(tick, TICK_MS)
    },
    pause,
    setSpeed: to => {
      speed = to
    },
    attach: (id, screen) => {
      const seat: Seat = { screen, feed: undefined, wanted: undefined, arriving: undefined, owed: 0 }
      seats.set(id, seat)
      void send(id, seat, clock.at)
      return () => {
        if (seats.get(id) === seat) seats.delete(id)
      }
    },
    stop: () => {
      pause()
      seats.clear()
    },
  }
}
