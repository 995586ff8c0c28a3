import fc from 'fast-check'
import { expect, test } from 'vitest'
import { advance, IDLE_MS, type ReplayClock } from './play'

const nextIn =
  (moments: readonly number[]) =>
  (after: number): number =>
    moments.find(at => at > after) ?? Number.POSITIVE_INFINITY

const from = (at: number): ReplayClock => ({ at, last: at })

test('time passes as it is played, and stops where nothing is known', () => {
  const next = nextIn([1_000, 2_500])
  expect(advance(from(0), 900, next, 9_000)).toEqual({ at: 900, last: 0 })
  expect(advance(from(0), 2_600, next, 9_000)).toEqual({ at: 2_600, last: 2_500 })
  expect(advance(from(0), 9_999, next, 1_800)).toEqual({ at: 1_800, last: 1_000 })
})

test('of an idle time only the beginning is played', () => {
  const next = nextIn([1_000, 600_000])
  expect(advance(from(0), 1_000 + IDLE_MS - 1, next, 900_000)).toEqual({
    at: 1_000 + IDLE_MS - 1,
    last: 1_000,
  })
  expect(advance(from(0), 1_000 + IDLE_MS + 50, next, 900_000)).toEqual({ at: 600_050, last: 600_000 })
  // The end of what is known is gone to in the same way.
  expect(advance(from(0), 1_000 + IDLE_MS + 50, next, 500_000)).toEqual({ at: 500_000, last: 1_000 })
})

test('however often it ticks, it comes to the same moment, and never back', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 20_000 })),
      fc.array(fc.integer({ min: 1, max: 3_000 }), { minLength: 1 }),
      (moments, ticks) => {
        const next = nextIn([...new Set(moments)].sort((a, b) => a - b))
        let clock = from(0)
        for (const budget of ticks) {
          const to = advance(clock, budget, next, 20_000)
          expect(to.at).toBeGreaterThanOrEqual(clock.at)
          expect(to.at).toBeLessThanOrEqual(20_000)
          clock = to
        }
        const whole = ticks.reduce((sum, budget) => sum + budget, 0)
        expect(clock).toEqual(advance(from(0), whole, next, 20_000))
      },
    ),
  )
})
