import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PairEvent, Stamped } from '../pair/events'
import { decodeLine } from './decode'
import { encodeLine } from './line'

type Body<T extends PairEvent['type']> = Omit<Extract<PairEvent, { type: T }>, 'type'>
const text = fc.string({ unit: 'binary', maxLength: 40 })
const id = text as fc.Arbitrary<never>
const seat = fc.constantFrom('left', 'right')
const nullable = fc.option(text, { nil: null })
const count = fc.nat()
const cause = fc.constantFrom('quota', 'auth', 'model', 'network', 'server', 'crash', 'unknown')
const config = fc.record(
  { agent: fc.constantFrom('claude', 'codex', 'practice'), model: text, permissionMode: text },
  { requiredKeys: ['agent'] },
)
const finding = fc.record({
  id,
  severity: fc.constantFrom('blocker', 'major', 'minor'),
  file: text,
  line: count,
  text,
  inScope: fc.boolean(),
})
const diffstat = fc.record({
  fileCount: count,
  added: count,
  removed: count,
  files: fc.array(fc.record({ path: text, added: count, removed: count })),
})
const choice = fc.constantFrom('allow', 'allowForSession', 'deny')
const request = fc.oneof(
  fc.record(
    {
      type: fc.constant('approval'),
      id,
      title: text,
      body: text,
      reason: text,
      choices: fc.array(choice),
      covers: fc.array(text),
    },
    { requiredKeys: ['type', 'id', 'title', 'body', 'reason', 'choices'] },
  ),
  fc.record({
    type: fc.constant('question'),
    id,
    questions: fc.array(
      fc.record({
        id: text,
        header: text,
        text,
        options: fc.array(fc.record({ label: text, description: text })),
        multiple: fc.boolean(),
        freeText: fc.boolean(),
      }),
    ),
  }),
)
const answer = fc.oneof(
  fc.record({ type: fc.constant('approval'), choice, message: text }, { requiredKeys: ['type', 'choice'] }),
  fc.record({
    type: fc.constant('question'),
    answers: fc.dictionary(text, fc.array(text), { noNullPrototype: true }),
  }),
)
const usage = fc.record(
  {
    inputTokens: count,
    cachedTokens: count,
    outputTokens: count,
    contextTokens: count,
    contextWindow: count,
    costUsd: fc.float({ noNaN: true, noDefaultInfinity: true, min: 0 }),
  },
  { requiredKeys: ['inputTokens', 'cachedTokens', 'outputTokens'] },
)
const holdWhy = fc.oneof(
  fc.record({ type: fc.constant('paused') }),
  fc.record({ type: fc.constantFrom('interrupted', 'unclear'), seat }),
  fc.record({ type: fc.constant('trouble'), seat, cause, detail: text }),
  fc.record({ type: fc.constant('quota'), seat, detail: text, resetsAt: nullable }),
  fc.record({ type: fc.constant('notAccepted'), delivery: id, detail: text }),
  fc.record({ type: fc.constant('planApproval') }),
  fc.record({ type: fc.constant('noPlan'), seat }),
  fc.record({ type: fc.constant('unplanned'), files: fc.array(text) }),
  fc.record({ type: fc.constant('repetition'), seat, detail: text }),
)
const nothing = fc.constant({})
const proof = fc.record({ command: text, limitSeconds: count })
const given = fc.constantFrom('pass', 'changes')

