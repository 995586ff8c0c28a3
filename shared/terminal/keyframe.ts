/**
 * Beside a recording stands a file of keyframes, one JSON line each: the terminal's whole state at a place of the
 * recording, so that any moment is reached from the one before it. It is a cache: it can be made again from its
 * recording, and one that does not fit is.
 */
import { z } from 'zod'
import { parseJson } from '../json'
import { millisOf } from '../time'

const seconds = z.number().min(0)
/** Bytes from the beginning of the recording; the next line of the recording begins here. */
const offset = z.int().min(0)

/** The first line. `tie`: a hash of the recording's own first line. */
const Head = z.object({ keys: z.literal(1), tie: z.string() })
const Mark = z.object({ mark: z.string(), seconds, offset })
const Key = z.object({
  /** Text that gives the state to an empty terminal: deflated (zlib, so it has a checksum), in base64. */
  key: z.string(),
  seconds,
  offset,
  cols: z.int().min(1),
  rows: z.int().min(1),
  /** A hash of the bytes of the recording that end at `offset`. */
  tie: z.string(),
})
const KeyLine = z.union([Key, Mark, Head])
export type KeyLine = z.infer<typeof KeyLine>
export type Keyframe = z.infer<typeof Key>

export const keyLine = (line: KeyLine): string => `${JSON.stringify(line)}\n`

export const parseKeyLine = (text: string): KeyLine | undefined => {
  const parsed = KeyLine.safeParse(parseJson(text))
  return parsed.success ? parsed.data : undefined
}

/**
 * Lines above the screen that a keyframe keeps, and so what can be scrolled back to in a replay at the least. They are
 * most of what a keyframe costs, in the thread that serves the terminals: 2 ms with 200, 30 with 1,000.
 */
export const KEYFRAME_SCROLLBACK = 200

/** A keyframe is due after so many bytes of the recording: a screen's repaint is some 20 KB, a terminal parses 10 MB/s. */
export const KEYFRAME_BYTES = 128 * 1024

/** A flood would have a keyframe every few milliseconds, which takes the host as long as parsing the flood itself. */
const KEYFRAME_SECONDS = 0.25
/** But after so many bytes one is due even so: what a terminal parses in a tenth of a second. */
export const KEYFRAME_MOST_BYTES = 8 * KEYFRAME_BYTES

/** `bytes` and `seconds` of the recording since the last keyframe. */
export const keyframeDue = (bytes: number, seconds: number): boolean =>
  bytes >= KEYFRAME_MOST_BYTES || (bytes >= KEYFRAME_BYTES && seconds >= KEYFRAME_SECONDS)

/**
 * Makes a terminal as it was when it was opened, also in the middle of a sequence. A full reset (RIS) leaves xterm.js's
 * cursor hidden, and its title.
 */
export const EMPTIED = '\x18\x1bc\x1b[?25h\x1b]2;\x1b\\'

const RUN = 'Run began '

/** The marker at the beginning of each run; `at`: ISO 8601 UTC with milliseconds, for the second it stands at. */
export const runLabel = (at: string): string => RUN + at

/** Milliseconds since 1970; NaN when the marker is another one. */
export const runBegan = (label: string): number =>
  label.startsWith(RUN) ? millisOf(label.slice(RUN.length)) : Number.NaN
