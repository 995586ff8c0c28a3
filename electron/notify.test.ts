import { expect, test } from 'vitest'
import { asPairId, asRequestId } from '../shared/ids'
import type { PairEvent, Stamped } from '../shared/pair/events'
import { fold } from '../shared/pair/evolve'
import type { EndReason, HoldWhy } from '../shared/pair/model'
import { noticeFor } from './notify'

const stamp = (event: PairEvent, seq: number): Stamped => ({ ...event, seq, at: '2026-01-01T00:00:00.000Z' })
const begin: PairEvent = {
  type: 'pairStarted',
  pair: asPairId('p'),
  salt: 'abcd',
  intent: 'Fix the upload.\nKeep the API.',
  folder: '/w',
  branch: null,
  git: false,
  base: null,
  seats: { left: { agent: 'claude' }, right: { agent: 'codex' } },
  driver: 'left',
  caps: { rounds: 3 },
}

const noticeOf = (event: PairEvent) => {
  const events = [stamp(begin, 0), stamp(event, 1)]
  return noticeFor(stamp(event, 1), fold(events))
}

test('an approval names who asks and shows the command', () => {
  const id = asRequestId('r')
  const request = {
    type: 'approval',
    id,
    title: 'Run a command',
    body: 'npm test',
    reason: '',
    choices: ['allow', 'deny'],
  } as const
  expect(noticeOf({ type: 'requestOpened', seat: 'right', request })).toEqual({
    title: 'Codex (navigator) asks: Run a command',
    body: 'npm test',
  })
})

const hold = (why: HoldWhy) => noticeOf({ type: 'held', why })

test.each<[HoldWhy, string, string]>([
  [
    { type: 'trouble', seat: 'left', cause: 'quota', detail: 'limit reached' },
    'Claude Code (driver) cannot go on',
    'limit reached',
  ],
  [
    { type: 'unclear', seat: 'right' },
    'Codex (navigator) gave no verdict',
    'Ask again, or give the verdict yourself.',
  ],
  [
    { type: 'noPlan', seat: 'left' },
    'Claude Code (driver) made no plan',
    'Ask again, or let the work begin without one.',
  ],
  [{ type: 'planApproval' }, 'A plan waits for your approval', 'Fix the upload.'],
  [
    { type: 'unplanned', files: ['a.ts', 'b.ts', 'c.ts', 'd.ts', 'e.ts'] },
    'No plan item names what was changed',
    'a.ts, b.ts, c.ts and 2 more',
  ],
  [
    { type: 'repetition', seat: 'right', detail: 'Only courtesies, and nothing was changed.' },
    'Codex (navigator) says nothing new',
    'Only courtesies, and nothing was changed.',
  ],
])('the hold %j says what waits', (why, title, body) => {
  expect(hold(why)).toEqual({ title, body })
})

test('an ending is told with its reason', () => {
  const end = (reason: EndReason, detail: string) => noticeOf({ type: 'ended', reason, detail })
  expect(end('agreed', 'Proof: npm test.')).toEqual({
    title: 'The pair has agreed',
    body: 'Fix the upload. · Proof: npm test.',
  })
  expect(end('passed', '')).toEqual({ title: 'The navigator passed', body: 'Fix the upload.' })
  expect(end('cap', '3 rounds without agreement')?.body).toContain('3 rounds without agreement')
  expect(end('failed', 'x'.repeat(5_000))?.body).toHaveLength(200)
})

test('what the human did is not told, nor a proof that failed: it goes back to the driver', () => {
  expect(hold({ type: 'paused' })).toBeNull()
  expect(noticeOf({ type: 'ended', reason: 'human', detail: '' })).toBeNull()
  const result = {
    outcome: { type: 'exited', code: 1 },
    durationMs: 1,
    tail: '',
    bytes: 0,
    tree: null,
    changed: false,
  } as const
  expect(noticeOf({ type: 'proofEnded', run: 1, result })).toBeNull()
})
