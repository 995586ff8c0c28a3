import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isoOf, millisOf } from './time'

test('is what Date says, over all days that a journal may hold', () => {
  const day = fc.date({
    min: new Date('1970-01-01T00:00:00Z'),
    max: new Date('2199-12-31T23:59:59Z'),
    noInvalidDate: true,
  })
  fc.assert(
    fc.property(day, date => {
      expect(millisOf(date.toISOString())).toBe(date.getTime())
      expect(isoOf(date.getTime())).toBe(date.toISOString())
    }),
  )
})

test('anything else is no time', () => {
  expect(millisOf('')).toBeNaN()
  expect(millisOf('yesterday')).toBeNaN()
})