const bodies = {
  pairStarted: fc.record({
    pair: id,
    salt: text,
    intent: text,
    folder: text,
    branch: nullable,
    git: fc.boolean(),
    base: nullable,
    seats: fc.record({ left: config, right: config }),
    driver: seat,
    caps: fc.record({ rounds: count, minutes: count, tokens: count }, { requiredKeys: ['rounds'] }),
    intentHash: text,
    terms: fc.record({
      planFirst: fc.constantFrom('no', 'reviewed', 'approved'),
      proof: fc.option(proof, { nil: null }),
      doubleReview: fc.boolean(),
      holdUnplanned: fc.boolean(),
    }),
  }),
  pairReopened: nothing,
  seatStarting: fc.record({ seat, resume: nullable }),
  seatReady: fc.record({ seat, session: text, version: text, model: nullable }),
  seatFailed: fc.record({ seat, message: text }),
  seatExited: fc.record({
    seat,
    code: fc.option(fc.integer(), { nil: null }),
    signal: nullable,
    resumable: fc.boolean(),
  }),
  deliveryQueued: fc.record({
    id,
    to: seat,
    kind: fc.constantFrom('opening', 'handoff', 'steer', 'reminder', 'notice'),
    when: fc.constantFrom('now', 'next'),
    text,
  }),
  deliveryEdited: fc.record({ id, text }),
  deliveryDropped: fc.record({ id, why: text }),
  deliverySending: fc.record({
    id,
    carries: fc.array(id),
    mode: fc.constantFrom('launch', 'message', 'steer'),
  }),
  deliveryAccepted: fc.record({ id, via: text }),
  deliveryChecking: fc.record({ id }),
  deliveryReturned: fc.record({ id, why: text }),
  turnStarted: fc.record({
    seat,
    turn: id,
    cause: fc.oneof(fc.constant('human'), fc.record({ delivery: id })),
  }),
  said: fc.record({ seat, turn: id, text }),
  turnEnded: fc.record({
    seat,
    turn: id,
    outcome: fc.oneof(
      fc.record({ type: fc.constantFrom('completed', 'interrupted') }),
      fc.record({ type: fc.constant('failed'), cause, detail: text }),
    ),
    text,
  }),
  turnMeasured: fc.record({
    turn: id,
    measure: fc.record({
      diffstat: fc.option(diffstat, { nil: null }),
      target: fc.option(fc.record({ base: text, tree: text }), { nil: null }),
      note: text,
    }),
  }),
  reviewSubmitted: fc.record({
    seat,
    review: fc.record({
      verdict: fc.constantFrom('pass', 'changes'),
      summary: text,
      findings: fc.array(finding),
    }),
  }),
  reviewed: fc.record({
    seat,
    verdict: fc.constantFrom('pass', 'changes', 'unclear', 'error'),
    by: fc.constantFrom('navigator', 'human', 'both'),
    summary: text,
    findings: fc.array(finding),
    plan: count,
    target: fc.option(fc.record({ base: text, tree: text }), { nil: null }),
    matches: fc.array(fc.record({ navigator: id, driver: id, why: text })),
    verdicts: fc.record({ left: given, right: given }),
    nothingNew: fc.boolean(),
  }),
  planProposed: fc.record({
    seat: fc.option(seat, { nil: null }),
    version: count,
    items: fc.array(fc.record({ id: text, text, why: text, files: fc.array(text) })),
    reason: text,
  }),
  planSettled: fc.record({
    version: fc.option(count, { nil: null }),
    by: fc.constantFrom('navigator', 'human'),
  }),
  doneReported: fc.record({
    seat,
    report: fc.record({
      summary: text,
      planItems: fc.array(text),
      files: fc.array(text),
      notDone: text,
    }),
  }),
  followUpsNamed: fc.record({ seat, findings: fc.array(finding) }),
  findingsAnswered: fc.record({
    seat,
    answers: fc.array(
      fc.record({ id, answer: fc.constantFrom('fixed', 'rejected', 'deferred'), reason: text }),
    ),
  }),
  findingRuled: fc.record({
    id,
    ruling: fc.constantFrom('upheld', 'dismissed', 'deferred'),
    reason: text,
  }),
  findingPromoted: fc.record({ id }),
  proofChanged: fc.record({ proof: fc.option(proof, { nil: null }) }),
  proofStarted: fc.record({
    run: count,
    by: fc.constantFrom('report', 'human'),
    proof,
    again: fc.boolean(),
  }),
  proofStopping: fc.record({ run: count }),
  proofEnded: fc.record({
    run: count,
    result: fc.record({
      outcome: fc.oneof(
        fc.record({ type: fc.constant('exited'), code: count }),
        fc.record({ type: fc.constant('signalled'), signal: text }),
        fc.record({ type: fc.constant('timedOut'), limitSeconds: count }),
        fc.record({ type: fc.constant('stopped') }),
        fc.record({ type: fc.constant('notStarted'), message: text }),
      ),
      durationMs: count,
      tail: text,
      bytes: count,
      tree: nullable,
      changed: fc.boolean(),
    }),
  }),
  proofSentBack: fc.record({ run: count, count }),
  doubleReviewRequested: nothing,
  doubleReviewWithdrawn: nothing,
  doubleReviewStarted: fc.record({
    target: fc.option(fc.record({ base: text, tree: text }), { nil: null }),
  }),
  agreementChecking: nothing,
  unplannedAccepted: fc.record({ files: fc.array(text) }),
  restoring: fc.record({ checkpoint: count, tree: text }),
  restored: fc.record({ checkpoint: count, tree: text, kept: count, keptTree: nullable, problem: nullable }),
  capReached: fc.record({ cap: fc.constantFrom('minutes', 'tokens') }),
  slept: fc.record({ ms: count }),
  continued: fc.record({ why: text }),
  pullRequestDrafted: fc.record({ url: text }),
  requestOpened: fc.record({ seat, request }),
  requestAnswered: fc.record({ id, answer }),
  requestClosed: fc.record({ id, by: fc.constantFrom('inbox', 'terminal', 'agent'), summary: text }),
  held: fc.record({ why: holdWhy }),
  released: fc.record({
    why: fc.constantFrom(
      'paused',
      'interrupted',
      'trouble',
      'unclear',
      'notAccepted',
      'planApproval',
      'repetition',
    ),
  }),
  stepAllowed: nothing,
  turnInterrupting: fc.record({ seat, purpose: fc.constantFrom('hold', 'handOver') }),
  handingOver: fc.record({ turn: id }),
  swapRequested: nothing,
  swapWithdrawn: nothing,
  rolesSwapped: fc.record({ driver: seat }),
  roundStarted: fc.record({ round: count }),
  seatQuiet: fc.record({ seat, since: text, last: text }),
  seatHeard: fc.record({ seat }),
  limitTold: fc.record({ seat, resetsAt: text }),
  goOnPlanned: fc.record({ seat }),
  goOnWithdrawn: fc.record({ seat }),
  limitOver: fc.record({ seat }),
  usageReported: fc.record({ seat, usage }),
  noticed: fc.record({ seat: fc.option(seat, { nil: null }), text }),
  ended: fc.record({
    reason: fc.constantFrom('agreed', 'converged', 'failed', 'passed', 'cap', 'human'),
    detail: text,
  }),
} satisfies { readonly [T in PairEvent['type']]: fc.Arbitrary<Body<T> | object> }

