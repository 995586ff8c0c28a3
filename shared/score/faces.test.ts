import fc from 'fast-check'
import { expect, it } from 'vitest'
import { columnsOf, linesOf } from './faces'

it('lines are counted with words kept whole, and cut at the most that there may be', () => {
  expect(linesOf('one two three', 20, 3)).toBe(1)
  expect(linesOf('one two three', 8, 3)).toBe(2)
  expect(linesOf('one two three', 5, 2)).toBe(2)
  expect(linesOf('a-word-longer-than-its-line', 10, 5)).toBe(3)
  expect(linesOf('', 10, 2)).toBe(1)
})

it('a text takes at least the lines that its letters fill, and at most those of one word on each', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 400 }), fc.integer({ min: 8, max: 80 }), (text, columns) => {
      const lines = linesOf(text, columns, 1_000)
      const words = text.split(/\s+/)
      const most = words.reduce((sum, word) => sum + Math.max(1, Math.ceil(word.length / columns)), 0)
      expect(lines).toBeGreaterThanOrEqual(Math.max(1, Math.floor(words.join('').length / columns)))
      expect(lines).toBeLessThanOrEqual(most)
    }),
  )
})

it('a wider score has longer lines, up to what is still read at a glance', () => {
  const widths = [260, 384, 500, 900].map(width => columnsOf(width).beside)
  expect(widths).toEqual([...widths].sort((a, b) => a - b))
  expect(columnsOf(900).beside).toBe(columnsOf(2_000).beside)
})
