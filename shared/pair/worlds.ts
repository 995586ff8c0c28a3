/** Random worlds for the properties of the relay: orders of commands and signals, with a world that cooperates most of the time. */
import fc from 'fast-check'
import { asDeliveryId, asFindingId, asPairId, asRequestId, asTurnId } from '../ids'
import { readCall } from '../tools/call'
import { decide } from './decide'
import type { Stamped } from './events'
import { evolve, fold } from './evolve'
import { nothing } from './initial'
import type { Command, Input, Signal } from './inputs'
import { type Measure, noTerms, type PairState, type Terms } from './model'
import type { SeatId } from './seat'
import { openFindings, planOf } from './view'

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

/** What a random step may refer to is chosen from the state it meets, by index, so that most steps bite. */
export type Step = (state: PairState) => Input
export const command =
  (make: (state: PairState) => Command): Step =>
  state => ({ type: 'command', command: make(state) })
const signal =
  (make: (state: PairState) => Signal): Step =>
  state => ({ type: 'signal', signal: make(state) })
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

const PROBLEMS = ['The timeout is never cleared.', 'An empty list throws.', 'Off by one at the end.']
const reviewArgs = (verdict: 'pass' | 'changes', n: number) => ({
  verdict,
  summary: '',
  findings:
    verdict === 'pass' && n % 2 === 0
      ? []
      : [
          {
            severity: verdict === 'pass' ? 'minor' : 'major',
            file: 'a.ts',
            line: 1 + n,
            text: PROBLEMS[n % PROBLEMS.length],
            inScope: verdict === 'changes',
          },
        ],
})

const proofCommand = { command: 'npm test', limitSeconds: 60 }

/** A tool call as an agent makes it; one that is refused changes nothing. */
const call =
  (seat: SeatId, name: string, args: (state: PairState) => unknown): Step =>
  state => {
    const read = readCall(state, seat, name, args(state))
    const none: Signal = { type: 'notTaken', id: asDeliveryId('none') }
    return { type: 'signal', signal: read.ok ? read.value.signal : none }
  }

/** Work trees are few, so that the same work comes back now and then. */
const measureOf = (state: PairState, n: number): Measure => {
  if (!state.git) return { diffstat: null, target: null, note: 'no git' }
  const diffstat = { fileCount: 1, added: 1, removed: 0, files: [{ path: `f${n}.ts`, added: 1, removed: 0 }] }
  const target = { base: 'b0', tree: `tree${n}` }
  return { diffstat, whole: diffstat, target, note: '', checkpoint: state.seq }
}

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

/**
 * Two agents who answer, a human who lets them: what a cooperating world does next in this state. `n` chooses what the
 * agents say: whether a driver that works proposes, answers and reports, and what a reviewer finds.
 */
