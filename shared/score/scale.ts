/**
 * How long a bar is. A turn takes seconds or an hour, so length grows with the logarithm of time and is bounded: a bar
 * twice as long is not a turn twice as long, and the ruler below the score says which length means what.
 */

/** In pixels: room for a turn's name and its figures, however short it was. */
const LEAST = 46
/** Pixels for each doubling beyond `UNIT_MS`. */
const STEP = 24
const UNIT_MS = 20_000
/** No turn is drawn longer than this, so that one night's work does not push all else out of sight. */
const MOST = 250

/** Where in a bar that which happened `ms` after its beginning stands, in pixels from its top. */
export const offsetAt = (ms: number): number =>
  Math.round(Math.min(MOST - LEAST, STEP * Math.log2(1 + Math.max(0, ms) / UNIT_MS)))

/** The length of a turn of `ms`, in pixels. */
export const barLength = (ms: number): number => LEAST + offsetAt(ms)

/** A time in which nobody worked is drawn as a rest, all of one length, once it is as long as this. */
export const REST_MS = 60_000
/** Its height in pixels. */
export const REST_PX = 24

const SECOND = 1_000
const MINUTE = 60 * SECOND

/** What the ruler names. */
export const RULER: readonly { readonly words: string; readonly px: number }[] = [
  { words: '5 s', px: barLength(5 * SECOND) },
  { words: '1 min', px: barLength(MINUTE) },
  { words: '5 min', px: barLength(5 * MINUTE) },
  { words: '40 min', px: barLength(40 * MINUTE) },
]
