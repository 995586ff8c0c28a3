/** Plan first: the driver proposes, the navigator reviews, the human may edit and, where asked for, approves. */

import type { Review } from '../review/finding'
import type { PlanItem } from '../review/plan'
import type { Draft } from './draft'
import {
  planChangedText,
  planFindingsText,
  planReadyText,
  planReminderText,
  planToReview,
  withoutPlanText,
} from './messages/plan'
import { nextRound } from './rounds'
import { otherSeat, type SeatId } from './seat'
import { judgeFindings } from './verdict'
import { hasEnded, isAtWork, isPlanning, planOf, waiting } from './view'

/** A version that was judged is not handed over again. */
const isNew = ({ state }: Draft): boolean => (planOf(state)?.version ?? 0) > state.planJudged

export const planTurnEnded = (draft: Draft): void => {
  const { state } = draft
  if (state.stage.phase !== 'planning') return
  if (isNew(draft)) {
    draft.queue({ to: otherSeat(state.driver), kind: 'handoff', text: planToReview(state) })
  } else if (state.stage.reminded) {
    draft.hold({ type: 'noPlan', seat: state.driver })
  } else {
    draft.queue({ to: state.driver, kind: 'reminder', text: planReminderText(state) })
  }
}

export const propose = (
  draft: Draft,
  seat: SeatId | null,
  items: readonly PlanItem[],
  reason: string,
): void => {
  const version = (planOf(draft.state)?.version ?? 0) + 1
  draft.add({ type: 'planProposed', seat, version, items, reason })
}

/** A plan of the human's own hand, or one that the driver works by: it is told at once. */
export const editPlan = (draft: Draft, items: readonly PlanItem[], reason: string): void => {
  propose(draft, null, items, reason)
  const { state } = draft
  if (hasEnded(state) || isPlanning(state)) return
  const when = isAtWork(state, state.driver) ? 'now' : 'next'
  draft.queue({ to: state.driver, kind: 'steer', text: planChangedText(state) }, when)
}

export const planJudged = (draft: Draft, review: Review, by: 'navigator' | 'human'): void => {
  const { state } = draft
  if (state.stage.phase !== 'planReview') return
  const findings = judgeFindings(state.findings, review.findings)
  draft.add({
    type: 'reviewed',
    seat: otherSeat(state.driver),
    ...review,
    by,
    findings,
    plan: state.stage.version,
  })
  if (review.verdict === 'changes') return nextRound(draft, planFindingsText)
  if (state.terms.planFirst === 'approved' && by === 'navigator') return draft.hold({ type: 'planApproval' })
  settlePlan(draft, by)
}

/** Work begins, by the plan as it stands now. */
export const settlePlan = (draft: Draft, by: 'navigator' | 'human'): void => {
  draft.release('planApproval', 'noPlan')
  draft.add({ type: 'planSettled', version: planOf(draft.state)?.version ?? null, by })
  withdrawPlanning(draft)
  nextRound(draft, planReadyText)
}

export const skipPlan = (draft: Draft): void => {
  draft.release('planApproval', 'noPlan', 'unclear', 'trouble', 'quota', 'interrupted')
  draft.add({ type: 'planSettled', version: null, by: 'human' })
  withdrawPlanning(draft)
  nextRound(draft, withoutPlanText)
}

/** A message that still waits says that planning goes on. */
const withdrawPlanning = (draft: Draft): void => {
  const stale = waiting(draft.state).filter(({ kind }) => kind === 'handoff' || kind === 'reminder')
  draft.drop(stale, 'planning is over')
}
