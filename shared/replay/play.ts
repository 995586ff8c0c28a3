/**
 * The clock of a replay. It runs as fast as is wished and does not stand still for long: of a time in which nothing
 * happened only its beginning is played. Moments are in milliseconds since 1970.
 */
export const SPEEDS = [1, 2, 4, 8, 16] as const
export type Speed = (typeof SPEEDS)[number]

/** So much of an idle time is played; enough to read what just came. */
export const IDLE_MS = 2_000

export interface ReplayClock {
  readonly at: number
  /** When something happened last, at or before `at`. */
  readonly last: number
}

/**
 * The clock after `budget` milliseconds of playing.
 * @param next the moment of the first thing that happens after the given one; Infinity when none is known.
 * @param horizon what happens until here is known to `next`; the clock does not pass it.
 */
export const advance = (
  clock: ReplayClock,
  budget: number,
  next: (after: number) => number,
  horizon: number,
): ReplayClock => {
  let { at, last } = clock
  let left = budget
  for (;;) {
    const upcoming = next(at)
    const target = Math.min(upcoming, horizon)
    const wait = Math.max(0, Math.min(target, last + IDLE_MS) - at)
    if (left < wait) return { at: at + left, last }
    left -= wait
    if (target <= at) return { at, last }
    at = target
    if (upcoming > horizon) return { at, last }
    last = target
    if (left <= 0) return { at, last }
  }
}
