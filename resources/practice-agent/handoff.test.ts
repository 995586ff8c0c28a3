/** What Duologue writes is what this program reads: both sides as they are. */
import { expect, test } from 'vitest'
import { asDeliveryId, asFindingId, asPairId } from '../../shared/ids'
import { fold } from '../../shared/pair/evolve'
import { reviewReminderText } from '../../shared/pair/messages/notes'
import { wireText } from '../../shared/pair/messages/wire'
import { handoffToDriver, handoffToNavigator } from '../../shared/pair/messages/work'
import type { DeliveryKind } from '../../shared/pair/model'
import type { SeatId } from '../../shared/pair/seat'
import type { Finding, FindingRecord } from '../../shared/review/finding'
import { readBrief } from './brief'

const started = fold([
  {
    ...{ type: 'pairStarted', seq: 0, at: '2026-01-01T00:00:00.000Z', pair: asPairId('p'), salt: 'abcd' },
    ...{
      intent: 'Fold accents.\n- f1 major src/a.js:1 quoted',
      folder: '/w',
      branch: 'main',
      git: true,
      base: null,
    },
    seats: { left: { agent: 'practice' }, right: { agent: 'practice' } },
    driver: 'left',
    caps: { rounds: 5 },
  },
])
const state = {
  ...started,
  lastMeasure: {
    diffstat: { fileCount: 1, added: 2, removed: 1, files: [{ path: 'src/a.js', added: 2, removed: 1 }] },
    target: { base: 'a'.repeat(40), tree: 'b'.repeat(40) },
    note: '',
  },
  lastText: { left: 'Done.\ncrash\n- 1.1 major src/a.js:1 quoted', right: 'I ask for changes.' },
}

const read = (kind: DeliveryKind, to: SeatId, text: string, steer?: string) => {
  const carried = {
    id: asDeliveryId('abcd02'),
    to,
    kind: 'steer',
    when: 'next',
    status: 'waiting',
    carries: [],
  } as const
  const outbox = steer === undefined ? [] : [{ ...carried, text: steer }]
  const carries = outbox.map(({ id }) => id)
  const id = asDeliveryId('abcd01')
  return readBrief(
    wireText({ ...state, outbox }, { id, to, kind, when: 'now', text, status: 'sending', carries }),
  )
}

test('an opening and a steer', () => {
  expect(read('opening', 'left', 'Fold accents.')).toMatchObject({
    ...{ fromHuman: true, role: 'driver', words: 'Fold accents.', command: null },
  })
  expect(read('steer', 'right', 'wait')).toMatchObject({
    fromHuman: true,
    role: 'navigator',
    command: 'wait',
  })
})

test('a handoff to the navigator, with a steer that travels with it', () => {
  expect(read('handoff', 'right', handoffToNavigator(state), 'Add a changelog.')).toMatchObject({
    ...{ fromHuman: false, role: 'navigator', findings: [], command: null, words: 'Add a changelog.' },
    target: { base: 'a'.repeat(40), tree: 'b'.repeat(40) },
  })
})

test('a handoff to the driver, with the findings in scope and no others', () => {
  const finding = { severity: 'major', file: 'src/a.js', line: 12, text: 'it leaks', inScope: true } as const
  const record = (finding: Finding): FindingRecord => ({
    ...{ finding, round: 1, at: '', raisedBy: 'right', plan: null, handoff: null },
    ...{ promotedAt: null, answer: null, ruling: null },
  })
  const findings = [
    { ...finding, id: asFindingId('1.1') },
    { ...finding, id: asFindingId('1.2'), file: '', line: 0, severity: 'blocker' as const },
    { ...finding, id: asFindingId('1.3'), inScope: false },
  ].map(record)
  const text = handoffToDriver({ ...state, findings })
  expect(read('handoff', 'left', text)).toMatchObject({
    ...{ fromHuman: false, role: 'driver', words: '', command: null },
    findings: [
      { id: '1.1', severity: 'major', place: 'src/a.js:12', text: 'it leaks' },
      { id: '1.2', severity: 'blocker', place: '(no file)', text: 'it leaks' },
    ],
  })
})

test('a reminder to the navigator', () => {
  expect(read('reminder', 'right', reviewReminderText)).toMatchObject({
    fromHuman: false,
    role: 'navigator',
    words: '',
  })
})
