import { expect, it } from 'vitest'
import { day, hour, moment, shortPath } from './format'

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
