import { expect, it } from 'vitest'
import type { Entry } from '../journal/entry'
import { isKnown, type JournalEvent } from '../journal/line'
import { emptyTimeline, entriesOf, foldTimeline } from '../journal/timeline'
import { answerCounts, proofFace, seenCounts } from './record-words'
import { isEcho, sentence, verdictWords } from './words'

const echoes = (rows: readonly Entry[]) => rows.map((entry, index) => isEcho(rows[index - 1], entry))

/** Events as a journal holds them, one second apart. */
const rowsOf = (...events: Record<string, unknown>[]) => {
  const seats = { left: { agent: 'practice' }, right: { agent: 'practice' } }
  const started = {
    ...{
      type: 'pairStarted',
      pair: 'p',
      salt: 's',
      intent: 'Mend it',
      folder: '/f',
      branch: null,
      git: true,
    },
    ...{ base: null, seats, driver: 'left', caps: { rounds: 3 } },
  }
  const all = [started, ...events].map(
    (event, seq) => ({ ...event, seq, at: `2026-01-01T10:00:0${seq}.000Z` }) as unknown as JournalEvent,
  )
  return entriesOf(all.filter(isKnown).reduce(foldTimeline, emptyTimeline))
}

const ready = { type: 'seatReady', seat: 'right', session: 'a-long-id', version: '0.1.0', model: null }
const steer = (id: string, to: string) => ({
  ...{ type: 'deliveryQueued', id, to, kind: 'steer', when: 'next', text: 'Keep the API.' },
})

it('what is said to both seats is read once', () => {
  const rows = rowsOf(steer('a', 'left'), steer('b', 'right'), steer('c', 'right'))
  expect(echoes(rows)).toEqual([false, false, true, false])
})

it('a seat that is ready is one quiet line, without its session', () => {
  expect(
    rowsOf(ready)
      .map(entry => sentence(entry))
      .at(-1),
  ).toBe('Practice agent 0.1.0 ready')
})

const handoff = (id: string, to: string, text: string) => ({
  ...{ type: 'deliveryQueued', id, to, kind: 'handoff', when: 'next', text },
})

it('the task of a double review is read once, an answer to a handoff is none', () => {
  const both = rowsOf(
    handoff('a', 'right', 'Review this, alone.'),
    handoff('b', 'left', 'Review this, alone.'),
  )
  expect(echoes(both)).toEqual([false, false, true])
  expect(both.map((entry, index) => sentence(entry, index === 2)).at(-1)).toBe('The same to driver, waits')
  expect(echoes(rowsOf(handoff('a', 'right', 'Done.'), handoff('b', 'left', 'Not yet.')))).toEqual([
    false,
    false,
    false,
  ])
})

const proof = { command: 'npm test', limitSeconds: 60 }
const begun = { type: 'proofStarted', run: 1, by: 'report', proof }
const result = { outcome: { type: 'exited', code: 0 }, durationMs: 3_000, tail: '', bytes: 0, tree: null }
const faces = (...events: Record<string, unknown>[]) =>
  rowsOf(...events).flatMap(entry =>
    entry.type === 'proof' ? [proofFace(entry, '2026-01-01T10:00:13.000Z')] : [],
  )
const done = (part: Record<string, unknown>) => ({
  type: 'proofEnded',
  run: 1,
  result: { ...result, changed: false, ...part },
})

it('a proof is told by how it came out, and only a clean pass is one', () => {
  expect(faces(begun)).toEqual([{ tone: 'running', text: 'running', meta: '0:12' }])
  expect(faces(begun, done({}))).toEqual([{ tone: 'passed', text: 'passed', meta: '0:03' }])
  expect(faces(begun, done({ changed: true }))[0]?.tone).toBe('void')
  expect(faces(begun, done({ outcome: { type: 'stopped' } }))[0]?.tone).toBe('void')
  const failed = done({ outcome: { type: 'exited', code: 1 } })
  expect(faces(begun, failed, { type: 'proofSentBack', run: 1, count: 1 })).toEqual([
    { tone: 'failed', text: 'exit 1', meta: '0:03 · back to the driver' },
  ])
})

const point = (id: string, seenBy: string) => ({
  ...{ id, severity: 'minor', file: '', line: 0, text: 'x', inScope: true, seenBy },
})
const judged = (part: Record<string, unknown>) =>
  rowsOf({
    type: 'reviewed',
    seat: 'right',
    verdict: 'changes',
    by: 'both',
    summary: '',
    findings: [],
    ...part,
  }).at(-1)

it('a double review says who saw what; a review of the plan says that it is one', () => {
  const findings = [point('1', 'both'), point('2', 'driver'), point('3', 'driver')]
  const double = judged({ findings, verdicts: { left: 'changes', right: 'changes' } })
  expect(double?.type === 'review' && seenCounts(double)).toBe('1 both · 2 only driver')
  const plan = judged({ by: 'navigator', verdict: 'pass', plan: 2 })
  expect(plan?.type === 'review' && [verdictWords(plan), seenCounts(plan)]).toEqual(['Plan passed', null])
})

it('answers are counted by kind', () => {
  const answers = ['fixed', 'rejected', 'fixed'].map((answer, id) => ({ id: `${id}`, answer, reason: 'r' }))
  const entry = rowsOf({ type: 'findingsAnswered', seat: 'left', answers }).at(-1)
  expect(entry?.type === 'answers' && answerCounts(entry)).toBe('2 fixed · 1 rejected')
})
