/** How many terminal cells a text takes. Counts by grapheme, so that a cursor never lands inside one. */

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** East Asian wide and fullwidth blocks; emoji are told apart by their own property below. */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa000, 0xa4cf],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x20000, 0x3fffd],
]
const EMOJI = /\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f/u
const ZERO = /^[\p{Mn}\p{Me}\p{Cf}]+$/u

export const graphemes = (text: string): readonly string[] =>
  Array.from(segmenter.segment(text), s => s.segment)

const cellsOf = (grapheme: string): number => {
  const code = grapheme.codePointAt(0) ?? 0
  if (code < 0x7f) return 1
  if (ZERO.test(grapheme)) return 0
  return EMOJI.test(grapheme) || WIDE.some(([from, to]) => code >= from && code <= to) ? 2 : 1
}

/** Cells of a text without control bytes or escape sequences. */
export const cells = (text: string): number => graphemes(text).reduce((sum, g) => sum + cellsOf(g), 0)

/** The longest beginning of a text that fits, with `…` when something was cut. */
export function clip(text: string, width: number): string {
  if (cells(text) <= width) return text
  let used = 0
  let out = ''
  for (const grapheme of graphemes(text)) {
    const size = cellsOf(grapheme)
    if (used + size > width - 1) break
    used += size
    out += grapheme
  }
  return width > 0 ? `${out}…` : ''
}

/**
 * Rows of at most `width` cells, broken at spaces; a word that is too long alone is broken where it must be. Spaces
 * at the beginning are kept, and again in front of the rows that follow, so that lists and code keep their shape.
 */
export function wrap(text: string, width: number): readonly string[] {
  if (cells(text) <= width) return [text]
  const lead = /^ */.exec(text)?.[0].slice(0, Math.floor(width / 2)) ?? ''
  const rows: string[] = []
  let row = lead
  for (const word of text.trim().split(' ')) {
    const joined = row === lead ? lead + word : `${row} ${word}`
    if (cells(joined) <= width) {
      row = joined
      continue
    }
    if (row !== lead) rows.push(row)
    row = lead
    for (const grapheme of graphemes(word)) {
      if (cells(row + grapheme) > width && row !== lead) {
        rows.push(row)
        row = lead
      }
      row += grapheme
    }
  }
  return [...rows, row].map(each => each.trimEnd())
}

/** Control bytes and escape sequences out, tabs to two spaces: other people's text never drives the terminal. */
export const plain = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the point
    .replace(/\u001b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|.)?/g, '')
    .replace(/\r\n?/g, '\n')
    .replace(/\t/g, '  ')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the point
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, '')
