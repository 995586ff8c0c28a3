import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { afterAwake, atTime } from './awake'

/** What has fired, in order. */
let fired: string[] = []

beforeEach(() => {
  vi.useFakeTimers()
  fired = []
})
afterEach(() => vi.useRealTimers())

/** The machine sleeps: the wall's clock goes on, and every timer is overdue when it wakes. */
const sleep = (ms: number): void => {
  vi.setSystemTime(Date.now() + ms)
}

test('counts to the millisecond when the machine is awake', () => {
  afterAwake(12_000, () => fired.push('late'))
  vi.advanceTimersByTime(11_999)
  expect(fired).toEqual([])
  vi.advanceTimersByTime(1)
  expect(fired).toEqual(['late'])
})

test('a sleep of hours fires nothing: the slices that it fell into begin again', () => {
  afterAwake(30_000, () => fired.push('acceptance'))
  afterAwake(60_000, () => fired.push('minutes'))
  vi.advanceTimersByTime(27_000)
  sleep(8 * 3_600_000)
  vi.advanceTimersByTime(3_000)
  expect(fired).toEqual([])
  vi.advanceTimersByTime(5_000)
  expect(fired).toEqual(['acceptance'])
  vi.advanceTimersByTime(29_999)
  expect(fired).toEqual(['acceptance'])
  vi.advanceTimersByTime(1)
  expect(fired).toEqual(['acceptance', 'minutes'])
})

test('what is taken back does not fire, whichever slice it is in', () => {
  const cancel = afterAwake(12_000, () => fired.push('never'))
  vi.advanceTimersByTime(11_000)
  cancel()
  vi.advanceTimersByTime(60_000)
  expect(fired).toEqual([])
})

test('a time of the wall’s clock comes when it comes, or soon after the sleep in which it did', () => {
  atTime(Date.now() + 60_000, () => fired.push('reset'))
  vi.advanceTimersByTime(59_999)
  expect(fired).toEqual([])
  vi.advanceTimersByTime(1)
  expect(fired).toEqual(['reset'])
  atTime(Date.now() + 3_600_000, () => fired.push('slept over'))
  sleep(8 * 3_600_000)
  vi.advanceTimersByTime(5_000)
  expect(fired).toEqual(['reset', 'slept over'])
})

test('a time that has passed comes at once, but not before the caller is done; taken back, it does not come', () => {
  const take = atTime(Date.now() - 1, () => fired.push('passed'))
  expect(fired).toEqual([])
  vi.advanceTimersByTime(1)
  expect(fired).toEqual(['passed'])
  take()
  atTime(Date.now() + 10, () => fired.push('never'))()
  vi.advanceTimersByTime(60_000)
  expect(fired).toEqual(['passed'])
})
