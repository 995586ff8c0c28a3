/**
 * The lines of a terminal's screen, each numbered once, with what is a secret on them blotted out. A line that was drawn
 * before costs no more than to look it up: a screen is taken ten times a second of hours. What xterm.js keeps of a line is
 * read here for that, and only to tell lines apart.
 */
import type { IBufferLine, Terminal } from '@xterm/headless'
import type { PaintedLine, Run } from '../../shared/terminal/painted'
import type { Looks } from '../../shared/transcript/looks'
import type { Found, Redactor } from '../../shared/transcript/redact'
import type { ScreenLine } from '../../shared/transcript/screens'
import { paintedLine } from '../pty/painted'

/** What stands in place of each character of a secret. */
const BLOT = '•'

export interface ScreenLines {
  /** The numbers of the lines that are on the screen now. */
  read(): readonly number[]
  /** All lines since the last call, by their numbers, which begin anew. */
  flush(): readonly ScreenLine[]
  /** About how much they take, in characters. */
  size(): number
}

export interface ScreenLinesDeps {
  readonly terminal: Terminal
  readonly redactor: Redactor
  readonly looks: Looks
  /** A secret was on the screen; `text` is the line that it was in. */
  readonly found: (found: Found, text: string) => void
}

export const createScreenLines = ({ terminal, redactor, looks, found }: ScreenLinesDeps): ScreenLines => {
  let lines: ScreenLine[] = []
  let numbers = new Map<string, number>()
  /** By what xterm.js keeps of them; several rows when a line was wrapped. */
  let known = new Map<string, readonly number[]>()
  /** Lines at which a private key begins or ends, by their numbers. */
  let edges = new Map<number, 'begin' | 'end'>()
  /** The rows as they were read last, where nothing but their cells tells what is in them. */
  let last: ({ readonly data: Uint32Array; readonly numbers: readonly number[] } | undefined)[] = []
  let size = 0

  const numberOf = (line: ScreenLine): number => {
    const key = JSON.stringify(line)
    const before = numbers.get(key)
    if (before !== undefined) return before
    lines.push(line)
    numbers.set(key, lines.length - 1)
    size += key.length
    return lines.length - 1
  }

  const paint = (rows: readonly (IBufferLine | undefined)[]): readonly number[] => {
    const painted = rows.map(row => paintedLine(row, terminal.cols))
    const drawn = blotted(painted, terminal.cols, redactor, found).map(runs =>
      numberOf(runs.flatMap(run => [looks.of(run), run.text])),
    )
    const edge = keyEdge(painted.map(runs => runs.map(({ text }) => text).join('')).join(''))
    if (edge !== null) for (const each of drawn) edges.set(each, edge)
    return drawn
  }

  /** A private key stands on lines of its own, and only the first and the last say what it is. */
  const withoutKeys = (all: readonly number[]): readonly number[] => {
    if (edges.size === 0) return all
    const first = all.findIndex(each => edges.has(each))
    let inside = first !== -1 && edges.get(all[first] ?? -1) === 'end'
    return all.map(each => {
      const edge = edges.get(each)
      const hide = inside || edge === 'begin'
      if (edge !== undefined) inside = edge === 'begin'
      return hide ? numberOf([0, BLOT.repeat(8)]) : each
    })
  }

  const numbersOf = (rows: readonly (IBufferLine | undefined)[], row: number): readonly number[] => {
    const data = rows.length === 1 ? dataOf(rows[0]) : undefined
    const then = last[row]
    if (data && then && bytesOf(data).equals(bytesOf(then.data))) return then.numbers
    const key = keyOf(rows)
    const before = key === null ? undefined : known.get(key)
    const numbers = before ?? paint(rows)
    if (key !== null && !before) known.set(key, numbers)
    last[row] = key !== null && data ? { data: data.slice(), numbers } : undefined
    return numbers
  }

  return {
    read: () => {
      const all: number[] = []
      const { active } = terminal.buffer
      for (let row = 0; row < terminal.rows; ) {
        const rows = [active.getLine(active.baseY + row)]
        while (row + rows.length < terminal.rows) {
          const next = active.getLine(active.baseY + row + rows.length)
          if (!next?.isWrapped) break
          rows.push(next)
        }
        all.push(...numbersOf(rows, row))
        row += rows.length
      }
      return withoutKeys(all)
    },
    flush: () => {
      const flushed = lines
      lines = []
      numbers = new Map()
      known = new Map()
      edges = new Map()
      last = []
      size = 0
      return flushed
    },
    size: () => size,
  }
}

const keyEdge = (text: string): 'begin' | 'end' | null => {
  const edge = /-----(BEGIN|END) (?:[A-Z0-9]+ ){0,3}PRIVATE KEY/.exec(text)?.[1]
  return edge === undefined ? null : edge === 'BEGIN' ? 'begin' : 'end'
}

/** Of xterm.js: three numbers a cell. In the first, a bit tells that the characters are kept elsewhere; in the third, colours. */
const CELL = 3
const IS_COMBINED = 0x200000
const HAS_EXTENDED = 0x10000000

const bytesOf = (data: Uint32Array): Buffer => Buffer.from(data.buffer, data.byteOffset, data.byteLength)

const dataOf = (row: IBufferLine | undefined): Uint32Array | undefined => {
  const inner: unknown = row && Reflect.get(row, '_line')
  const data: unknown = typeof inner === 'object' && inner !== null ? Reflect.get(inner, '_data') : undefined
  return data instanceof Uint32Array ? data : undefined
}

/** What tells rows from others; null: not all of them is in it. */
const keyOf = (rows: readonly (IBufferLine | undefined)[]): string | null => {
  let key = ''
  for (const row of rows) {
    const data = dataOf(row)
    if (!data) return null
    for (let at = 0; at < data.length; at += CELL) {
      if ((data[at] ?? 0) & IS_COMBINED || (data[at + 2] ?? 0) & HAS_EXTENDED) return null
    }
    key += `${bytesOf(data).toString('latin1')}\n`
  }
  return key
}

/** Looked for in the whole line, as it was before it was wrapped; cells stay where they are. */
const blotted = (
  rows: readonly PaintedLine[],
  cols: number,
  { find }: Redactor,
  found: ScreenLinesDeps['found'],
): readonly PaintedLine[] => {
  const texts = rows.map((runs, at) => {
    const text = runs.map(run => run.text).join('')
    return at === rows.length - 1 || runs.some(({ wide }) => wide) ? text : text.padEnd(cols)
  })
  const whole = texts.join('')
  const secrets = whole.trim() === '' ? [] : find(whole)
  if (secrets.length === 0) return rows
  for (const secret of secrets) found(secret, whole)
  let offset = 0
  return rows.map((runs, at) => {
    const begin = offset
    offset += texts[at]?.length ?? 0
    return blotRow(runs, begin, secrets)
  })
}

const blotRow = (runs: PaintedLine, begin: number, secrets: readonly Found[]): PaintedLine => {
  let at = begin
  return runs.map((run): Run => {
    const from = at
    at += run.text.length
    let { text } = run
    for (const { start, end } of secrets) {
      const [a, b] = [Math.max(start, from) - from, Math.min(end, at) - from]
      if (a < b) text = text.slice(0, a) + BLOT.repeat(b - a) + text.slice(b)
    }
    return text === run.text ? run : { ...run, text }
  })
}
