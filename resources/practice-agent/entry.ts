/** One thing in the transcript, and how it looks. Pure: lines without colour bytes from outside. */
import { plain, wrap } from './width'

export interface Entry {
  /** message: from the partner or the human through Duologue · prompt: typed here · said · tool · final · note */
  readonly kind: string
  readonly title: string
  readonly text: string
}

/** Lines of one entry on the screen; the whole is in the repository, the message or the timeline. */
const MAX_LINES: Readonly<Record<string, number>> = { message: 16, tool: 24 }

export type Paint = (style: Style, text: string) => string
type Style = 'accent' | 'dim' | 'bold' | 'good' | 'bad' | 'partner' | 'human' | 'mark'

const CODES: Readonly<Record<Style, string>> = {
  accent: '36',
  dim: '2',
  bold: '1',
  good: '32',
  bad: '31',
  partner: '1;35',
  human: '1;33',
  mark: '7',
}

export const createPaint =
  (colour: boolean): Paint =>
  (style, text) =>
    colour && text !== '' ? `\u001b[${CODES[style]}m${text}\u001b[0m` : text

const HEADS: Readonly<Record<string, { readonly sign: string; readonly style: Style }>> = {
  message: { sign: '◆', style: 'partner' },
  steer: { sign: '◆', style: 'human' },
  prompt: { sign: '❯', style: 'bold' },
  said: { sign: '●', style: 'accent' },
  tool: { sign: '●', style: 'good' },
  failed: { sign: '●', style: 'bad' },
  final: { sign: '●', style: 'bold' },
  note: { sign: '·', style: 'dim' },
}

/** Rows for a terminal of `cols` columns, wrapped at words; one column is left free. */
export function entryLines(entry: Entry, paint: Paint, cols: number): readonly string[] {
  const width = Math.max(10, cols - 1)
  const head = HEADS[entry.kind] ?? { sign: '·', style: 'dim' as const }
  const hanging = (text: string, style: (row: string) => string) =>
    wrap(text, width - 2).map((row, at) => `${at === 0 ? paint(head.style, head.sign) : ' '} ${style(row)}`)
  const body = plain(entry.text).split('\n')
  if (entry.title === '') {
    const [first = '', ...more] = body
    const rest = more.flatMap(line => wrap(line, width - 2))
    return ['', ...hanging(first, row => row), ...rest.map(row => `  ${row}`)]
  }
  const most = MAX_LINES[entry.kind] ?? 14
  const shown = entry.text === '' ? [] : body.slice(0, most)
  const hidden = body.length - shown.length
  const rest = hidden > 0 && entry.text !== '' ? [paint('dim', `  │ … ${hidden} more lines`)] : []
  return [
    '',
    ...hanging(plain(entry.title), row => paint('bold', row)),
    ...shown.flatMap(line =>
      wrap(line, width - 4).map(row => `  ${paint('dim', '│')} ${tint(line, row, paint)}`),
    ),
    ...rest,
  ]
}

/** A row wears the colour of the line that it is part of. */
const tint = (line: string, row: string, paint: Paint): string => {
  if (/^(?:\+(?!\+\+)|✓|# pass [1-9])/.test(line)) return paint('good', row)
  if (/^(?:-(?!-- )|✗|# fail [1-9])/.test(line)) return paint('bad', row)
  return row
}
