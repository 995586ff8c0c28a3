/** Messages about the plan. */
import type { PairState } from '../model'
import { otherSeat } from '../seat'
import { planOf } from '../view'
import { findingsBlock, intentBlock, paragraphs, partnerSaid, planBlock, rulingsBlock } from './blocks'

export const planToReview = (state: PairState): string =>
  paragraphs(
    intentBlock(state),
    planBlock(state),
    partnerSaid(state, state.driver),
    rulingsBlock(state),
    'This is a plan; no code is written yet. Does it serve the intent, all of it and nothing else? Is there a simpler way? What will it break? Change no files. Then call the tool submit_review: `pass`, or `changes` with findings (file and line where they help; inScope: false for what belongs to another task). Only the tool call counts as your verdict.',
  )

export const planFindingsText = (state: PairState): string =>
  paragraphs(
    `Verdict on the plan: changes.`,
    findingsBlock(state),
    planBlock(state),
    intentBlock(state),
    'Answer each finding with the tool answer_findings, propose the changed plan with propose_plan (with the reason), and end your turn. Change no files yet.',
  )

/** Planning is over: the work begins. */
export const planReadyText = (state: PairState): string =>
  paragraphs(
    `The plan is settled. Do it now, and nothing else.`,
    planBlock(state),
    intentBlock(state),
    'If it has to change, call propose_plan again and say why. When the work is done, call report_done with the plan items it served, and end your turn.',
  )

export const withoutPlanText = (state: PairState): string =>
  paragraphs(
    planOf(state) === null
      ? 'Your human lets you begin without a plan.'
      : 'Your human lets you begin; the plan has not passed review.',
    planBlock(state),
    intentBlock(state),
    'When the work is done, call report_done and end your turn.',
  )

export const planChangedText = (state: PairState): string =>
  paragraphs('I changed the plan; this is how it stands now.', planBlock(state))

/** With what the plan that was judged lacks: the message that told it may never have reached the driver. */
export const planReminderText = (state: PairState): string =>
  paragraphs(
    'Your turn ended without a plan.',
    ...standing(state),
    'Call the tool propose_plan now, with the items of your plan (and the reason, where it changes one); prose does not count. Then end your turn.',
  )

/** What planning is at, for a driver that has to go on with it. */
const standing = (state: PairState): readonly (string | null)[] => [findingsBlock(state), planBlock(state)]

/** After a restore in the middle of planning, which took back what was on its way. */
export const restoredPlanText = (state: PairState): string =>
  paragraphs('Your human has put the workspace back to an earlier state (see below).', ...planGoesOn(state))

/** The human ended the review of a plan; what there is goes back. */
export const planUnreviewedText = (state: PairState): string =>
  paragraphs(
    'No verdict on the plan: your human ended the review early and hands over what there is.',
    partnerSaid(state, otherSeat(state.driver)),
    ...planGoesOn(state),
  )

const planGoesOn = (state: PairState): readonly (string | null)[] => [
  'Plan first: change no files yet.',
  ...standing(state),
  intentBlock(state),
  whatThePlanNeeds(state),
]

const whatThePlanNeeds = (state: PairState): string => {
  const plan = planOf(state)
  if (plan === null) return 'Call the tool propose_plan with the items of your plan, and end your turn.'
  if (plan.version > state.planJudged)
    return 'This plan goes to review when your turn ends. If it has to change, call propose_plan first, with the reason.'
  return 'Answer each open finding with the tool answer_findings, propose the changed plan with propose_plan (with the reason), and end your turn.'
}
