/**
 * Timers that count the time the machine is awake. After a sleep a system's own timers are all overdue at once, or late
 * by its length; here the slice that the machine slept in begins again, so nothing fires in a burst when it wakes, and
 * agents get time to come back before they are called late.
 */

/** A timer is looked at again this often; also what a sleep may cost it. */
const SLICE_MS = 5_000
/** Later than this is a machine that slept (or stood still), not one that was busy. */
const JUMP_MS = 3_000

/**
 * Calls `act` when so many awake milliseconds are over; returns what takes that back. `dozed` is told of each sleep that
 * was noticed, in milliseconds, also what of a slice was lost by it.
 */
export const afterAwake = (
  ms: number,
  act: () => void,
  dozed: (ms: number) => void = () => undefined,
): (() => void) => {
  let left = ms
  let timer: NodeJS.Timeout
  const arm = (): void => {
    const slice = Math.min(left, SLICE_MS)
    const began = Date.now()
    timer = setTimeout(() => {
      const elapsed = Date.now() - began
      if (slept(elapsed, slice)) dozed(elapsed)
      else left -= slice
      if (left > 0) arm()
      else act()
    }, slice)
  }
  arm()
  return () => clearTimeout(timer)
}

/** Calls `act` when the clock on the wall shows this time, in milliseconds since 1970, or soon after a sleep in which it did. */
export const atTime = (time: number, act: () => void): (() => void) => {
  const left = (): number => Math.min(SLICE_MS, Math.max(0, time - Date.now()))
  const look = (): void => {
    if (left() > 0) timer = setTimeout(look, left())
    else act()
  }
  let timer = setTimeout(look, left())
  return () => clearTimeout(timer)
}

/** `elapsed` by the clock on the wall, where `expected` was to pass. */
export const slept = (elapsed: number, expected: number): boolean => elapsed - expected >= JUMP_MS
