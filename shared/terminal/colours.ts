/**
 * What a program is told when it asks for colours (XTerm Control Sequences, "Operating System Commands").
 * Codex asks for 10 and 11 at its start to choose its own colours.
 */
import type { TermColours } from './wire'

/** The dark theme's, until a window says otherwise. */
export const DARK_COLOURS: TermColours = {
  foreground: '#e9ebee',
  background: '#101215',
  cursor: '#e9ebee',
  ansi: [
    '#7b8491',
    '#ef7d6b',
    '#6fc38a',
    '#e5c15a',
    '#7aa7f0',
    '#c79bea',
    '#5cc0c7',
    '#cfd4da',
    '#949dab',
    '#ff9c8c',
    '#8bdca5',
    '#f5d67c',
    '#9dc1ff',
    '#dbb8f7',
    '#82dbe1',
    '#ffffff',
  ],
}

/**
 * The answer to the text of an OSC `code` (4, 10, 11 or 12), or an empty one when it asks nothing. One query may
 * ask for several: `4;1;?;2;?`, and from 10 on each `?` asks for the next code.
 */
export const colourReply = (code: number, query: string, colours: TermColours): string => {
  const parts = query.split(';')
  if (code === 4) return paletteReply(parts, colours)
  const dynamic = [colours.foreground, colours.background, colours.cursor]
  return parts
    .map((part, nth) => {
      const colour = dynamic[code + nth - 10]
      return part === '?' && colour ? osc(`${code + nth};${rgb(colour)}`) : ''
    })
    .join('')
}

const paletteReply = (parts: readonly string[], colours: TermColours): string =>
  parts
    .map((part, nth) => {
      const index = parts[nth - 1]
      const colour = nth % 2 === 1 && part === '?' ? colours.ansi[Number(index)] : undefined
      return colour ? osc(`4;${index};${rgb(colour)}`) : ''
    })
    .join('')

const osc = (text: string): string => `\x1b]${text}\x1b\\`

/** `#rrggbb` as the sixteen-bit channels X11 answers with. */
const rgb = (colour: string): string => {
  const channels = [1, 3, 5].map(at => colour.slice(at, at + 2).toLowerCase())
  return `rgb:${channels.map(channel => channel + channel).join('/')}`
}
