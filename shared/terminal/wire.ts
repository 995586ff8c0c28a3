/**
 * What travels over the message port of one attached terminal. The snapshot comes first and once; the data after
 * it begins exactly where the snapshot ends, so a renderer that reloads shows what it showed before.
 */
import { z } from 'zod'
import { MAX_INPUT_CHARS } from './flow'

const cols = z.int().min(2).max(1_000)
const rows = z.int().min(1).max(1_000)
const chars = z.int().min(1).max(100_000_000)
/** `#rrggbb` */
const colour = z.string().regex(/^#[0-9a-f]{6}$/i)

/** The colours a program is told when it asks (OSC 4, 10, 11, 12). `ansi` are the sixteen of the palette. */
export const TermColours = z.object({
  foreground: colour,
  background: colour,
  cursor: colour,
  ansi: z.array(colour).length(16),
})
export type TermColours = z.infer<typeof TermColours>

/** From a window to the host. `chars` are UTF-16 units of `data` messages that were parsed. */
export const FromWindow = z.discriminatedUnion('type', [
  z.object({ type: z.literal('input'), data: z.string().max(MAX_INPUT_CHARS) }),
  z.object({ type: z.literal('ack'), chars }),
  z.object({ type: z.literal('resize'), cols, rows }),
  z.object({ type: z.literal('colours'), colours: TermColours }),
])
export type FromWindow = z.infer<typeof FromWindow>

export interface ProgramExit {
  readonly code: number | null
  readonly signal: string | null
}

/** From the host to a window, in this order: one snapshot, then what happens after it. */
export type FromHost =
  | {
      readonly type: 'snapshot'
      /** Written to an empty terminal of `cols` × `rows` it gives screen, scrollback, cursor and modes. */
      readonly data: string
      readonly cols: number
      readonly rows: number
      /** Characters of output this terminal had produced when the snapshot was taken. */
      readonly seq: number
      readonly title: string
      /** Set when no program runs. */
      readonly exit?: ProgramExit
    }
  /** Counts towards flow control; every character is to be acknowledged. */
  | { readonly type: 'data'; readonly data: string }
  | { readonly type: 'title'; readonly title: string }
  /** Another window changed the size. */
  | { readonly type: 'resize'; readonly cols: number; readonly rows: number }
  /** After the last data of the program. */
  | { readonly type: 'exit'; readonly exit: ProgramExit }
