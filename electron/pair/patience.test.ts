import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { AgentEvent } from '../../shared/agent/event'
import { asTurnId } from '../../shared/ids'
import { createPatience } from './patience'

const MINUTE = 60_000
const STALLED: AgentEvent = { type: 'stalled', cause: 'network', text: 'It waits for its model server.' }
const ended = (type: 'interrupted' | 'completed'): AgentEvent => ({
  ...{ type: 'turnEnded', turn: asTurnId('t1'), outcome: { type }, text: '' },
})

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const patience = () => {
  const interrupted: string[] = []
  const made = createPatience({ ms: () => 10 * MINUTE, interrupt: seat => interrupted.push(seat) })
  return { ...made, interrupted }
}

test('a turn that only waits for its model server is ended, and failed for that reason', () => {
  const { heard, interrupted } = patience()
  expect(heard('right', STALLED)).toBe(STALLED)
  vi.advanceTimersByTime(10 * MINUTE - 1)
  expect(interrupted).toEqual([])
  vi.advanceTimersByTime(1)
  expect(interrupted).toEqual(['right'])
  expect(heard('right', ended('interrupted'))).toMatchObject({
    outcome: { type: 'failed', cause: 'network', detail: 'It waits for its model server.' },
  })
  expect(heard('right', ended('interrupted'))).toEqual(ended('interrupted'))
})

test.each<AgentEvent>([
  { type: 'wentOn' },
  { type: 'said', turn: asTurnId('t1'), text: 'On it.' },
  ended('completed'),
  { type: 'exited', code: 1, signal: null, resumable: true },
])('after $type nothing is ended', event => {
  const { heard, interrupted } = patience()
  heard('left', STALLED)
  vi.advanceTimersByTime(9 * MINUTE)
  heard('left', event)
  vi.advanceTimersByTime(60 * MINUTE)
  expect(interrupted).toEqual([])
})

test('what its program counts meanwhile is no progress, and the other seat is another', () => {
  const { heard, interrupted } = patience()
  heard('left', STALLED)
  vi.advanceTimersByTime(9 * MINUTE)
  heard('left', { type: 'usage', usage: { inputTokens: 1, cachedTokens: 0, outputTokens: 0 } })
  heard('right', { type: 'wentOn' })
  vi.advanceTimersByTime(MINUTE)
  expect(interrupted).toEqual(['left'])
})

test('the human was faster: their interruption stays theirs', () => {
  const { heard, interrupted } = patience()
  heard('left', STALLED)
  expect(heard('left', ended('interrupted'))).toEqual(ended('interrupted'))
  vi.advanceTimersByTime(60 * MINUTE)
  expect(interrupted).toEqual([])
})

test('a turn that answered after all is what it is', () => {
  const { heard } = patience()
  heard('left', STALLED)
  vi.advanceTimersByTime(10 * MINUTE)
  expect(heard('left', ended('completed'))).toEqual(ended('completed'))
})

const limit = (minutes: number): AgentEvent => ({
  type: 'limit',
  resetsAt: new Date(Date.now() + minutes * MINUTE).toISOString(),
})

test('a limit that lasts longer than it would be waited for ends the turn at once, a shorter one is waited for', () => {
  const { heard, interrupted } = patience()
  const refused: AgentEvent = { type: 'stalled', cause: 'quota', text: 'It waits: Rate limit reached.' }
  heard('left', refused)
  heard('left', limit(9))
  expect(interrupted).toEqual([])
  heard('left', limit(120))
  heard('left', limit(120))
  expect(interrupted).toEqual(['left'])
  expect(heard('left', ended('interrupted'))).toMatchObject({
    outcome: { type: 'failed', cause: 'quota', detail: 'It waits: Rate limit reached.' },
  })
})

test('a limit without a wait for it, or beside another trouble, ends nothing', () => {
  const { heard, interrupted } = patience()
  heard('left', limit(120))
  heard('right', STALLED)
  heard('right', limit(120))
  expect(interrupted).toEqual([])
})
