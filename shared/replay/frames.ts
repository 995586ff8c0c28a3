/** What the host gives of a recording to be shown. Moments are in milliseconds since 1970. */
import type { SeatId } from '../pair/seat'
import { unfinished } from '../terminal/tail'

export type ReplayStep =
  | { readonly type: 'output'; readonly data: string }
  | { readonly type: 'resize'; readonly cols: number; readonly rows: number }

/** A seat's terminal at a moment. */
export interface ReplayFrame {
  readonly cols: number
  readonly rows: number
  /** For an empty terminal of that size: it then is as at the keyframe before the moment. */
  readonly screen: string
  /** From the keyframe to the moment. */
  readonly steps: readonly ReplayStep[]
  /** Where the recording goes on, in bytes. */
  readonly next: number
}

/** A piece of a recording. */
export interface ReplayPiece {
  readonly steps: readonly (ReplayStep & { readonly at: number })[]
  /** Where the recording goes on, in bytes. */
  readonly next: number
  /** Everything until this moment is in it; null: it is the end of a recording that does not go on. */
  readonly until: number | null
  /** There is more already. */
  readonly more: boolean
}

export interface ReplayExtent {
  /** When the terminals were recorded; empty when nothing was. */
  readonly spans: readonly { readonly from: number; readonly to: number }[]
  readonly recorded: Readonly<Record<SeatId, boolean>>
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
const FRAME_MODE = /\x1b\[\?2026[hl]/g

/**
 * Output that leads to a moment, to be drawn at its end only: a synchronised update around it all, and none inside.
 * (xterm.js draws what has come after a second at the latest.) It ends before a sequence that goes on in what follows.
 */
export const atOnce = (output: string): string => {
  const tail = unfinished('', output)
  const whole = output.endsWith(tail) ? output.slice(0, output.length - tail.length) : output
  return `\x1b[?2026h${whole.replace(FRAME_MODE, '')}\x1b[?2026l${output.slice(whole.length)}`
}
