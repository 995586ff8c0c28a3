/** What plans, reviews, findings, proofs and restores mean for the state of a pair. */
import { type FindingRecord, rootOf } from '../review/finding'
import type { Change, Of } from './change'
import type { BlindReviewer, Checkpoint, PairState, Stage } from './model'
import { workOf } from './view'

export const submitted: Change<'reviewSubmitted'> = (state, { seat, review }) => {
  const { stage } = state
  switch (stage.phase) {
    case 'planReview':
    case 'reviewing':
      return { ...state, stage: { ...stage, review } }
    case 'doubleReview': {
      const reviewers = { ...stage.reviewers, [seat]: { ...stage.reviewers[seat], review } }
      return { ...state, stage: { ...stage, reviewers } }
    }
    default:
      return state
  }
}

const record = (state: PairState, event: Of<'reviewed'> | Of<'followUpsNamed'>): readonly FindingRecord[] =>
  event.findings.map(finding => ({
    finding,
    round: state.round,
    at: event.at,
    raisedBy: event.seat,
    plan: event.type === 'reviewed' ? (event.plan ?? null) : null,
    handoff: null,
    promotedAt: null,
    answer: null,
    ruling: null,
  }))

export const followUps: Change<'followUpsNamed'> = (state, event) => ({
  ...state,
  findings: [...state.findings, ...record(state, event)],
})

/** A review of the work is remembered by the work that it was about; `error` and `unclear` are no reviews. */
export const judged: Change<'reviewed'> = (state, event) => {
  if (event.verdict === 'error' || event.verdict === 'unclear') return state
  const findings = [...state.findings, ...record(state, event)]
  if (event.plan !== undefined) return { ...state, findings, planJudged: event.plan }
  const work = workOf(state)
  return {
    ...state,
    findings,
    passed: event.verdict === 'pass' && work !== null ? { work, by: event.by } : null,
    reviewedWork: work,
    quietReviews: event.nothingNew ? state.quietReviews + 1 : 0,
  }
}

const withFinding = (
  state: PairState,
  id: FindingRecord['finding']['id'],
  change: (record: FindingRecord) => FindingRecord,
): PairState => ({
  ...state,
  findings: state.findings.map(each => (each.finding.id === id ? change(each) : each)),
})

export const answered: Change<'findingsAnswered'> = (state, { answers, seat, at }) =>
  answers.reduce(
    (next, answer) =>
      withFinding(next, answer.id, each => ({ ...each, answer: { ...answer, by: seat, at } })),
    state,
  )

/**
 * A ruling is about what was said, however often it was said. What is upheld is to be mended again, whatever was
 * answered before, so it travels again.
 */
export const ruled: Change<'findingRuled'> = (state, { id, ruling, reason, at }) => {
  const root = rootOf(state.findings, id)
  const rule = (each: FindingRecord): FindingRecord => ({
    ...each,
    ruling: { type: ruling, reason, at },
    ...(ruling === 'upheld' ? { answer: null, promotedAt: each.finding.inScope ? null : at } : {}),
  })
  return {
    ...state,
    findings: state.findings.map(each =>
      rootOf(state.findings, each.finding.id) === root ? rule(each) : each,
    ),
  }
}

export const promoted: Change<'findingPromoted'> = (state, { id, at }) =>
  withFinding(state, id, each => ({ ...each, promotedAt: at, ruling: null, answer: null }))

export const planProposed: Change<'planProposed'> = (state, { seat, version, items, reason, at }) => ({
  ...state,
  plans: [...state.plans, { version, items, by: seat, reason, at }],
})

export const planSettled: Change<'planSettled'> = (state, { version }) => ({
  ...state,
  planSettled: { version },
})

export const proofStarted: Change<'proofStarted'> = (state, { run, by, proof, at, again }) => ({
  ...state,
  proof: { run, by, proof, startedAt: at, stopping: false, again: again ?? false, result: null },
  stage: by === 'report' && state.stage.phase === 'driving' ? { phase: 'proving', run } : state.stage,
})

export const proofEnded: Change<'proofEnded'> = (state, { run, result }) => {
  if (state.proof?.run !== run) return state
  const waited = state.stage.phase === 'proving' && state.stage.run === run
  return {
    ...state,
    proof: { ...state.proof, result },
    stage: waited ? { phase: 'driving', measuring: null } : state.stage,
  }
}

const unread: BlindReviewer = { review: null, reminded: false }

export const doubleStarted: Change<'doubleReviewStarted'> = (state, { target }) => ({
  ...state,
  doubleRequested: false,
  stage: { phase: 'doubleReview', target, reviewers: { left: unread, right: unread } },
})

export const agreementChecking: Change<'agreementChecking'> = state =>
  state.stage.phase === 'ended' ? state : { ...state, stage: { phase: 'settling' } }

export const checkpointed: Change<'turnMeasured'> = (state, { measure, at }) => {
  const { target, checkpoint } = measure
  return target === null || checkpoint === undefined
    ? state
    : withCheckpoint(state, { number: checkpoint, tree: target.tree, at, why: 'handoff', round: state.round })
}

const withCheckpoint = (state: PairState, checkpoint: Checkpoint): PairState => ({
  ...state,
  checkpoints: [...state.checkpoints, checkpoint],
})

/** The work is another one: what was claimed, reviewed and passed is about what was there before. */
export const restored: Change<'restored'> = (before, { kept, keptTree, problem, at, tree }) => {
  const state = { ...before, restoring: null }
  const next =
    keptTree === null
      ? state
      : withCheckpoint(state, { number: kept, tree: keptTree, at, why: 'beforeRestore', round: state.round })
  if (problem !== null) return next
  const { lastMeasure } = state
  const target = state.base === null ? null : { base: state.base, tree }
  return {
    ...next,
    report: null,
    passed: null,
    lastMeasure: lastMeasure && { ...lastMeasure, target, diffstat: null, whole: null },
    stage: afterRestore(state.stage),
  }
}

const afterRestore = (stage: Stage): Stage => {
  if (stage.phase === 'ended' || stage.phase === 'planning') return stage
  if (stage.phase === 'planReview') return { phase: 'planning', reminded: false }
  return { phase: 'driving', measuring: null }
}

export const continued: Change<'continued'> = (state, { at }) => ({
  ...state,
  stage: { phase: 'driving', measuring: null },
  endedAt: null,
  capReached: null,
  quietReviews: 0,
  clock: { usedMs: 0, since: at },
})
