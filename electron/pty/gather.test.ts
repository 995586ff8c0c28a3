import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { gatherer } from './gather'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const gathering = () => {
  const delivered: string[] = []
  return { delivered, ...gatherer(data => delivered.push(data)) }
}

test('what comes after silence is delivered at once, what follows on its heels together', () => {
  const { delivered, take } = gathering()
  take('a')
  expect(delivered).toEqual(['a'])
  take('b')
  take('c')
  expect(delivered).toEqual(['a'])
  vi.advanceTimersByTime(10)
  expect(delivered).toEqual(['a', 'bc'])
  vi.advanceTimersByTime(10)
  take('d')
  expect(delivered).toEqual(['a', 'bc', 'd'])
})

test('much is not kept until a timer fires', () => {
  const { delivered, take } = gathering()
  for (let n = 0; n < 100; n += 1) take('x'.repeat(4_000))
  expect(delivered.length).toBeGreaterThan(5)
  expect(delivered.length).toBeLessThan(50)
  expect(delivered.join('').length).toBeGreaterThan(360_000)
})

test('a flush delivers what is gathered, and nothing twice', () => {
  const { delivered, take, flush } = gathering()
  flush()
  take('a')
  take('b')
  flush()
  expect(delivered).toEqual(['a', 'b'])
  flush()
  vi.advanceTimersByTime(100)
  expect(delivered).toEqual(['a', 'b'])
})

test('everything is delivered once and in order, however it comes', () => {
  const step = fc.oneof(
    fc.record({ take: fc.string({ maxLength: 20_000 }) }),
    fc.record({ wait: fc.nat(9) }),
    fc.constant({ flush: true }),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), steps => {
      const { delivered, take, flush } = gathering()
      let taken = ''
      for (const each of steps) {
        if ('take' in each) take(each.take)
        if ('take' in each) taken += each.take
        if ('wait' in each) vi.advanceTimersByTime(each.wait)
        if ('flush' in each) flush()
      }
      vi.advanceTimersByTime(100)
      expect(delivered.join('')).toBe(taken)
    }),
  )
})
