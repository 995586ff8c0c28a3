import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { castHeader, castLine } from '../../shared/terminal/cast'
import { plainText } from '../../shared/terminal/painted'
import { asPast, readPastScreen } from './past-screen'

let dir: string
let path: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'duologue-past-'))
  path = join(dir, 'driver.cast')
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const record = (...outputs: readonly string[]): void =>
  writeFileSync(
    path,
    castHeader({ version: 2, width: 20, height: 4 }) +
      outputs.map((text, index) => castLine([index, 'o', text])).join(''),
  )

const textNow = async () => plainText((await readPastScreen(path))?.lines ?? [])

test('the last screen, not what scrolled away', async () => {
  record('one\r\ntwo\r\n', '\x1b[31mthree\x1b[m\r\nfour\r\nfive')
  expect(await textNow()).toBe('two\nthree\nfour\nfive')
})

test('a program that left its alternate screen in good order: that screen', async () => {
  record('\x1b[?1049h\x1b[Hthe work', '\x1b[2;1Hdone\x1b[?1049l')
  expect(await textNow()).toBe('the work\ndone')
})

test('only the tail of a long recording is read, from its first whole line', async () => {
  record(...Array.from({ length: 3_000 }, (_, line) => `${'x'.repeat(1_000)}\r\nline ${line}\r\n`))
  expect(await textNow()).toContain('line 2999')
})

test('nothing recorded, nothing drawn: no screen', async () => {
  expect(await readPastScreen(path)).toBeNull()
  record('\x1b[2J')
  expect(await readPastScreen(path)).toBeNull()
})

test('colours, attributes and wide characters are told', async () => {
  record(
    '\x1b[1;31mred\x1b[m and \x1b[4:3;58;5;9;48;2;1;2;3mcurly\x1b[m\r\n漢x\x1b[7m  \x1b[m  \r\n\x1b[38;5;200;2mdim  \x1b[m',
  )
  expect((await readPastScreen(path))?.lines).toEqual([
    [
      { text: 'red', ink: 1, bold: true },
      { text: ' and ' },
      { text: 'curly', ground: '#010203', underline: 3, underlineInk: 9 },
    ],
    [{ text: '漢', wide: true }, { text: 'x' }, { text: '  ', inverse: true }],
    [{ text: 'dim', ink: 200, dim: true }],
  ])
})

test('what is put above a resumed agent is dim, in its colours, and sets nothing', () => {
  const past = asPast({
    lines: [[{ text: 'one ' }, { text: 'two', ink: '#0a0b0c', bold: true }]],
    at: '2026-01-01T14:02:00.000Z',
  })
  expect(past).toContain('\x1b[0;2mone \x1b[0;2;1;38;2;10;11;12mtwo\x1b[m\r\n')
  expect(past).toContain('As it was at 2026-01-01 14:02 UTC')
  expect(past.endsWith('\x1b[m\r\n')).toBe(true)
})
