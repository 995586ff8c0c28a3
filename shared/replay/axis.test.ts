import fc from 'fast-check'
import { expect, test } from 'vitest'
import { axisOf, lengthOf, momentAt, positionOf } from './axis'

test('the time a pair was closed is left out', () => {
  const axis = axisOf([
    { from: 1_000, to: 3_000 },
    { from: 90_000, to: 91_000 },
    { from: 2_000, to: 5_000 },
  ])
  expect(axis).toEqual([
    { from: 1_000, to: 5_000 },
    { from: 90_000, to: 91_000 },
  ])
  expect(lengthOf(axis)).toBe(5_000)
  expect([0, 3_999, 4_000, 4_500, 99_000].map(position => momentAt(axis, position))).toEqual([
    1_000, 4_999, 90_000, 90_500, 91_000,
  ])
  expect([0, 1_000, 60_000, 90_500, 99_000].map(at => positionOf(axis, at))).toEqual([
    0, 0, 4_000, 4_500, 5_000,
  ])
})

test('a position leads to a moment, and that back to it', () => {
  const span = fc
    .tuple(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 0, max: 500 }))
    .map(([from, length]) => ({ from, to: from + length }))
  fc.assert(
    fc.property(
      fc.array(span, { minLength: 1 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (spans, share) => {
        const axis = axisOf(spans)
        const position = Math.floor(share * lengthOf(axis))
        expect(positionOf(axis, momentAt(axis, position))).toBe(position)
      },
    ),
  )
})
