/** A pair as it was at a moment: the same folds as live, over the events until then. */
import { isKnown, type JournalEvent } from '../journal/line'
import { emptyTimeline, foldTimeline, type Timeline } from '../journal/timeline'
import { evolve } from '../pair/evolve'
import { nothing } from '../pair/initial'
import type { PairState } from '../pair/model'
import { millisOf } from '../time'

export interface PastPair {
  readonly state: PairState
  readonly timeline: Timeline
  /** How many events had happened. */
  readonly count: number
}

/** A moment is folded from the kept one before it. */
const KEEP_EVERY = 250

const begin: PastPair = { state: nothing, timeline: emptyTimeline, count: 0 }

const foldOne = ({ state, timeline, count }: PastPair, event: JournalEvent): PastPair => ({
  state: isKnown(event) ? evolve(state, event).state : state,
  timeline: foldTimeline(timeline, event),
  count: count + 1,
})

export interface Past {
  /** At `at`, in milliseconds since 1970. Never before the first event: without it there is no pair. */
  until(at: number): PastPair
  /** The moment of the first event after `at`; Infinity when there is none. */
  nextAfter(at: number): number
  /** What it has already is left out. */
  append(events: readonly JournalEvent[]): void
  readonly first: number
  last(): number
}

/** `events` in order of `seq`; at least one. */
export const createPast = (events: readonly JournalEvent[]): Past => {
  const all: JournalEvent[] = []
  const moments: number[] = []
  const kept: PastPair[] = [begin]

  /** How many moments are at or before `at`. A clock that was set back takes nothing back: order is that of `seq`. */
  const countUntil = (at: number): number => {
    let [low, high] = [0, moments.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((moments[middle] ?? 0) <= at) low = middle + 1
      else high = middle
    }
    return low
  }

  const pairAt = (count: number): PastPair => {
    const wanted = Math.floor(count / KEEP_EVERY)
    while (kept.length <= wanted) {
      const last = kept.at(-1) ?? begin
      kept.push(all.slice(last.count, last.count + KEEP_EVERY).reduce(foldOne, last))
    }
    const from = kept[wanted] ?? begin
    return all.slice(from.count, count).reduce(foldOne, from)
  }

  const append = (more: readonly JournalEvent[]): void => {
    for (const event of more) {
      if (event.seq <= (all.at(-1)?.seq ?? -1)) continue
      all.push(event)
      const at = millisOf(event.at)
      moments.push(Math.max(moments.at(-1) ?? 0, Number.isNaN(at) ? 0 : at))
    }
  }
  append(events)

  return {
    until: at => pairAt(Math.max(1, countUntil(at))),
    nextAfter: at => moments[countUntil(at)] ?? Number.POSITIVE_INFINITY,
    append,
    first: moments[0] ?? 0,
    last: () => moments.at(-1) ?? 0,
  }
}
