import { expect, it } from 'vitest'
import { asDeliveryId, asFindingId, asPairId, asTurnId } from '../ids'
import type { PairEvent, Stamped } from '../pair/events'
import { partsOf } from './parts'

const INTENT = 'Mend the upload.'
const handoff = (id: string, to: 'left' | 'right', text: string): PairEvent => ({
  ...{ type: 'deliveryQueued', id: asDeliveryId(id), to, kind: 'handoff', when: 'next', text },
})
const ended = (turn: string, seat: 'left' | 'right', text: string): PairEvent => ({
  ...{ type: 'turnEnded', seat, turn: asTurnId(turn), outcome: { type: 'completed' }, text },
})
const events: readonly PairEvent[] = [
  {
    ...{ type: 'pairStarted', pair: asPairId('p'), salt: 'abcd', intent: INTENT, folder: '/w', branch: null },
    ...{ git: false, base: null, driver: 'left', caps: { rounds: 3 } },
    seats: { left: { agent: 'claude' }, right: { agent: 'codex' } },
  },
  { type: 'turnStarted', seat: 'left', turn: asTurnId('t1'), cause: 'human' },
  ended('t1', 'left', 'Retries are counted.'),
  handoff('h1', 'right', `Intent: ${INTENT} They said: Retries are counted. Call submit_review.`),
  {
    ...{ type: 'deliveryQueued', id: asDeliveryId('s1'), to: 'right', kind: 'steer', when: 'now' },
    text: 'Keep the API.',
  },
  ended('t2', 'right', 'I looked.'),
  {
    ...{ type: 'reviewed', seat: 'right', verdict: 'changes', by: 'navigator', summary: 'One thing.' },
    findings: [
      {
        ...{ id: asFindingId('1.1'), severity: 'major', file: 'src/up.ts', line: 7, text: 'Counts twice.' },
        inScope: true,
      },
    ],
  },
  handoff('h2', 'left', 'Verdict: changes.'),
  { type: 'deliveryEdited', id: asDeliveryId('h2'), text: 'Only the first of these.' },
  { type: 'turnStarted', seat: 'left', turn: asTurnId('t3'), cause: 'human' },
  ended('t3', 'left', 'Counted once.'),
]

it('is the intent, what each handoff carried that was new, steers, edits and findings; and what nothing carries any more', () => {
  const stamped = events.map((event, seq): Stamped => ({ ...event, seq, at: '2026-01-01T00:00:00.000Z' }))
  expect(partsOf(stamped)).toEqual([
    { kind: 'intent', seq: 0, id: '', text: INTENT },
    { kind: 'handoff', seq: 3, id: '', text: 'Retries are counted.' },
    { kind: 'steer', seq: 4, id: '', text: 'Keep the API.' },
    { kind: 'finding', seq: 6, id: '1.1', text: 'src/up.ts:7 Counts twice.' },
    { kind: 'handoff', seq: 7, id: '', text: 'I looked.\nOne thing.' },
    { kind: 'turn', seq: 9, id: '', text: 'Counted once.' },
    { kind: 'steer', seq: 7, id: '', text: 'Only the first of these.' },
  ])
})
