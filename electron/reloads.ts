/** A page that dies is loaded again, but one that dies again and again is not loaded for ever: then the human is asked. */

const LIMIT = 3
const WITHIN_MS = 60_000

export interface Reloads {
  /** True when it may be loaded again; counts it. */
  allow(): boolean
  /** The human wants another try. */
  reset(): void
}

export const createReloads = (now: () => number): Reloads => {
  let times: readonly number[] = []
  return {
    allow: () => {
      times = times.filter(at => now() - at < WITHIN_MS)
      if (times.length >= LIMIT) return false
      times = [...times, now()]
      return true
    },
    reset: () => {
      times = []
    },
  }
}
