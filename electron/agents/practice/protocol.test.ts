import { expect, test } from 'vitest'
import {
  createLineCutter,
  parseFromPractice,
  parsePracticeRecord,
  parseToPractice,
} from '../../../shared/agent/practice'

test('lines are cut wherever the chunks end, and one that is too long is dropped alone', () => {
  const cutter = createLineCutter(5)
  expect([
    ...cutter.push('ab'),
    ...cutter.push('c\nlong'),
    ...cutter.push('er and more'),
    ...cutter.push('\nok\nlonger\n'),
  ]).toEqual(['abc', 'ok'])
  expect(cutter.dropped()).toBe(2)
})

test('what does not fit is not a message', () => {
  expect(parseFromPractice('{')).toEqual({ ok: false, error: 'not JSON' })
  expect(parseFromPractice('{"type":"said","turn":"t"}').ok).toBe(false)
  expect(
    parseToPractice('{"type":"answer","id":"r","answer":{"type":"approval","choice":"always"}}').ok,
  ).toBe(false)
})

test('a torn line of a record costs only itself', () => {
  expect(
    parsePracticeRecord(
      '\n{"type":"taken","id":"a1"}\n{"type":"tak\n{"type":"fact","key":"k","value":"v"}\n',
    ),
  ).toEqual([
    { type: 'taken', id: 'a1' },
    { type: 'fact', key: 'k', value: 'v' },
  ])
})
