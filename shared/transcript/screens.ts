/**
 * A terminal's recording as it stands in an HTML transcript: not the bytes, but the screens that they drew, so that what
 * is a secret on a screen can be replaced there, and the page needs no terminal. Screens come in parts of bounded size,
 * each of which begins with a whole one. Moments are in milliseconds since 1970.
 */

/** Pairs of a look and its text, one after the other: `[0, 'plain ', 3, 'bold']`. Looks are the page's (`looks.ts`). */
export type ScreenLine = readonly (number | string)[]

/** Moment, columns, rows, then pairs of a row and the line in it now. Rows that are not named stay as they are. */
export type ScreenFrame = readonly [at: number, cols: number, rows: number, changes: readonly number[]]

export interface ScreenPart {
  readonly lines: readonly ScreenLine[]
  readonly frames: readonly ScreenFrame[]
}
