import { expect, test } from 'vitest'
import { asPairId, asRequestId } from '../shared/ids'
import type { PairEvent, Stamped } from '../shared/pair/events'
import { fold } from '../shared/pair/evolve'
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

test('a hold that needs the human and an ending are told; what the human did is not', () => {
  const trouble = { type: 'trouble', seat: 'left', cause: 'quota', detail: 'limit reached' } as const
  expect(noticeOf({ type: 'held', why: trouble })).toEqual({
    title: 'The pair waits for you',
    body: 'limit reached',
  })
  expect(noticeOf({ type: 'ended', reason: 'passed', detail: '' })).toEqual({
    title: 'The navigator passed',
    body: 'Fix the upload.',
  })
  expect(noticeOf({ type: 'held', why: { type: 'paused' } })).toBeNull()
  expect(noticeOf({ type: 'ended', reason: 'human', detail: '' })).toBeNull()
})
