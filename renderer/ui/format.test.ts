import { expect, it } from 'vitest'
import { clock, clockMs, count, day, hour, moment, roughly, shortPath, span } from './format'

it('writes spans as a clock and as words', () => {
  expect([0, 41_000, 252_000, 3_729_000, -5].map(clockMs)).toEqual([
    '0:00',
    '0:41',
    '4:12',
    '1:02:09',
    '0:00',
  ])
  expect([41_000, 252_000, 3_729_000].map(span)).toEqual(['41s', '4m 12s', '1h 02m'])
  expect([-5, 41_000, 59_999, 60_000, 252_000, 3_599_999, 3_729_000].map(roughly)).toEqual([
    '0s',
    '41s',
    '1m',
    '1m',
    '4m',
    '1h 00m',
    '1h 02m',
  ])
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

it('names days by their distance', () => {
  const now = new Date(2026, 10, 22, 9, 0).toISOString()
  expect(day(new Date(2026, 10, 22, 0, 5).toISOString(), now)).toMatch(/^Today /)
  expect(day(new Date(2026, 10, 21, 23, 59).toISOString(), now)).toMatch(/^Yesterday /)
  expect(day(new Date(2025, 10, 21, 23, 59).toISOString(), now)).toContain('2025')
})

it('keeps the telling end of a path', () => {
  expect(['/code', '/home/ada/code/uploader', 'C:\\code\\uploader\\x'].map(shortPath)).toEqual([
    '/code',
    '…/code/uploader',
    '…/uploader/x',
  ])
})

it('begins the day at 00:00', () => {
  const midnight = new Date(2026, 0, 1, 0, 8, 9).toISOString()
  expect([hour(midnight), moment(midnight)]).toEqual(['00:08', '00:08:09'])
})
