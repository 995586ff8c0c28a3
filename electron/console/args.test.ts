import { expect, test } from 'vitest'
import { parseConsoleArgs } from './args'

test('no word of ours opens the window', () => {
  expect([[], ['--no-sandbox'], ['/some/folder', 'run'], ['constructor']].map(parseConsoleArgs)).toEqual([
    null,
    null,
    null,
    null,
  ])
})

test("Chromium's switches before -- are not the program's", () => {
  expect(
    parseConsoleArgs(['run', '--log-level=3', '--no-sandbox', '--', '--proof', 'npm test', '--', 'x']),
  ).toEqual({
    program: 'cli',
    args: ['run', '--proof', 'npm test', '--', 'x'],
  })
  expect(parseConsoleArgs(['--practice-agent', '--log-level=3', '--', 'a'])).toEqual({
    program: 'practice-agent',
    args: ['a'],
  })
})

test("typed by hand, without --, everything is the program's", () => {
  expect(parseConsoleArgs(['run', '--practice'])).toEqual({ program: 'cli', args: ['run', '--practice'] })
})
