import fc from 'fast-check'
import { expect, test } from 'vitest'
import { unfinished } from './tail'

test.each([
  ['plain', ''],
  ['a\x1b', '\x1b'],
  ['a\x1b[', '\x1b['],
  ['a\x1b[38;2;1', '\x1b[38;2;1'],
  ['a\x1b[31m', ''],
  ['a\x1b]0;tit', '\x1b]0;tit'],
  ['a\x1b]0;title\x07b', ''],
  ['a\x1b]0;title\x1b', '\x1b]0;title\x1b'],
  ['a\x1b]0;title\x1b\\b', ''],
  ['a\x1bP$qm\x07', '\x1bP$qm\x07'],
  ['a\x1b(', '\x1b('],
  ['a\x1b(0', ''],
  ['a\x1b[3\x1b[1', '\x1b[1'],
  ['a\x1b]0;t\x1b[3', '\x1b[3'],
  ['a\x1b[3\x18', ''],
  ['a\x9b3', '\x9b3'],
])('%j leaves %j', (text, tail) => {
  expect(unfinished('', text)).toBe(tail)
})

const piece = fc.oneof(
  fc.constantFrom(
    '\x1b',
    '[',
    ']',
    '\x07',
    '\x1b\\',
    '0;t',
    '31m',
    '\x1b[',
    '\x1b]',
    '\x1bP',
    '\x9b',
    '\x18',
    '(',
    'é',
  ),
  fc.string({ maxLength: 4 }),
)

test('it does not matter how the data is cut', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), pieces => {
      expect(pieces.reduce(unfinished, '')).toBe(unfinished('', pieces.join('')))
    }),
    { numRuns: 2000 },
  )
})

test('an endless string is bounded and stays a string', () => {
  const tail = unfinished('\x1b]1337;', 'x'.repeat(2_000_000))
  expect(tail).toBe('\x1b]')
  expect(unfinished(tail, 'more\x07')).toBe('')
})
