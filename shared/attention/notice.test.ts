import { expect, test } from 'vitest'
import { asPairId, asRequestId } from '../ids'
import type { PairEvent, Stamped } from '../pair/events'
import { fold } from '../pair/evolve'
import type { EndReason, HoldWhy } from '../pair/model'
import { noticesOf } from './notice'

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

const noticesAfter = (...events: readonly PairEvent[]) => {
  const stamped = events.map((event, index) => stamp(event, index + 1))
  return noticesOf(stamped, fold([stamp(begin, 0), ...stamped]))
}
const noticeOf = (event: PairEvent) => noticesAfter(event)[0]
const wordsOf = (event: PairEvent) => {
  const notice = noticeOf(event)
  return notice && { title: notice.title, body: notice.body }
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
    key: 'request r',
    title: 'Codex (navigator) asks: Run a command',
    body: 'npm test',
    place: { type: 'card', key: 'request r' },
  })
})

const hold = (why: HoldWhy) => wordsOf({ type: 'held', why })

test.each<[HoldWhy, string, string]>([
  [
    { type: 'trouble', seat: 'left', cause: 'auth', detail: 'limit reached' },
    'Claude Code (driver) cannot go on',
    'limit reached',
  ],
  [
    { type: 'quota', seat: 'left', detail: 'You’ve hit your limit.', resetsAt: null },
    'Claude Code (driver) has reached its provider’s limit',
    'You’ve hit your limit.',
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

test('what the pair is about is its first line, wherever that stands', () => {
  const held = stamp({ type: 'held', why: { type: 'planApproval' } }, 1)
  const state = fold([stamp({ ...begin, intent: '\n  Fix the upload.\nKeep the API.' }, 0), held])
  expect(noticesOf([held], state)[0]?.body).toBe('Fix the upload.')
})

test('an ending is told with its reason', () => {
  const end = (reason: EndReason, detail: string) => wordsOf({ type: 'ended', reason, detail })
  expect(end('agreed', 'Proof: npm test.')).toEqual({
    title: 'The pair has agreed',
    body: 'Fix the upload. · Proof: npm test.',
  })
  expect(end('passed', '')).toEqual({ title: 'The navigator passed', body: 'Fix the upload.' })
  expect(end('cap', '3 rounds without agreement')?.body).toContain('3 rounds without agreement')
  expect(end('failed', 'x'.repeat(5_000))?.body).toHaveLength(200)
})

test('what the human did is not told, nor a proof that failed: it goes back to the driver', () => {
  expect(hold({ type: 'paused' })).toBeUndefined()
  expect(noticeOf({ type: 'ended', reason: 'human', detail: '' })).toBeUndefined()
  const result = {
    outcome: { type: 'exited', code: 1 },
    durationMs: 1,
    tail: '',
    bytes: 0,
    tree: null,
    changed: false,
  } as const
  expect(noticeOf({ type: 'proofEnded', run: 1, result })).toBeUndefined()
})

test('what is settled by the same decision calls nobody', () => {
  const why = { type: 'unclear', seat: 'right' } as const
  expect(noticesAfter({ type: 'held', why })).toHaveLength(1)
  expect(noticesAfter({ type: 'held', why }, { type: 'released', why: 'unclear' })).toEqual([])
})

test('what waits in both seats at once has a card each', () => {
  const trouble = (seat: 'left' | 'right') =>
    ({ type: 'held', why: { type: 'trouble', seat, cause: 'crash', detail: 'gone' } }) as const
  const keys = noticesAfter(trouble('left'), trouble('right')).map(({ key }) => key)
  expect(keys).toEqual(['hold trouble left', 'hold trouble right'])
})

test('the end of a limit calls once more while the pair waits for it, and not when it went on by itself', () => {
  const detail = 'You’ve hit your limit.'
  const resetsAt = '2026-01-01T03:00:00.000Z'
  const held: PairEvent = { type: 'held', why: { type: 'quota', seat: 'right', detail, resetsAt } }
  const over: PairEvent = { type: 'limitOver', seat: 'right' }
  expect(noticesAfter(held, over).at(-1)).toEqual({
    key: 'hold quota right',
    title: 'The limit of Codex (navigator) is over',
    body: 'The pair can go on.',
    place: { type: 'card', key: 'hold quota right' },
  })
  expect(noticesAfter(held, over, { type: 'released', why: 'quota' })).toEqual([])
  expect(noticesAfter(over)).toEqual([])
})
