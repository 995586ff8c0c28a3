/** A journal line: `{"v":1,"seq":…,"at":"…","type":…,…}`. How one is read is in `decode.ts`. */
import type { Stamped } from '../pair/events'

/** The version written. A line of a higher one is read as an unknown event. */
export const LINE_VERSION = 1

/** An event that this version cannot interpret. `raw` is the whole line without its newline. */
export interface UnknownEvent {
  readonly type: 'unknown'
  readonly seq: number
  readonly at: string
  readonly name: string
  readonly raw: string
}

/** What a journal yields in order; the timeline takes all of it, `evolve` only the known ones (`isKnown`). */
export type JournalEvent = Stamped | UnknownEvent

/** `known` narrows away the events of newer versions. */
export const isKnown = (event: JournalEvent): event is Stamped => event.type !== 'unknown'

/**
 * One line, with its newline. `JSON.stringify` escapes control characters, so a line never holds a second newline.
 * `more`: so many lines of the same decision follow it; without them it is not to be believed.
 */
export const encodeLine = (event: Stamped, more = 0): string => {
  const { seq, at, type, ...rest } = event
  const head = more === 0 ? { v: LINE_VERSION } : { v: LINE_VERSION, more }
  return `${JSON.stringify({ ...head, seq, at, type, ...rest })}\n`
}

/** True when the decision that this line belongs to goes on in the next one. */
export const goesOn = (line: string): boolean => /^\{"v":\d+,"more":\d+,/.test(line)
