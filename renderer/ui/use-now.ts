/** A clock for running times: one timer for all, and none while nobody looks at one. */
import { useSyncExternalStore } from 'react'

const TICK_MS = 1_000
const listeners = new Set<() => void>()
let now = new Date().toISOString()
let timer: ReturnType<typeof setInterval> | undefined

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  timer ??= setInterval(() => {
    now = new Date().toISOString()
    for (const each of listeners) each()
  }, TICK_MS)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

/** The time as ISO text, at most a second old. */
export const useNow = (): string => useSyncExternalStore(subscribe, () => now)

const MINUTE_MS = 60_000
const TENS_OF_SECONDS = '2026-01-01T00:00:0'.length - 1

/**
 * The same, for a time that has run since `from`: of one older than a minute nobody reads each second, and each takes a
 * layout and a frame while all agents wait.
 */
export const useNowSince = (from: string): string => useSyncExternalStore(subscribe, () => steady(from))

const steady = (from: string): string =>
  Date.parse(now) - Date.parse(from) < MINUTE_MS ? now : `${now.slice(0, TENS_OF_SECONDS)}0.000Z`

const BEGINNING = new Date(0).toISOString()
const never = () => () => {}

/** The same while there is something that has run since `from`, and else a time that stands still. */
export const useNowWhile = (from: string | null): string =>
  useSyncExternalStore(from === null ? never : subscribe, () => (from === null ? BEGINNING : steady(from)))
