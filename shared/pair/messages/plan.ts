/** Messages about the plan. */
import type { PairState } from '../model'
import { openFindings, planOf } from '../view'
import { findingLine, intentBlock, paragraphs, partnerSaid, planBlock, rulingsBlock } from './blocks'

export const planToReview = (state: PairState): string =>
  paragraphs(
    intentBlock(state),
    planBlock(state),
    partnerSaid(state, state.driver),
    rulingsBlock(state),
    'This is a plan; no code is written yet. Does it serve the intent, all of it and nothing else? Is there a simpler way? What will it break? Change no files. Then call the tool submit_review: `pass`, or `changes` with findings (file and line where they help; inScope: false for what belongs to another task). Only the tool call counts as your verdict.',
  )

export const planFindingsText = (state: PairState): string => {
  const open = openFindings(state)
  return paragraphs(
    `Verdict on the plan: changes.`,
    open.length > 0 ? `Findings in scope:\n${open.map(findingLine).join('\n')}` : null,
    planBlock(state),
    intentBlock(state),
    'Answer each finding with the tool answer_findings, propose the changed plan with propose_plan (with the reason), and end your turn. Change no files yet.',
  )
}

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

export const planReminderText =
  'Your turn ended without a plan. Call the tool propose_plan now, with the items of your plan; prose does not count. Then end your turn.'
