import { describe, expect, it } from 'vitest'
import { inboxItems } from '../../shared/attention/inbox'
import { asDeliveryId, asRequestId, asTurnId } from '../../shared/ids'
import { nothing } from '../../shared/pair/initial'
import type { PairState } from '../../shared/pair/model'
import { shortVersion } from '../../shared/pair/names'
import { nowOf, seatWords, titleOf } from './words'

const AT = '2026-01-01T10:00:00.000Z'
const working = {
  ...nothing.seats.left,
  status: { type: 'working', turn: asTurnId('t1'), cause: { delivery: asDeliveryId('7c1e') }, since: AT },
} as const
const idle = { ...nothing.seats.right, status: { type: 'idle' } } as const
const driving: PairState = { ...nothing, seats: { left: working, right: idle } }
const paused = { type: 'paused', since: AT } as const
const trouble = { type: 'trouble', seat: 'left', cause: 'quota', detail: 'used up', since: AT } as const
const asked = {
  seat: 'right',
  since: '2026-01-01T09:00:00.000Z',
  answered: false,
  request: { type: 'question', id: asRequestId('q'), questions: [] },
} as const

describe('what happens now', () => {
  it('says whose turn it is, by role', () => {
    expect(nowOf(driving)).toEqual({ text: 'Driver working', role: 'driver', tone: 'plain' })
    const swapped: PairState = {
      ...driving,
      driver: 'right',
      stage: { phase: 'reviewing', target: null, reminded: false, review: null },
    }
    expect(nowOf(swapped).text).toBe('Navigator reviewing')
  })

  it('puts what waits for the human first: a question, then trouble, then a pause', () => {
    expect(nowOf({ ...driving, holds: [paused] }).text).toBe('Paused')
    expect(nowOf({ ...driving, holds: [paused, trouble] }).text).toBe('Driver in trouble')
    expect(nowOf({ ...driving, holds: [paused, trouble], requests: [asked] }).text).toBe('Navigator asks')
    expect(nowOf({ ...driving, holds: [paused], requests: [{ ...asked, answered: true }] }).text).toBe(
      'Paused',
    )
  })

  it('says what a turn is for, by where the pair stands', () => {
    const planning: PairState = { ...driving, stage: { phase: 'planning', reminded: false } }
    expect(nowOf(planning).text).toBe('Driver planning')
    const planReview: PairState = {
      ...driving,
      driver: 'right',
      stage: { phase: 'planReview', version: 1, reminded: false, review: null },
    }
    expect(nowOf(planReview).text).toBe('Navigator reviewing the plan')
    const given = { review: { verdict: 'pass', summary: '', findings: [] }, reminded: false } as const
    const open = { review: null, reminded: false }
    const both = (left: typeof open | typeof given, right: typeof open | typeof given): string =>
      nowOf({ ...driving, stage: { phase: 'doubleReview', target: null, reviewers: { left, right } } }).text
    expect([both(open, open), both(open, given), both(given, open)]).toEqual([
      'Both reviewing',
      'Driver still reviewing',
      'Navigator still reviewing',
    ])
  })

  it('tells a decision that was agreed on from trouble', () => {
    const waits: PairState = { ...driving, holds: [{ type: 'planApproval', since: AT }] }
    expect(nowOf(waits)).toEqual({ text: 'Plan waits for you', role: null, tone: 'wait' })
  })

  it('ends in its own tone: only agreement is told as done', () => {
    const ended = (reason: 'agreed' | 'cap' | 'failed') =>
      nowOf({ ...driving, stage: { phase: 'ended', reason, detail: 'why' } })
    expect(ended('agreed')).toEqual({ text: 'Ended: agreed', role: null, tone: 'done', detail: 'why' })
    expect([ended('cap').tone, ended('failed').tone]).toEqual(['plain', 'trouble'])
  })

  it('says how it ended, whatever still holds', () => {
    const ended: PairState = {
      ...driving,
      holds: [paused],
      stage: { phase: 'ended', reason: 'passed', detail: '' },
    }
    expect(nowOf(ended)).toEqual({ text: 'Ended: navigator passed', role: null, tone: 'done' })
  })
})

it('tells a seat that waits for the human from one that works', () => {
  expect(seatWords(driving, 'left')).toEqual({ text: 'working', tone: 'on', since: AT })
  expect(seatWords({ ...driving, requests: [asked] }, 'right').text).toBe('waits for you')
})

it('gathers requests and decisions oldest first, and leaves out a plain pause', () => {
  const state: PairState = { ...driving, holds: [paused, trouble], requests: [asked] }
  expect(inboxItems(state).map(({ key }) => key)).toEqual(['request q', 'hold trouble left'])
})

it('shortens titles and versions', () => {
  expect(titleOf('\n  Mend the retry.\nKeep the API.')).toBe('Mend the retry.')
  expect(['2.1.330 (Claude Code)', 'codex-cli 0.169.0', 'dev'].map(shortVersion)).toEqual([
    '2.1.330',
    '0.169.0',
    'dev',
  ])
})
