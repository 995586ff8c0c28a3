/**
 * Blind double review: both seats review the same tree, neither seeing the other's review. Their findings are matched
 * when both are done; both passing the same tree is the strong signal.
 */
import type { FindingMatch, JudgedFinding, Review } from '../review/finding'
import { matchFindings } from '../review/match'
import type { Draft } from './draft'
import { doubleReviewText } from './messages/work'
import type { Stage } from './model'
import { otherSeat, SEATS } from './seat'
import { giveVerdict } from './verdict'
import { isWorking, taskOutstanding } from './view'

type DoubleStage = Extract<Stage, { phase: 'doubleReview' }>

export const startDoubleReview = (draft: Draft): void => {
  draft.add({ type: 'doubleReviewStarted', target: draft.state.lastMeasure?.target ?? null })
  for (const to of [otherSeat(draft.state.driver), draft.state.driver]) {
    draft.queue({ to, kind: 'handoff', text: doubleReviewText(draft.state) })
  }
}

/** A reviewer's turn is over with a review in; when both are, they are put together. */
export const doubleTurnEnded = (draft: Draft): void => {
  const { state } = draft
  const { stage } = state
  if (stage.phase !== 'doubleReview') return
  const both = SEATS.every(
    seat => stage.reviewers[seat].review && !isWorking(state.seats[seat]) && !taskOutstanding(state, seat),
  )
  if (both) putTogether(draft, stage)
}

const putTogether = (draft: Draft, stage: DoubleStage): void => {
  const { driver } = draft.state
  const navigator = otherSeat(driver)
  const theirs = stage.reviewers[navigator].review
  const own = stage.reviewers[driver].review
  if (!theirs || !own) return
  const { findings, matches } = mergeReviews(theirs, own)
  giveVerdict(draft, {
    by: 'both',
    verdict: theirs.verdict === 'pass' && own.verdict === 'pass' ? 'pass' : 'changes',
    summary: [theirs.summary, own.summary].filter(Boolean).join(' / '),
    findings,
    matches,
    verdicts:
      navigator === 'left'
        ? { left: theirs.verdict, right: own.verdict }
        : { left: own.verdict, right: theirs.verdict },
  })
}

/** Of two that are one, the navigator's stands; in scope when either says so. */
const mergeReviews = (
  navigator: Review,
  driver: Review,
): { readonly findings: readonly JudgedFinding[]; readonly matches: readonly FindingMatch[] } => {
  const { pairs, onlyA, onlyB } = matchFindings(navigator.findings, driver.findings)
  return {
    findings: [
      ...pairs.map(({ a, b }) => ({ ...a, inScope: a.inScope || b.inScope, seenBy: 'both' as const })),
      ...onlyA.map(finding => ({ ...finding, seenBy: 'navigator' as const })),
      ...onlyB.map(finding => ({ ...finding, seenBy: 'driver' as const })),
    ],
    matches: pairs.map(({ a, b, why }) => ({ navigator: a.id, driver: b.id, why })),
  }
}
