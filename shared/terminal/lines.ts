/**
 * Output of a program that has no terminal, as plain lines a person can read: no control bytes, and of a progress
 * bar that rewrites its line by carriage returns only what stood there last.
 */
import { stripControl } from './paste'
import { unfinished } from './tail'

/** A longer line is broken, so that what is held back stays bounded. */
const MAX_LINE_CHARS = 64_000

/** A carriage return goes back to the start of the line; the last that was written there is kept. */
const lastWritten = (line: string): string =>
  line.includes('\r')
    ? (line
        .split('\r')
        .filter(part => stripControl(part) !== '')
        .at(-1) ?? '')
    : line

const plainLines = (raw: string): string => stripControl(raw.split('\n').map(lastWritten).join('\n'))

export interface Lines {
  /** Whole plain lines, each with its `\n`. */
  readonly complete: string
  /** Raw text of the line that is not ended; give it back with the next chunk. */
  readonly rest: string
}

export const takeLines = (rest: string, chunk: string): Lines => {
  const text = rest + chunk
  const cut = text.lastIndexOf('\n') + 1
  const complete = plainLines(text.slice(0, cut))
  const open = text.slice(cut)
  if (open.length <= MAX_LINE_CHARS) return { complete, rest: open }
  const current = lastWritten(open)
  return current.length <= MAX_LINE_CHARS
    ? { complete, rest: current }
    : { complete: `${complete}${plainLines(current)}\n`, rest: '' }
}

/** What can be shown of the line that is not ended: without an escape sequence that is still to be completed. */
export const plainRest = (rest: string): string => {
  const cut = unfinished('', rest).length
  return plainLines(cut === 0 ? rest : rest.slice(0, -cut))
}