const at = fc
  .date({
    min: new Date('2000-01-01T00:00:00Z'),
    max: new Date('2100-01-01T00:00:00Z'),
    noInvalidDate: true,
  })
  .map(date => date.toISOString())
const stamped = fc
  .oneof(
    ...Object.entries(bodies).map(([type, body]) =>
      fc.tuple(fc.constant(type), body as fc.Arbitrary<object>, count, at),
    ),
  )
  .map(([type, body, seq, when]) => ({ type, ...body, seq, at: when }) as unknown as Stamped)

const valid = {
  v: 1,
  seq: 3,
  at: '2026-11-22T14:02:11.031Z',
  type: 'said',
  seat: 'left',
  turn: 't1',
  text: 'hello',
}
const line = (change: object): string => JSON.stringify({ ...valid, ...change })

describe('a journal line', () => {
  it('decodes to the event it was made from, whatever the event', () => {
    fc.assert(
      fc.property(stamped, event => {
        const encoded = encodeLine(event)
        expect(encoded.indexOf('\n')).toBe(encoded.length - 1)
        const bytes = Buffer.from(encoded).toString('utf8')
        expect(decodeLine(bytes.slice(0, -1))).toEqual({ ok: true, value: event })
      }),
      { numRuns: 1_000 },
    )
  })

  it('keeps fields that this version does not know', () => {
    const { v: _v, ...event } = valid
    expect(decodeLine(line({ mood: 'bright' }))).toEqual({ ok: true, value: { ...event, mood: 'bright' } })
  })

  it.each([{ type: 'proofRun' }, { v: 2, text: 7 }, { type: 'toString' }, { type: '__proto__' }])(
    'keeps an event of a newer version raw: %j',
    change => {
      const raw = line(change)
      const name = 'type' in change ? change.type : 'said'
      const { seq, at: when } = valid
      expect(decodeLine(raw)).toEqual({ ok: true, value: { type: 'unknown', seq, at: when, name, raw } })
    },
  )

  it.each([
    ['', 'not JSON'],
    ['{"v":1,"seq":', 'not JSON'],
    ['\0\0\0', 'not JSON'],
    ['[]', 'not an object'],
    ['null', 'not an object'],
    [line({ v: undefined }), 'no version'],
    [line({ seq: -1 }), 'no sequence number'],
    [line({ seq: '3' }), 'no sequence number'],
    [line({ at: 'yesterday' }), 'no time'],
    [line({ type: 5 }), 'no type'],
  ])('says why %j is damage', (raw, why) => {
    expect(decodeLine(raw)).toEqual({ ok: false, error: { why } })
  })

  it('does not let a wrong shape through to the folds', () => {
    const wrong = decodeLine(line({ seat: 'middle' }))
    expect(wrong.ok ? '' : wrong.error.why).toMatch(/^said\.seat: /)
  })

  it('takes any text without throwing', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.jsonValue().map(value => line({ review: value })),
        ),
        raw => {
          expect(typeof decodeLine(raw).ok).toBe('boolean')
        },
      ),
    )
  })
})
