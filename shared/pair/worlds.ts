/** Random worlds for the properties of the relay: orders of commands and signals, with a world that cooperates most of the time (`cooperate.ts`). */
import fc from 'fast-check'
import { asDeliveryId, asFindingId, asPairId, asRequestId, asTurnId } from '../ids'
import { call, cooperate, measureOf, reviewArgs, type Step, signal } from './cooperate'
import { decide } from './decide'
import type { Stamped } from './events'
import { evolve, fold } from './evolve'
import { nothing } from './initial'
import type { Command, Input, Signal } from './inputs'
import { noTerms, type PairState, type Terms } from './model'
import type { SeatId } from './seat'

export const AT = '2026-01-01T00:00:00.000Z'
const LATER = '2026-01-01T03:00:00.000Z'
export const CAP = 3

const startWith = (terms: Terms, git: boolean): Input => ({
  type: 'start',
  start: {
    pair: asPairId('p'),
    salt: 'abcd',
    intent: 'Do it.',
    folder: '/w',
    branch: 'main',
    git,
    base: git ? 'b0' : null,
    terms,
    seats: { left: { agent: 'claude' }, right: { agent: 'codex' } },
    driver: 'left',
    caps: { rounds: CAP, tokens: 1_000_000 },
  },
})

export const command =
  (make: (state: PairState) => Command): Step =>
  state => ({ type: 'command', command: make(state) })
const agent = (seat: SeatId, event: Extract<Signal, { type: 'agent' }>['event']): Step =>
  signal(() => ({ type: 'agent', seat, event }))

const seatArb = fc.constantFrom<SeatId>('left', 'right')
const pickDelivery = (state: PairState, n: number) =>
  state.outbox[n % Math.max(1, state.outbox.length)]?.id ?? asDeliveryId('none')
const pickRequest = (state: PairState, n: number) =>
  state.requests[n % Math.max(1, state.requests.length)]?.request.id ?? asRequestId('none')
const turnOf = (state: PairState, seat: SeatId) => {
  const { status } = state.seats[seat]
  return status.type === 'working' ? status.turn : asTurnId('unseen')
}

const pickFinding = (state: PairState, n: number) =>
  state.findings[n % Math.max(1, state.findings.length)]?.finding.id ?? asFindingId('none')
const pickCheckpoint = (state: PairState, n: number) =>
  state.checkpoints[n % Math.max(1, state.checkpoints.length)]?.number ?? 99

const proofCommand = { command: 'npm test', limitSeconds: 60 }

const commandArb: fc.Arbitrary<Step> = fc.oneof(
  fc
    .constantFrom<Command>(
      { type: 'pause', now: false },
      { type: 'pause', now: true },
      { type: 'resume' },
      { type: 'step' },
      { type: 'swap' },
      { type: 'endRound' },
      { type: 'handOver' },
      { type: 'retry' },
      { type: 'goOnAtReset' },
      { type: 'reopen' },
      { type: 'rule', verdict: 'changes' },
      { type: 'rule', verdict: 'pass' },
      { type: 'approvePlan' },
      { type: 'skipPlan' },
      { type: 'runProof' },
      { type: 'stopProof' },
      { type: 'setProof', proof: null },
      { type: 'setProof', proof: proofCommand },
      { type: 'doubleReview' },
      { type: 'acceptUnplanned' },
      { type: 'returnUnplanned' },
      { type: 'editPlan', items: [{ id: '1', text: 'Mine.', why: '', files: ['f1.ts'] }], reason: 'so' },
    )
    .map(each => command(() => each)),
  fc
    .tuple(
      fc.constantFrom<SeatId | 'both'>('left', 'right', 'both'),
      fc.constantFrom('now' as const, 'next' as const),
    )
    .map(([to, when]) => command(() => ({ type: 'steer', to, when, text: 'keep it small' }))),
  fc
    .nat(9)
    .map(n => command(state => ({ type: 'editDelivery', id: pickDelivery(state, n), text: 'edited' }))),
  fc.nat(9).map(n => command(state => ({ type: 'dropDelivery', id: pickDelivery(state, n) }))),
  fc.nat(9).map(n =>
    command(state => ({
      type: 'answer',
      id: pickRequest(state, n),
      answer: { type: 'approval', choice: 'allow' },
    })),
  ),
  seatArb.map(seat => command(() => ({ type: 'restartSeat', seat }))),
  fc
    .tuple(fc.nat(9), fc.constantFrom('upheld' as const, 'dismissed' as const, 'deferred' as const))
    .map(([n, ruling]) =>
      command(state => ({ type: 'ruleFinding', id: pickFinding(state, n), ruling, reason: 'so' })),
    ),
  fc.nat(9).map(n => command(state => ({ type: 'promoteFinding', id: pickFinding(state, n) }))),
  fc.nat(9).map(n => command(state => ({ type: 'restore', checkpoint: pickCheckpoint(state, n) }))),
)

