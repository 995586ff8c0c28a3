/**
 * Timers that count the time the machine is awake. After a sleep a system's own timers are all overdue at once, or late
 * by its length; here the slice that the machine slept in begins again, so nothing fires in a burst when it wakes, and
 * agents get time to come back before they are called late.
 */

/** A timer is looked at again this often; also what a sleep may cost it. */
const SLICE_MS = 5_000
/** Later than this is a machine that slept (or stood still), not one that was busy. */
const JUMP_MS = 3_000

/** Calls `act` when so many awake milliseconds are over; returns what takes that back. */
export const afterAwake = (ms: number, act: () => void, now: () => number = Date.now): (() => void) => {
  let left = ms
  let timer: NodeJS.Timeout
  const arm = (): void => {
    const slice = Math.min(left, SLICE_MS)
    const began = now()
    timer = setTimeout(() => {
      if (!slept(now() - began, slice)) left -= slice
      if (left > 0) arm()
      else act()
    }, slice)
  }
  arm()
  return () => clearTimeout(timer)
}

/** `elapsed` by the clock on the wall, where `expected` was to pass. */
export const slept = (elapsed: number, expected: number): boolean => elapsed - expected >= JUMP_MS
