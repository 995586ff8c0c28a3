/** What follows in one seat's recording, read ahead of the clock in pieces, and bounded. */
import type { ReplayFrame, ReplayPiece, ReplayStep } from '../../shared/replay/frames'

/** Of the recording's time, at 1×. */
const AHEAD_MS = 3_000
/** What goes on is asked for again when the clock comes so near to the end of what is known. */
const EDGE_MS = 250

export interface Feed {
  /** The moment of the first step after this one; Infinity when none is known. */
  nextAfter(at: number): number
  /** All until here is known. */
  until(): number
  /** Gives the steps until `at`, and forgets them. */
  take(at: number): readonly ReplayStep[]
  /** Reads on when it is time to. */
  fill(at: number, speed: number): void
}

/** @param read reads from a place; null: it failed, and the feed ends there. */
export const createFeed = (
  frame: ReplayFrame,
  at: number,
  read: (from: number) => Promise<ReplayPiece | null>,
): Feed => {
  let steps: ReplayPiece['steps'] = []
  let taken = 0
  let place = frame.next
  let until = at
  let more = true
  let reading = false

  const add = (piece: ReplayPiece | null): void => {
    reading = false
    steps = [...steps.slice(taken), ...(piece?.steps ?? [])]
    taken = 0
    place = piece?.next ?? place
    until = piece?.until ?? Number.POSITIVE_INFINITY
    more = piece?.more ?? false
  }
  return {
    nextAfter: at => steps[indexAfter(steps, at)]?.at ?? Number.POSITIVE_INFINITY,
    until: () => until,
    take: at => {
      const from = taken
      taken = Math.max(taken, indexAfter(steps, at))
      return steps.slice(from, taken)
    },
    fill: (at, speed) => {
      if (reading || until === Number.POSITIVE_INFINITY) return
      if (until - at > (more ? AHEAD_MS * speed : EDGE_MS)) return
      reading = true
      void read(place).then(add)
    },
  }
}

const indexAfter = (steps: ReplayPiece['steps'], at: number): number => {
  let [low, high] = [0, steps.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((steps[middle]?.at ?? 0) <= at) low = middle + 1
    else high = middle
  }
  return low
}
