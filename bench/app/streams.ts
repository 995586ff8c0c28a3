/**
 * What floods a terminal, always the same: a block that is repeated, of each kind. What programs write goes in lines as
 * programs end them, `\r\n`.
 */
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'

export const BEGIN_TITLE = 'the flood begins'
export const END_TITLE = 'the flood has ended'

/** Leaves no state of an earlier stream behind, and is seen by the parser when it is reached. */
export const BEGIN = `\x1b[?1049l\x1b[r\x1b[m\x1b[2J\x1b[H\x1b]2;${BEGIN_TITLE}\x07`
export const END = `\x1b[?2026l\x1b[?1049l\x1b[r\x1b[m\x1b[?25h\r\n\x1b]2;${END_TITLE}\x07`

export interface Stream {
  readonly name: 'coloured text' | 'TUI repaints' | 'wide and combining'
  readonly block: string
  /** Where it comes from. */
  readonly source: string
}

/** Bytes of a block, roughly: long enough that no cache of a terminal holds all of it. */
const BLOCK = 2_000_000
/** For those who only want to see that it works. */
const SHORT_BLOCK = 200_000

const colour = (n: number): string => `\x1b[38;5;${16 + (n % 200)}m`
const word = (n: number): string => ((n * 7_919) % 46_656).toString(36)

const repeat = (most: number, line: (n: number) => string): string => {
  const lines: string[] = []
  for (let n = 0, bytes = 0; bytes < most; n += 1) {
    const text = line(n)
    lines.push(text)
    bytes += Buffer.byteLength(text)
  }
  return lines.join('')
}

/** As compilers and tests print: words in colours, now and then bold or on a ground, some lines longer than a pane. */
const colouredLine = (n: number): string => {
  const words = Array.from(
    { length: 3 + (n % 17) },
    (_, at) =>
      `${colour(n * 7 + at)}${at % 5 === 0 ? '\x1b[1m' : ''}${word(n * 31 + at)}word${at % 5 === 0 ? '\x1b[22m' : ''}`,
  )
  return `${n % 13 === 0 ? '\x1b[48;5;236m' : ''}${words.join(' ')}\x1b[0m\r\n`
}

const WIDE = ['漢字かな混じり文', '한국어', 'ｆｕｌｌ', '😀🚀👍', '測試資料', '終端機']
const COMBINED = [
  'e\u0301a\u0308o\u0328',
  'ก็นำ',
  '\u0928\u093f',
  '☺\ufe0e❤\ufe0f',
  '👩\u200d💻',
  'Z\u0351\u036b\u0343',
]

const wideLine = (n: number): string => {
  const parts = Array.from({ length: 12 }, (_, at) => {
    const from = (n + at) % 3 === 0 ? COMBINED : WIDE
    return `${colour(n + at)}${from[(n * 3 + at) % from.length]}`
  })
  return `${parts.join(' ')}\x1b[0m\r\n`
}

const [COLS, ROWS] = [80, 36]

/** Where no recording is. The ways of the two CLIs: one draws its prompt anew below what it said, the other its whole screen. */
const repaint = (n: number): string => {
  const body = (row: number) =>
    Array.from({ length: 9 }, (_, at) => `${colour(n + row + at)}${word(n * 31 + row * 17 + at)}`).join(' ')
  const spinner = '⠋⠙⠹⠸'[n % 4]
  if (n % 400 < 200) {
    const said = n % 12 === 0 ? `\r\x1b[1A\x1b[J${body(1)}\x1b[0m\r\n${body(2)}\x1b[0m\r\n\r\n` : ''
    return `\x1b[?2026h${said}\r\x1b[1A\x1b[J\x1b[2m${'─'.repeat(COLS)}\x1b[0m\r\n${spinner} working ${n} \x1b[2mesc to interrupt\x1b[0m\x1b[?2026l`
  }
  const status = `\x1b[${ROWS};1H\x1b[7m ${spinner} working ${n} \x1b[K\x1b[0m`
  const rows = Array.from({ length: ROWS - 1 }, (_, row) => `\x1b[${row + 1};1H${body(row)}\x1b[0m\x1b[K`)
  const painted = n % 24 === 0 ? rows.join('') : (rows[n % (ROWS - 1)] ?? '')
  return `\x1b[?2026h${painted}${status}\x1b[?2026l`
}

const RECORDED = resolve(__dirname, '..', 'fixtures', 'tui.gz')

const tui = (most: number): Stream => {
  if (!existsSync(RECORDED))
    return {
      name: 'TUI repaints',
      block: repeat(most, repaint),
      source: 'generated, redrawing as both CLIs do',
    }
  const recorded = gunzipSync(readFileSync(RECORDED)).toString('utf8')
  return {
    name: 'TUI repaints',
    block: recorded.repeat(Math.ceil(most / recorded.length)),
    source: 'recorded from both real CLIs',
  }
}

export const streams = (short: boolean): readonly Stream[] => {
  const most = short ? SHORT_BLOCK : BLOCK
  return [
    { name: 'coloured text', block: repeat(most, colouredLine), source: 'generated' },
    tui(most),
    { name: 'wide and combining', block: repeat(most, wideLine), source: 'generated' },
  ]
}
