/** The machine sleeps for a night while something waits. What had time left when it fell asleep has it when it wakes. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { asDeliveryId } from '../../shared/ids'
import type { Effect, Signal } from '../../shared/pair/inputs'
import { Story } from '../../shared/pair/story'
import type { PairWork } from '../workspace/pair-work'
import { createEffects, type Effects } from './effects'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const NIGHT = 8 * 60 * MINUTE

let signals: Signal[] = []
let effects: Effects
let story: Story

/** Nothing here reads the workspace. */
const unused = (): never => {
  throw new Error('not in this test')
}
const work: PairWork = { measure: unused, tree: unused, restore: unused, prove: unused }

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-01-01T22:00:00.000Z') })
  signals = []
  story = new Story(10, {}, { minutes: 5 })
  effects = createEffects({
    launch: unused,
    work,
    signal: signal => signals.push(signal),
    log: unused,
  })
})
afterEach(async () => {
  await effects.stop()
  vi.useRealTimers()
})

const run = (effect: Effect): void => effects.run(effect, story.state)
/** The wall's clock goes on, and every timer of the system is overdue on waking. */
const sleep = (): void => {
  vi.setSystemTime(Date.now() + NIGHT)
}
const told = () => signals.map(({ type }) => type)

test('the 30 s in which a message must be taken', () => {
  run({ type: 'awaitAcceptance', id: asDeliveryId('d1') })
  vi.advanceTimersByTime(27 * SECOND)
  sleep()
  vi.advanceTimersByTime(3 * SECOND)
  expect(told()).toEqual([])
  vi.advanceTimersByTime(5 * SECOND)
  expect(signals).toEqual([{ type: 'acceptTimedOut', id: 'd1' }])
})

test('the cap on minutes; the sleep is told, so that the journal knows of it', () => {
  const wake = story.effects.find(({ type }) => type === 'wake')
  if (!wake) throw new Error('a cap on minutes has a timer')
  run(wake)
  vi.advanceTimersByTime(4 * MINUTE)
  sleep()
  vi.advanceTimersByTime(30 * SECOND)
  expect(told()).toEqual(['slept'])
  vi.advanceTimersByTime(35 * SECOND)
  expect(told()).toEqual(['slept', 'timeIsUp'])
})

test('both at once fire in their own time, not in a burst', () => {
  run({ type: 'wake', afterMs: 40 * SECOND })
  run({ type: 'awaitAcceptance', id: asDeliveryId('d1') })
  vi.advanceTimersByTime(28 * SECOND)
  sleep()
  vi.advanceTimersByTime(2 * SECOND)
  expect(told()).toEqual(['slept'])
  vi.advanceTimersByTime(5 * SECOND)
  expect(told()).toEqual(['slept', 'acceptTimedOut'])
  vi.advanceTimersByTime(10 * SECOND)
  expect(told()).toEqual(['slept', 'acceptTimedOut', 'timeIsUp'])
})
