import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { asRequestId } from '../../shared/ids'
import { Story } from '../../shared/pair/story'
import { createWatchdog, type Watchdog } from './watchdog'

const MINUTES = 60_000
let story: Story
let watchdog: Watchdog

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-01-01T14:00:00.000Z') })
  story = new Story()
  story.take('left')
  watchdog = createWatchdog({
    quietMs: () => 10 * MINUTES,
    state: () => story.state,
    signal: signal => story.give({ type: 'signal', signal }),
    now: () => new Date(),
  })
})
afterEach(() => {
  watchdog.stop()
  vi.useRealTimers()
})

const quiet = () => story.events.filter(({ type }) => type === 'seatQuiet' || type === 'seatHeard')

test('a seat that works without a sign is told of once, with its last sign, until the next one', () => {
  watchdog.heard('left', 'said “Reading.”')
  vi.advanceTimersByTime(9 * MINUTES)
  expect(quiet()).toEqual([])
  vi.advanceTimersByTime(30 * MINUTES)
  expect(quiet()).toMatchObject([
    { type: 'seatQuiet', seat: 'left', since: '2026-01-01T14:00:00.000Z', last: 'said “Reading.”' },
  ])
  expect(story.state.seats.left.quiet).not.toBeNull()
  expect(story.holds()).toEqual([])
  watchdog.heard('left', 'used a tool')
  expect(story.state.seats.left.quiet).toBeNull()
  vi.advanceTimersByTime(11 * MINUTES)
  expect(quiet().map(({ type }) => type)).toEqual(['seatQuiet', 'seatHeard', 'seatQuiet'])
})

test('an event of the agent is a sign too', () => {
  vi.advanceTimersByTime(11 * MINUTES)
  story.end('left')
  expect(quiet().map(({ type }) => type)).toEqual(['seatQuiet', 'seatHeard'])
  expect(story.state.seats.left).toMatchObject({ quiet: null, status: { type: 'idle' } })
})

test('one that waits for its human, or is at rest, is not stuck', () => {
  story.agent('left', {
    type: 'requestOpened',
    request: {
      type: 'approval',
      id: asRequestId('r'),
      title: 'Run',
      body: 'ls',
      reason: '',
      choices: ['allow', 'deny'],
    },
  })
  vi.advanceTimersByTime(60 * MINUTES)
  expect(quiet()).toEqual([])
})

test('the time that the machine sleeps is no silence', () => {
  vi.advanceTimersByTime(5 * MINUTES)
  vi.setSystemTime(Date.now() + 8 * 60 * MINUTES)
  vi.advanceTimersByTime(4 * MINUTES)
  expect(quiet()).toEqual([])
  vi.advanceTimersByTime(2 * MINUTES)
  expect(quiet()).toHaveLength(1)
})

test('a reopened pair begins without it', () => {
  vi.advanceTimersByTime(11 * MINUTES)
  story.command({ type: 'reopen' })
  expect(story.state.seats.left.quiet).toBeNull()
})
