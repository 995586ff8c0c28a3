import fc from 'fast-check'
import { expect, test } from 'vitest'
import { median, medianRange, percentile, ratioOf, summaryOf } from './samples'

const upTo = (n: number): readonly number[] => Array.from({ length: n }, (_, index) => index + 1)

test('a percentile lies between the samples next to it, in whatever order they came', () => {
  expect(percentile([4, 1, 3, 2], 0.5)).toBe(2.5)
  expect(percentile([10], 0.99)).toBe(10)
  expect(percentile(upTo(101), 0.95)).toBe(96)
  expect(percentile([], 0.5)).toBeNaN()
})

test('what few samples cannot tell is not told', () => {
  expect(summaryOf(upTo(5))).toEqual({ n: 5, p50: 3, p95: null, p99: null, min: 1, max: 5, spread: 2 / 3 })
  expect(summaryOf(upTo(20))).toMatchObject({ p95: expect.closeTo(19.05), p99: null })
  expect(summaryOf(upTo(101))).toMatchObject({ p95: 96, p99: 100 })
  expect(summaryOf([0, 0, 0]).spread).toBe(0)
})

test('one pause of the machine moves neither median nor spread much', () => {
  const calm = upTo(99)
  const paused = [...calm.slice(0, -1), 1_000_000]
  expect(summaryOf(paused)).toEqual({ ...summaryOf(calm), max: 1_000_000 })
})

test('the range of a median holds it, and few samples give all of theirs', () => {
  expect(medianRange([3, 9, 1])).toEqual([1, 9])
  expect(medianRange(upTo(100))).toEqual([41, 60])
  fc.assert(
    fc.property(fc.array(fc.integer(), { minLength: 1 }), samples => {
      const [low, high] = medianRange(samples)
      expect(low).toBeLessThanOrEqual(median(samples))
      expect(high).toBeGreaterThanOrEqual(median(samples))
    }),
  )
})

test('the ratio is that of the medians', () => {
  expect(ratioOf([2, 4, 600], [1, 2, 3])).toBe(2)
  expect(ratioOf([1], null)).toBeNull()
  expect(ratioOf([1], [])).toBeNull()
})
