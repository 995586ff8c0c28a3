/** Recordings of programs that work for hours, as long or as large as wanted. */
import { closeSync, openSync, statSync, writeSync } from 'node:fs'

export const BEGAN = Date.UTC(2026, 0, 1, 10)
const [COLS, ROWS] = [100, 40]

/** What stands on the screen at a second, for the test to look for. */
export const stamp = (second: number): string => `at ${String(second).padStart(5, '0')} s`

const colour = (n: number): string => `\x1b[38;5;${16 + (n % 200)}m`

/** A line as an agent prints it: words in colours. */
const words = (seed: number): string =>
  `${Array.from(
    { length: 9 },
    (_, at) => `${colour(seed * 7 + at)}${((seed * 31 + at * 17) % 46_656).toString(36)}word`,
  ).join(' ')}\x1b[0m`

/** A program that repaints its whole screen now and then, and its status line four times a second. */
const fullScreen = (second: number): readonly string[] => {
  const status = (part: number) =>
    `\x1b[?2026h\x1b[${ROWS};1H\x1b[7m ${'⠋⠙⠹⠸'[part]} working ${stamp(second)} \x1b[K\x1b[0m\x1b[?2026l`
  const body = Array.from({ length: ROWS - 1 }, (_, row) => `\x1b[${row + 1};1H${words(second + row)}\x1b[K`)
  const repaint = second % 6 === 0 ? body.join('') : (body[second % (ROWS - 1)] ?? '')
  return [(second === 0 ? '\x1b[?1049h\x1b[?25l' : '') + repaint + status(0), ...[1, 2, 3].map(status)]
}

/** A program that prints above its prompt, which it draws again each time: its screen scrolls. */
const inline = (second: number): readonly string[] => {
  const prompt = (part: number) =>
    `\r\x1b[1A\x1b[J\x1b[2m${'─'.repeat(COLS)}\x1b[0m\r\n${'⠋⠙⠹⠸'[part]} ${stamp(second)} \x1b[2mesc to interrupt\x1b[0m`
  const said = second % 3 === 0 ? `\r\x1b[1A\x1b[J${words(second)}\r\n${words(second + 1)}\r\n\r\n` : ''
  return [(second === 0 ? '\r\n' : '') + said + prompt(0), ...[1, 2, 3].map(prompt)]
}

type Paint = (second: number) => readonly string[]
const PROGRAMS = { inline, fullScreen } satisfies Record<string, Paint>

/** Of so many bytes, or a minute more; gives its seconds. */
export const writeCast = (path: string, program: keyof typeof PROGRAMS, bytes: number): number =>
  write(path, PROGRAMS[program], (_, size) => size < bytes)

/** Of so many seconds, in whole minutes; gives its bytes. */
export const writeLongCast = (path: string, program: keyof typeof PROGRAMS, seconds: number): number => {
  write(path, PROGRAMS[program], second => second < seconds)
  return statSync(path).size
}

const write = (path: string, paint: Paint, goesOn: (second: number, size: number) => boolean): number => {
  const file = openSync(path, 'w', 0o600)
  const header = { version: 2, width: COLS, height: ROWS, timestamp: BEGAN / 1000, title: 'long' }
  writeSync(file, `${JSON.stringify(header)}\n[0.000000,"m","Run began ${new Date(BEGAN).toISOString()}"]\n`)
  let [from, size] = [0, 0]
  for (; goesOn(from, size); from += 60) {
    const lines = Array.from({ length: 60 }, (_, at) => from + at).flatMap(second =>
      paint(second).map((data, part) => `[${(second + part / 4).toFixed(6)},"o",${JSON.stringify(data)}]\n`),
    )
    size += writeSync(file, lines.join(''))
  }
  closeSync(file)
  return from
}
