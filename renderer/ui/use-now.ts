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

const BEGINNING = new Date(0).toISOString()
const never = () => () => {}

/** The same while it is wanted, and else a time that stands still. */
export const useNowWhile = (wanted: boolean): string =>
  useSyncExternalStore(wanted ? subscribe : never, () => (wanted ? now : BEGINNING))
