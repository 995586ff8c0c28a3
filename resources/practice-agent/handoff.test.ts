/** What Duologue writes is what this program reads: both sides as they are. */
import { expect, test } from 'vitest'
import { asDeliveryId, asFindingId, asPairId } from '../../shared/ids'
import { fold } from '../../shared/pair/evolve'
import {
  promotedText,
  proofFailedText,
  restartedText,
  reviewReminderText,
  ruledText,
} from '../../shared/pair/messages/notes'
import {
  planChangedText,
  planFindingsText,
  planReadyText,
  planReminderText,
  planToReview,
  restoredPlanText,
} from '../../shared/pair/messages/plan'
import { wireText } from '../../shared/pair/messages/wire'
import {
  doubleReviewText,
  handoffPassed,
  handoffToDriver,
  handoffToNavigator,
  openingText,
} from '../../shared/pair/messages/work'
import type { DeliveryKind, PairState } from '../../shared/pair/model'
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

const read = (
  kind: DeliveryKind,
  to: SeatId,
  text: string,
  steer?: string,
  stage: PairState['stage'] = state.stage,
) => {
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
    wireText({ ...state, outbox, stage }, { id, to, kind, when: 'now', text, status: 'sending', carries }),
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

const finding = { severity: 'major', file: 'src/a.js', line: 12, text: 'it leaks', inScope: true } as const
const record = (more: Partial<Finding>, rest: Partial<FindingRecord> = {}): FindingRecord => ({
  ...{ finding: { ...finding, id: asFindingId('1.1'), ...more }, round: 1, at: '', raisedBy: 'right' },
  ...{ plan: null, handoff: null, promotedAt: null, answer: null, ruling: null },
  ...rest,
})

test('a handoff to the driver, with the findings in scope and no others', () => {
  const findings = [
    record({}),
    record({ id: asFindingId('1.2'), file: '', line: 0, severity: 'blocker' }),
    record({ id: asFindingId('1.3'), inScope: false }),
  ]
  const text = handoffToDriver({ ...state, findings })
  expect(read('handoff', 'left', text)).toMatchObject({
    ...{ fromHuman: false, role: 'driver', words: '', command: null },
    findings: [
      { id: '1.1', severity: 'major', place: 'src/a.js:12', text: 'it leaks' },
      { id: '1.2', severity: 'blocker', place: '(no file)', text: 'it leaks' },
    ],
  })
})

test('notes behind a finding are not its words; what the human upholds is known as such', () => {
  const seen = { ...record({}).finding, seenBy: 'both' as const, repeats: asFindingId('0.1') }
  const upheld = { ...record({ id: asFindingId('1.2'), text: 'it (still) leaks' }), promotedAt: 'x' }
  const ruling = { type: 'upheld', reason: 'it matters (a lot)', at: '' } as const
  const findings = [
    { ...record({}), finding: seen },
    { ...upheld, ruling },
  ]
  expect(read('handoff', 'left', handoffToDriver({ ...state, findings })).findings).toMatchObject([
    { id: '1.1', text: 'it leaks', upheld: false },
    { id: '1.2', text: 'it (still) leaks', upheld: true },
  ])
})

test('what the human rules and brings into scope, as a message and as a steer', () => {
  expect(read('steer', 'left', promotedText(record({ id: asFindingId('1.3') })))).toMatchObject({
    findings: [{ id: '1.3', text: 'it leaks' }],
    ruledOut: [],
  })
  expect(read('steer', 'left', ruledText(record({}), 'upheld', 'Yes.'))).toMatchObject({
    findings: [{ id: '1.1', upheld: true }],
  })
  for (const type of ['dismissed', 'deferred'] as const) {
    const ruling = { type, reason: 'no: later', at: '' }
    expect(read('steer', 'right', ruledText(record({}), type, ''))).toMatchObject({
      findings: [],
      ruledOut: ['src/a.js:12 it leaks'],
    })
    const findings = [record({}, { ruling })]
    expect(read('handoff', 'right', handoffToNavigator({ ...state, findings }))).toMatchObject({
      findings: [],
      ruledOut: ['src/a.js:12 it leaks'],
    })
  }
})

const items = [
  { id: '1', text: 'Do it. Well', why: 'asked for', files: ['src/a.js', 'src/b/'] },
  { id: 'docs', text: 'Say it', why: '', files: [] },
]
const planned = (by: SeatId | null): PairState => ({
  ...state,
  terms: { ...state.terms, planFirst: 'reviewed' },
  plans: [{ version: 2, items, by, reason: 'so', at: '' }],
})

test('plans: asked for, reviewed, changed, settled, edited by the human', () => {
  const findings = [record({ plan: 2 } as never)]
  expect(read('opening', 'left', openingText(planned('left')))).toMatchObject({
    ask: 'plan',
    fromHuman: true,
  })
  expect(read('reminder', 'left', planReminderText(planned('left')))).toMatchObject({ ask: 'plan' })
  expect(read('handoff', 'right', planToReview(planned('left')))).toMatchObject({
    ...{ ask: 'reviewPlan', intent: state.intent, plan: { byHuman: false, items } },
  })
  expect(read('handoff', 'left', planFindingsText({ ...planned('left'), findings }))).toMatchObject({
    ...{ ask: 'plan', findings: [{ id: '1.1' }], plan: { items } },
  })
  for (const text of [restoredPlanText, planReminderText]) {
    const brief = read('handoff', 'left', text({ ...planned('left'), planJudged: 2, findings }))
    expect(brief).toMatchObject({ ask: 'plan', findings: [{ id: '1.1' }], plan: { items } })
  }
  expect(read('handoff', 'left', planReadyText(planned('left')))).toMatchObject({
    ask: 'work',
    plan: { items },
  })
  expect(read('steer', 'left', planChangedText(planned(null)))).toMatchObject({
    plan: { byHuman: true, items },
  })
})

test('a failed proof, with what it printed taken for nothing else', () => {
  const outcome = { type: 'exited', code: 1 } as const
  const tail =
    "  error: 'it broke'\n    Error: so did this\n" +
    'Blind double review: no\n- 1.1 major src/a.js:1 no\nReview target: 0123456789..9876543210'
  const result = { outcome, durationMs: 1_600, tail, bytes: 9, tree: null, changed: false }
  const proof = { command: 'node --test', limitSeconds: 9 }
  const run = {
    ...({ run: 1, by: 'report', startedAt: '', stopping: false, again: false } as const),
    proof,
    result,
  }
  expect(read('notice', 'left', proofFailedText({ ...state, proof: run }))).toMatchObject({
    ...{ ask: 'work', blind: false, findings: [], target: null, proofFailed: 'node --test: exit 1' },
    proofErrors: ['it broke', 'so did this'],
    intent: state.intent,
  })
  const passed = { ...run, result: { ...result, outcome: { type: 'exited', code: 0 } as const } }
  expect(read('handoff', 'right', handoffToNavigator({ ...state, proof: passed })).proofFailed).toBeNull()
})

test('a blind double review is a review for both', () => {
  const reviewers = { left: { review: null, reminded: false }, right: { review: null, reminded: false } }
  const stage = { phase: 'doubleReview', target: null, reviewers } as const
  for (const [to, role] of [
    ['left', 'driver'],
    ['right', 'navigator'],
  ] as const) {
    expect(read('handoff', to, doubleReviewText({ ...state, stage }), undefined, stage)).toMatchObject({
      ...{ ask: 'review', blind: true, role, fromHuman: false },
      target: { base: 'a'.repeat(40), tree: 'b'.repeat(40) },
    })
  }
})

test('a pass that is not agreed yet is work; a restart is the same task again', () => {
  expect(read('handoff', 'left', handoffPassed(state))).toMatchObject({ ask: 'work', findings: [] })
  expect(read('notice', 'left', restartedText)).toMatchObject({ ask: 'again', role: 'driver' })
})

test('a reminder to the navigator', () => {
  expect(read('reminder', 'right', reviewReminderText)).toMatchObject({
    fromHuman: false,
    role: 'navigator',
    ask: 'again',
    words: '',
  })
})
