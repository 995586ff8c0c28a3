import {
  type FindingMatch,
  type FindingRecord,
  type JudgedFinding,
  type Review,
  rootOf,
} from '../review/finding'
import { repeats } from '../review/match'
import type { Draft } from './draft'
import type { PairEvent } from './events'
import { handoffPassed, handoffToDriver, unplannedText } from './messages/work'
import type { PairState } from './model'
import { handOverWork, nextRound } from './rounds'
import { otherSeat } from './seat'
import { hasEnded, isProven, openFindings, unplannedOf, waiting, workOf } from './view'

export interface Judgement extends Omit<Review, 'findings'> {
  readonly by: 'navigator' | 'human' | 'both'
  readonly findings: readonly JudgedFinding[]
  readonly matches?: readonly FindingMatch[]
  readonly verdicts?: NonNullable<Extract<PairEvent, { type: 'reviewed' }>['verdicts']>
}

/** A finding that says an earlier one again is known as such; one that the human ruled on is not raised again. */
export const judgeFindings = (
  earlier: readonly FindingRecord[],
  findings: readonly JudgedFinding[],
): readonly JudgedFinding[] =>
  findings.map(finding => {
    const before = earlier.map(record => record.finding)
    const again = repeats(finding, before)
    if (again === null) return finding
    const ruling = earlier.find(record => record.finding.id === rootOf(earlier, again.b.id))?.ruling?.type
    const silenced = ruling === 'dismissed' || ruling === 'deferred'
    return { ...finding, repeats: again.b.id, ...(silenced ? { silenced } : {}) }
  })

/** Nothing that was not said before: no new finding, and for a pass no new work either. */
const saysNothingNew = (
  state: PairState,
  verdict: Review['verdict'],
  findings: readonly JudgedFinding[],
): boolean => {
  const fresh = findings.some(({ inScope, repeats: again }) => inScope && again === undefined)
  const work = workOf(state)
  return (
    !fresh && (verdict === 'changes' ? findings.length > 0 : work !== null && work === state.reviewedWork)
  )
}

/** A verdict on the work that counts. */
export const giveVerdict = (draft: Draft, judgement: Judgement): void => {
  const { state } = draft
  const findings = judgeFindings(state.findings, judgement.findings)
  const left = findings.filter(({ inScope, silenced }) => inScope && !silenced)
  const onlySilenced = judgement.verdict === 'changes' && findings.length > 0 && left.length === 0
  const verdict = onlySilenced ? 'pass' : judgement.verdict
  const target =
    state.stage.phase === 'doubleReview' || state.stage.phase === 'reviewing' ? state.stage.target : null
  draft.add({
    ...judgement,
    type: 'reviewed',
    seat: otherSeat(state.driver),
    verdict,
    findings,
    target,
    nothingNew: saysNothingNew(state, verdict, findings),
  })
  if (onlySilenced) {
    const text = 'All that was asked for had been ruled on by you before, so it counts as a pass.'
    draft.add({ type: 'noticed', seat: null, text })
  }
  conclude(draft)
}

const conclude = (draft: Draft): void => {
  const { state } = draft
  if (state.passed !== null) {
    if (humanHasMore(state) && state.round < state.caps.rounds) return nextRound(draft, handoffPassed)
    if (isClaimed(state) && isProven(state)) return checkAgreement(draft)
  }
  if (state.quietReviews >= 2) {
    draft.add({ type: 'ended', reason: 'converged', detail: convergedDetail(state) })
    return
  }
  nextRound(draft, state.passed === null ? handoffToDriver : handoffPassed)
}

const isClaimed = ({ report }: PairState): boolean => report !== null

/** What keeps a pair that has nothing new to say from having agreed. */
const convergedDetail = (state: PairState): string => {
  const missing = [
    ...(state.passed === null ? ['the last review asked for changes'] : []),
    ...(isClaimed(state) ? [] : ['the driver has not reported done']),
    ...(isProven(state) ? [] : ['the proof has not passed']),
  ]
  return `Two reviews in a row with nothing new; not agreed: ${missing.join(', ')}.`
}

const humanHasMore = (state: PairState): boolean =>
  waiting(state).some(({ kind, to }) => kind === 'steer' && to === state.driver)

/** The driver only had to report done: the very work has passed review before. */
export const agreesWithoutReview = (state: PairState): boolean =>
  isClaimed(state) &&
  isProven(state) &&
  state.passed !== null &&
  state.lastMeasure?.target != null &&
  state.passed.work === workOf(state) &&
  openFindings(state).length === 0 &&
  !state.doubleRequested

/** The workspace is read once more: an edit since then makes proof and verdict stale. */
export const checkAgreement = (draft: Draft): void => draft.add({ type: 'agreementChecking' })

export const settled = (draft: Draft, tree: string | null): void => {
  const { state } = draft
  if (state.stage.phase !== 'settling') return
  if ((tree ?? workOf(state)) !== state.passed?.work) {
    const text = 'Files were changed after the review, so it is proven and reviewed again.'
    draft.add({ type: 'noticed', seat: null, text })
    // The files that were asked about are those of before.
    draft.release('unplanned')
    return handOverWork(draft)
  }
  agreeOrHold(draft)
}

/** With the scope fence on, files that no plan item names wait for the human. */
const agreeOrHold = (draft: Draft): void => {
  const { state } = draft
  if (hasEnded(state)) return
  // What was claimed or shown may have been taken away while the workspace was read.
  const holds = isClaimed(state) && isProven(state) && state.passed?.work === workOf(state)
  if (!holds) return handOverWork(draft)
  const files = state.terms.holdUnplanned ? unplannedOf(state) : []
  if (files.length > 0) return draft.hold({ type: 'unplanned', files })
  draft.add({ type: 'ended', reason: 'agreed', detail: agreedDetail(state) })
}

const agreedDetail = ({ passed, terms, proof }: PairState): string =>
  [
    passed?.by === 'both' ? 'Both passed it, each alone.' : passed?.by === 'human' ? 'You passed it.' : '',
    terms.proof === null
      ? 'No proof was asked for.'
      : `Proof: ${proof?.proof.command ?? terms.proof.command}.`,
  ]
    .filter(Boolean)
    .join(' ')

export const returnUnplanned = (draft: Draft): void => {
  const files = unplannedOf(draft.state)
  nextRound(draft, () => unplannedText(files))
}