export const cooperate = (state: PairState, n: number): Input => {
  const request = state.requests[0]
  const anyWorking = Object.values(state.seats).some(({ status }) => status.type === 'working')
  const asSignal = (seat: SeatId, event: Extract<Signal, { type: 'agent' }>['event']): Input => ({
    type: 'signal',
    signal: { type: 'agent', seat, event },
  })
  for (const seat of ['left', 'right'] as const) {
    const { status } = state.seats[seat]
    if (status.type === 'exited' || status.type === 'failed')
      return { type: 'command', command: { type: 'restartSeat', seat } }
    if (status.type === 'starting') return asSignal(seat, { type: 'ready', session: 's', version: '1' })
  }
  if (request)
    return asSignal(request.seat, {
      type: 'requestClosed',
      id: request.request.id,
      by: 'terminal',
      summary: '',
    })
  const flying = state.outbox.find(({ status }) => status === 'sending')
  if (flying) return asSignal(flying.to, { type: 'messageTaken', id: flying.id, via: 'x' })
  if (state.stage.phase === 'driving' && state.stage.measuring) {
    return {
      type: 'signal',
      signal: { type: 'measured', turn: state.stage.measuring, measure: measureOf(state, n % 3) },
    }
  }
  if (state.proof && state.proof.result === null) {
    const tree = state.lastMeasure?.target?.tree ?? null
    const result = {
      ...{
        outcome: { type: 'exited', code: n % 4 === 3 ? 1 : 0 } as const,
        durationMs: 1,
        tail: '',
        bytes: 0,
      },
      ...{ changed: false, tree },
    }
    return { type: 'signal', signal: { type: 'proofEnded', run: state.proof.run, result } }
  }
  const fenced = state.holds.some(({ type }) => type === 'unplanned')
  if (state.stage.phase === 'settling' && !fenced) {
    return { type: 'signal', signal: { type: 'settled', tree: state.lastMeasure?.target?.tree ?? null } }
  }
  if (state.restoring !== null) {
    const { checkpoint, tree, keepAs: kept } = state.restoring
    const done = { checkpoint, tree, kept, keptTree: 'before', problem: null }
    return { type: 'signal', signal: { type: 'restored', ...done } }
  }
  const hold = state.holds[0]
  if (hold?.type === 'paused' || hold?.type === 'interrupted' || hold?.type === 'repetition')
    return { type: 'command', command: { type: 'resume' } }
  if (hold?.type === 'planApproval' && !anyWorking)
    return { type: 'command', command: { type: 'approvePlan' } }
  if (hold?.type === 'noPlan' && !anyWorking) return { type: 'command', command: { type: 'skipPlan' } }
  if (hold?.type === 'unplanned') return { type: 'command', command: { type: 'acceptUnplanned' } }
  if (hold?.type === 'unclear') return { type: 'command', command: { type: 'rule', verdict: 'changes' } }
  if (hold && hold.type !== 'planApproval' && hold.type !== 'noPlan')
    return { type: 'command', command: { type: 'retry' } }
  const reviewer: SeatId = state.driver === 'left' ? 'right' : 'left'
  const verdict = n % 3 === 0 ? 'changes' : 'pass'
  const asked = (seat: SeatId): Input => call(seat, 'submit_review', () => reviewArgs(verdict, n))(state)
  const { stage } = state
  if ((stage.phase === 'reviewing' || stage.phase === 'planReview') && !stage.review) return asked(reviewer)
  if (stage.phase === 'doubleReview') {
    const missing = (['left', 'right'] as const).find(seat => !stage.reviewers[seat].review)
    if (missing) return asked(missing)
  }
  const told = driverTells(state, n)
  if (told) return told
  for (const seat of ['left', 'right'] as const) {
    const { status } = state.seats[seat]
    if (status.type === 'working') {
      return asSignal(seat, {
        type: 'turnEnded',
        turn: status.turn,
        outcome: { type: 'completed' },
        text: 'done',
      })
    }
  }
  const taken = state.outbox.find(({ status }) => status === 'accepted')
  if (taken) {
    return asSignal(taken.to, {
      type: 'turnStarted',
      turn: asTurnId(`c${state.seq}`),
      cause: { delivery: taken.id },
    })
  }
  return { type: 'command', command: { type: 'handOver' } }
}

/** The tool that a working driver would call next, if any. */
const driverTells = (state: PairState, n: number): Input | null => {
  const { stage, driver } = state
  if (state.seats[driver].status.type !== 'working') return null
  if (stage.phase === 'planning' && (planOf(state)?.version ?? 0) <= state.planJudged) {
    const items = [{ id: '1', text: `Change f${n % 3}.ts, take ${state.seq}`, why: 'because' }]
    return call(driver, 'propose_plan', () => ({ items, reason: 'so' }))(state)
  }
  if (stage.phase !== 'driving') return null
  const open = openFindings(state).filter(({ handoff }) => handoff !== null)
  if (open.length > 0) {
    const answers = open.map(({ finding }) => ({ id: finding.id, answer: 'fixed' }))
    return call(driver, 'answer_findings', () => ({ answers }))(state)
  }
  return state.report === null && n % 5 !== 0
    ? call(driver, 'report_done', () => ({ summary: 'Done.' }))(state)
    : null
}

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
