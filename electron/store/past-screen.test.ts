import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { castHeader, castLine } from '../../shared/terminal/cast'
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

test('the last screen, not what scrolled away', async () => {
  record('one\r\ntwo\r\n', '\x1b[31mthree\x1b[m\r\nfour\r\nfive')
  expect((await readPastScreen(path))?.text).toBe('two\nthree\nfour\nfive')
})

test('a program that left its alternate screen in good order: that screen', async () => {
  record('\x1b[?1049h\x1b[Hthe work', '\x1b[2;1Hdone\x1b[?1049l')
  expect((await readPastScreen(path))?.text).toBe('the work\ndone')
})

test('only the tail of a long recording is read, from its first whole line', async () => {
  record(...Array.from({ length: 3_000 }, (_, line) => `${'x'.repeat(1_000)}\r\nline ${line}\r\n`))
  expect((await readPastScreen(path))?.text).toContain('line 2999')
})

test('nothing recorded, nothing drawn: no screen', async () => {
  expect(await readPastScreen(path)).toBeNull()
  record('\x1b[2J')
  expect(await readPastScreen(path)).toBeNull()
})

test('what is put above a resumed agent is dim and sets nothing', () => {
  const past = asPast({ text: 'one\ntwo', at: '2026-01-01T14:02:00.000Z' })
  expect(past).toContain('\x1b[2mone\x1b[22m\r\n')
  expect(past).toContain('As it was at 2026-01-01 14:02 UTC')
})
