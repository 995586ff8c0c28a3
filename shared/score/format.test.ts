import { expect, it } from 'vitest'
import { clock, clockMs, count, span } from './format'

it('writes spans as a clock and as words', () => {
  expect([0, 41_000, 252_000, 3_729_000, -5].map(clockMs)).toEqual([
    '0:00',
    '0:41',
    '4:12',
    '1:02:09',
    '0:00',
  ])
  expect([41_000, 252_000, 3_729_000].map(span)).toEqual(['41s', '4m 12s', '1h 02m'])
  expect(clock('2026-01-01T00:00:00.000Z', '2026-01-01T00:01:05.900Z')).toBe('1:05')
})

it('shortens counts without ever rounding to a wrong unit', () => {
  expect([0, 999, 1_000, 8_420, 9_949, 9_950, 61_234, 999_499, 999_500, 1_240_000].map(count)).toEqual([
    '0',
    '999',
    '1.0k',
    '8.4k',
    '9.9k',
    '10k',
    '61k',
    '999k',
    '1.0M',
    '1.2M',
  ])
})