const signalArb: fc.Arbitrary<Step> = fc.oneof(
  seatArb.map(seat => agent(seat, { type: 'ready', session: `s-${seat}`, version: '1' })),
  fc
    .tuple(seatArb, fc.nat(50))
    .map(([seat, n]) => agent(seat, { type: 'turnStarted', turn: asTurnId(`t${n}`), cause: 'human' })),
  fc.nat(9).map(n =>
    signal(state => ({
      type: 'agent',
      seat: 'left',
      event: { type: 'messageTaken', id: pickDelivery(state, n), via: 'x' },
    })),
  ),
  fc.nat(9).map(n =>
    signal(state => ({
      type: 'agent',
      seat: 'left',
      event: { type: 'messageLost', id: pickDelivery(state, n), why: 'x' },
    })),
  ),
  fc
    .tuple(
      seatArb,
      fc.constantFrom(
        { type: 'completed' } as const,
        { type: 'completed' } as const,
        { type: 'interrupted' } as const,
        { type: 'failed', cause: 'quota', detail: 'no more' } as const,
      ),
    )
    .map(([seat, outcome]) =>
      signal(state => ({
        type: 'agent',
        seat,
        event: { type: 'turnEnded', turn: turnOf(state, seat), outcome, text: 'done' },
      })),
    ),
  fc.tuple(seatArb, fc.nat(50)).map(([seat, n]) =>
    agent(seat, {
      type: 'requestOpened',
      request: {
        type: 'approval',
        id: asRequestId(`r${n}`),
        title: 'Run',
        body: 'ls',
        reason: '',
        choices: ['allow', 'deny'],
      },
    }),
  ),
  fc.nat(9).map(n =>
    signal(state => ({
      type: 'agent',
      seat: 'left',
      event: { type: 'requestClosed', id: pickRequest(state, n), by: 'terminal', summary: 'allowed' },
    })),
  ),
  seatArb.map(seat => agent(seat, { type: 'exited', code: 1, signal: null, resumable: true })),
  fc.nat(3).map(n =>
    signal(state => ({
      type: 'measured',
      turn:
        state.stage.phase === 'driving' && state.stage.measuring ? state.stage.measuring : asTurnId('none'),
      measure: measureOf(state, n),
    })),
  ),
  fc
    .tuple(seatArb, fc.constantFrom('pass' as const, 'changes' as const), fc.nat(5))
    .map(([seat, verdict, n]) => call(seat, 'submit_review', () => reviewArgs(verdict, n))),
  fc.tuple(seatArb, fc.nat(3)).map(([seat, n]) =>
    call(seat, 'propose_plan', () => ({
      items: [{ id: '1', text: `Change f${n}.ts`, why: 'because' }],
      reason: 'so',
    })),
  ),
  seatArb.map(seat => call(seat, 'report_done', () => ({ summary: 'Done.', followUps: ['Docs.'] }))),
  seatArb.map(seat =>
    call(seat, 'answer_findings', state => ({
      answers: state.findings.map(({ finding }) => ({ id: finding.id, answer: 'fixed' })),
    })),
  ),
  fc.tuple(fc.constantFrom(0, 0, 1), fc.nat(3), fc.boolean()).map(([code, n, changed]) =>
    signal(state => ({
      type: 'proofEnded',
      run: state.proof?.run ?? 0,
      result: {
        ...{ outcome: { type: 'exited', code }, durationMs: 1, tail: '', bytes: 0, changed },
        tree: state.git ? `tree${n}` : null,
      },
    })),
  ),
  fc.nat(3).map(n => signal(state => ({ type: 'settled', tree: state.git ? `tree${n}` : null }))),
  fc.nat(3).map(n =>
    signal(state => ({
      ...{ type: 'restored', checkpoint: 0, tree: `tree${n}`, kept: state.seq },
      ...{ keptTree: 'before', problem: null },
    })),
  ),
  seatArb.map(seat => agent(seat, { type: 'limit', resetsAt: LATER })),
  seatArb.map(seat => signal(() => ({ type: 'limitEnded', seat, resetsAt: LATER }))),
  fc.constant(signal(() => ({ type: 'timeIsUp' }))),
  fc.nat(9).map(n => signal(state => ({ type: 'notTaken', id: pickDelivery(state, n) }))),
  fc.nat(9).map(n => signal(state => ({ type: 'acceptTimedOut', id: pickDelivery(state, n) }))),
)

export const stepListArb = fc.array(
  fc.oneof(
    { weight: 1, arbitrary: commandArb },
    { weight: 2, arbitrary: signalArb },
    // Without these few worlds get past the first turn.
    {
      weight: 12,
      arbitrary: fc.nat(99).map(
        (n): Step =>
          state =>
            cooperate(state, n),
      ),
    },
  ),
  { minLength: 1, maxLength: 120, size: 'max' },
)

export interface World {
  readonly terms: Terms
  readonly git: boolean
  readonly steps: readonly Step[]
}
export const worldArb: fc.Arbitrary<World> = fc.record({
  terms: fc.record({
    planFirst: fc.constantFrom(noTerms.planFirst, 'reviewed', 'approved'),
    proof: fc.constantFrom(null, proofCommand),
    doubleReview: fc.boolean(),
    holdUnplanned: fc.boolean(),
  }),
  git: fc.boolean(),
  steps: stepListArb,
})

export const run = ({ terms, git, steps }: World): readonly Stamped[] => {
  const first = decide(nothing, startWith(terms, git), AT)
  if (!first.ok) throw new Error('the start was refused')
  const events = [...first.value]
  let state = fold(events)
  for (const step of steps) {
    const decided = decide(state, step(state), AT)
    if (!decided.ok) continue
    events.push(...decided.value)
    state = fold(decided.value, state)
  }
  return events
}

/** Every state on the way, with the event that comes next. */
export const walk = (
  events: readonly Stamped[],
  visit: (before: PairState, event: Stamped, after: PairState) => void,
): void => {
  let state = nothing
  for (const event of events) {
    const next = evolve(state, event).state
    visit(state, event, next)
    state = next
  }
}
