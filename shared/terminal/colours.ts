/**
 * What a program is told when it asks for colours (XTerm Control Sequences, "Operating System Commands").
 * Codex asks for 10 and 11 at its start to choose its own colours.
 */
import type { TermColours } from './wire'

/**
 * The sixteen colours follow the convention that 0 and 8 are near the dark end and 7 and 15 near the light one,
 * because programs use them as backgrounds too; the other twelve have 4.5:1 on the background.
 */
export const DARK_COLOURS: TermColours = {
  foreground: '#e9ebee',
  background: '#101215',
  cursor: '#e9ebee',
  ansi: [
    '#2b3037',
    '#ef7d6b',
    '#6fc38a',
    '#e5c15a',
    '#7aa7f0',
    '#c79bea',
    '#5cc0c7',
    '#cfd4da',
    '#747d89',
    '#ff9c8c',
    '#8bdca5',
    '#f5d67c',
    '#9dc1ff',
    '#dbb8f7',
    '#82dbe1',
    '#ffffff',
  ],
}

export const LIGHT_COLOURS: TermColours = {
  foreground: '#1d2127',
  background: '#ffffff',
  cursor: '#1d2127',
  ansi: [
    '#1d2127',
    '#b8382a',
    '#217a43',
    '#856500',
    '#2257b8',
    '#8a3fa8',
    '#0f6f7e',
    '#dcd9d2',
    '#555d68',
    '#cf3a29',
    '#1f8046',
    '#8f6c00',
    '#2f66cc',
    '#9a4cba',
    '#0e7786',
    '#fbfaf8',
  ],
}

/** WCAG's relative luminance of `#rrggbb`, 0 to 1. */
export const luminance = (colour: string): number => {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map(at => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
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
