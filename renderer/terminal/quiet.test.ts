import { Terminal as HeadlessTerminal } from '@xterm/headless'
import { expect, test } from 'vitest'
import { silence } from './quiet'

const QUERIES = [
  '\x1b[c',
  '\x1b[>c',
  '\x1b[=c',
  '\x1b[5n',
  '\x1b[6n',
  '\x1b[?6n',
  '\x1b[?996n',
  '\x1b[>q',
  '\x1b[18t',
  '\x1b[14t',
  '\x1b[4$p',
  '\x1b[?2026$p',
  '\x1bP$qm\x1b\\',
  '\x1b]4;1;?\x07',
  '\x1b]10;?\x07',
  '\x1b]11;?\x1b\\',
  '\x1b]12;?\x07',
]

test('a silenced terminal answers nothing and still obeys', async () => {
  const terminal = new HeadlessTerminal({ allowProposedApi: true, windowOptions: { getWinSizeChars: true } })
  const answers: string[] = []
  terminal.onData(data => answers.push(data))
  const write = (data: string) => new Promise<void>(resolve => terminal.write(data, resolve))
  await write(QUERIES.join(''))
  // The check can fail: without silence there are answers.
  expect(answers.length).toBeGreaterThan(5)
  answers.length = 0
  silence(terminal)
  await write(`${QUERIES.join('')}\x1b[4 q\x1b[?2004htext`)
  expect(answers).toEqual([])
  expect(terminal.modes.bracketedPasteMode).toBe(true)
  expect(terminal.buffer.active.getLine(0)?.translateToString(true)).toBe('text')
})
