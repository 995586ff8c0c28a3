import { expect, test } from 'vitest'
import { runLabel } from '../terminal/keyframe'
import { anchorsOf, momentOf, runsOf, secondsAt } from './anchors'

const T = Date.UTC(2026, 0, 1, 10, 0, 0, 250)
const iso = (at: number): string => new Date(at).toISOString()
const none = new Map<string, number>()

const twoRuns = anchorsOf(
  [
    { label: runLabel(iso(T)), seconds: 0 },
    { label: 'ab01', seconds: 12 },
    { label: runLabel(iso(T + 3_600_000)), seconds: 20.001 },
  ],
  Math.floor(T / 1000),
  new Map([['ab01', T + 11_990]]),
)

test('each run goes by its own marker, to the millisecond', () => {
  expect(twoRuns).toEqual([
    { seconds: 0, at: T },
    { seconds: 20.001, at: T + 3_600_000 },
  ])
  expect(momentOf(twoRuns, 12.345)).toBe(T + 12_345)
  expect(momentOf(twoRuns, 20.001 + 1.5)).toBe(T + 3_601_500)
  expect(runsOf(twoRuns, 25.001)).toEqual([
    { from: T, to: T + 20_001 },
    { from: T + 3_600_000, to: T + 3_605_000 },
  ])
})

test('what happened in a millisecond is in it, and what the next run does is not in the one before', () => {
  expect(secondsAt(twoRuns, T + 12_345)).toBeGreaterThan(12.345)
  expect(secondsAt(twoRuns, T + 12_345)).toBeLessThan(12.346)
  // While the pair was closed: all of the first run, nothing of the second.
  expect(secondsAt(twoRuns, T + 1_800_000)).toBeGreaterThanOrEqual(20)
  expect(secondsAt(twoRuns, T + 1_800_000)).toBeLessThan(20.001)
  expect(secondsAt(twoRuns, T - 5_000)).toBe(0)
})

test('a recording without run markers goes by its handoffs, and else by its header', () => {
  const sent = new Map([
    ['a1', T + 10_000],
    ['a2', T + 20_000],
    ['b1', T + 500_000],
  ])
  const marks = [
    { label: 'a1', seconds: 10.004 },
    { label: 'a2', seconds: 20.003 },
    { label: 'b1', seconds: 30 },
  ]
  expect(anchorsOf(marks, Math.floor(T / 1000), sent)).toEqual([
    { seconds: 0, at: T - 4 },
    { seconds: 10.004, at: T + 10_000 },
    { seconds: 30, at: T + 500_000 },
  ])
  expect(anchorsOf([], 1_700_000_000, none)).toEqual([{ seconds: 0, at: 1_700_000_000_000 }])
  expect(anchorsOf([], undefined, none)).toEqual([])
})
