import { describe, expect, test } from 'vitest'
import { resetTime } from './reset-time'

/** A Monday, 10:00 in Berlin and 01:00 in Los Angeles. */
const NOW = Date.parse('2026-11-23T09:00:00Z')

describe('when a limit is over, from what the provider says', () => {
  test.each([
    ["You've hit your session limit · resets 3:45pm (Europe/Berlin)", '2026-11-23T14:46:00.000Z'],
    ["You've hit your session limit · resets 3pm (UTC)", '2026-11-23T15:01:00.000Z'],
    ['5-hour limit reached ∙ resets 9am (Europe/Berlin)', '2026-11-24T08:01:00.000Z'],
    ["You've hit your weekly limit · resets Nov 28, 3pm (America/Los_Angeles)", '2026-11-28T23:01:00.000Z'],
    ["You've hit your weekly limit · resets Nov 28 at 12am (UTC)", '2026-11-28T00:01:00.000Z'],
    ['resets Jan 2, 12pm (UTC)', '2027-01-02T12:01:00.000Z'],
    ['resets Jan 2, 2027, 12:30pm (UTC)', '2027-01-02T12:31:00.000Z'],
    ["You've hit your usage limit. Try again at Nov 30th, 2026 3:04 PM (UTC).", '2026-11-30T15:05:00.000Z'],
    ["You've hit your usage limit. Try again in 2 hours 5 minutes.", '2026-11-23T11:06:00.000Z'],
    ['Try again in 3 days 1 hour.', '2026-11-26T10:01:00.000Z'],
    ['Claude AI usage limit reached|1795431600', '2026-11-23T11:00:00.000Z'],
  ])('%s', (words, time) => {
    expect(resetTime(words, NOW)).toBe(time)
  })

  test('a time without a zone is one of this machine', () => {
    const local = new Date(2026, 10, 24, 15, 5).toISOString()
    expect(resetTime('try again at Nov 24th, 2026 3:04 PM.', NOW)).toBe(local)
  })

  test('the hour that a clock skips or shows twice is still a time', () => {
    const spring = Date.parse('2026-03-28T20:00:00Z')
    const time = resetTime('resets 2:30am (Europe/Berlin)', spring)
    expect(Math.abs(Date.parse(time ?? '') - Date.parse('2026-03-29T01:00:00Z'))).toBeLessThanOrEqual(
      3_600_000,
    )
  })

  test.each([
    'API Error: Request rejected (429) · You are out of quota',
    'Rate limit reached. Please try again later.',
    'try again in a few minutes',
    'Please try again in 3h20m.',
    'try again in 20 seconds',
    `try again in ${'9'.repeat(20)} days`,
    'resets 3pm (Nowhere/Town)',
    'resets Nov 20, 2026, 3pm (UTC)',
    'The counter resets 12 times a day',
    '',
  ])('no time: %s', words => {
    expect(resetTime(words, NOW)).toBeNull()
  })
})
