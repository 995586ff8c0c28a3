/** A world that cooperates, for tests: two agents who answer, and a human who lets them. */
import { asDeliveryId, asTurnId } from '../ids'
import { readCall } from '../tools/call'
import type { Input, Signal } from './inputs'
import type { Measure, PairState } from './model'
import type { SeatId } from './seat'
import { openFindings, planOf } from './view'

/** What a random step may refer to is chosen from the state it meets, by index, so that most steps bite. */
export type Step = (state: PairState) => Input
export const signal =
  (make: (state: PairState) => Signal): Step =>
  state => ({ type: 'signal', signal: make(state) })

const PROBLEMS = ['The timeout is never cleared.', 'An empty list throws.', 'Off by one at the end.']
export const reviewArgs = (verdict: 'pass' | 'changes', n: number) => ({
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

/** A tool call as an agent makes it; one that is refused changes nothing. */
export const call =
  (seat: SeatId, name: string, args: (state: PairState) => unknown): Step =>
  state => {
    const read = readCall(state, seat, name, args(state))
    const none: Signal = { type: 'notTaken', id: asDeliveryId('none') }
    return { type: 'signal', signal: read.ok ? read.value.signal : none }
  }

/** Work trees are few, so that the same work comes back now and then. */
export const measureOf = (state: PairState, n: number): Measure => {
  if (!state.git) return { diffstat: null, target: null, note: 'no git' }
  const diffstat = { fileCount: 1, added: 1, removed: 0, files: [{ path: `f${n}.ts`, added: 1, removed: 0 }] }
  const target = { base: 'b0', tree: `tree${n}` }
  return { diffstat, whole: diffstat, target, note: '', checkpoint: state.seq }
}

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
