/** Messages about the work: to the navigator for review, to the driver with what came of it. */
import { stripControl } from '../../terminal/paste'
import type { PairState } from '../model'
import { otherSeat } from '../seat'
import { isPlanning, isProven, nameOf, openFindings } from '../view'
import {
  answersBlock,
  changeBlock,
  findingsBlock,
  intentBlock,
  paragraphs,
  partnerSaid,
  planBlock,
  proofBlock,
  quote,
  reportBlock,
  rulingsBlock,
} from './blocks'

/** The intent alone, or with the request for a plan behind it: it is the human's word and stands first. */
export const openingText = (state: PairState): string =>
  isPlanning(state)
    ? paragraphs(
        state.intent,
        'Plan first: change no files yet. Look at what is there, call the tool propose_plan with the items of your plan, and end your turn. Your partner reviews the plan before any code is written.',
      )
    : state.intent

const HOW_TO_REVIEW =
  'Then call the tool submit_review: `pass` if it is right as it stands, or `changes` with findings (file, line, what is wrong; inScope: false for what belongs to another task). Only the tool call counts as your verdict.'

/** What a reviewer needs of the work, without what anybody said about it. */
const evidence = (state: PairState): readonly (string | null)[] => [
  state.lastMeasure ? changeBlock(state, state.lastMeasure) : null,
  proofBlock(state),
]

export const handoffToNavigator = (state: PairState): string =>
  paragraphs(
    intentBlock(state),
    planBlock(state),
    partnerSaid(state, state.driver),
    reportBlock(state),
    answersBlock(state),
    ...evidence(state),
    rulingsBlock(state),
    `Review this work against the intent; change no files. ${HOW_TO_REVIEW}`,
  )

/** The same for both reviewers: nobody's words about the work are in it. */
export const doubleReviewText = (state: PairState): string =>
  paragraphs(
    'Blind double review: you and your partner review the same work, each alone; neither sees the other’s review before both are in. Judge it as if somebody else had written it.',
    intentBlock(state),
    planBlock(state),
    ...evidence(state),
    rulingsBlock(state),
    `Review this work against the intent; change no files. ${HOW_TO_REVIEW}`,
  )

const ANSWER_THEM =
  'Mend what is right in them and stay within the intent. Answer each with the tool answer_findings (`fixed`; `rejected` or `deferred` with the reason). When the work is ready, call report_done and end your turn.'

const summaryOf = (state: PairState): string =>
  stripControl(state.lastText[otherSeat(state.driver)]).trim() === ''
    ? ''
    : partnerSaid(state, otherSeat(state.driver))

export const handoffToDriver = (state: PairState): string => {
  const open = openFindings(state)
  const double = state.stage.phase === 'driving' && open.some(({ finding }) => finding.seenBy !== undefined)
  return paragraphs(
    'Verdict: changes.',
    findingsBlock(state),
    double ? null : summaryOf(state),
    planBlock(state),
    intentBlock(state),
    ANSWER_THEM,
  )
}

/** It passed review, but the pair has not agreed yet; says what is missing. */
export const handoffPassed = (state: PairState): string =>
  paragraphs('Verdict: pass.', summaryOf(state), findingsBlock(state), intentBlock(state), missing(state))

const missing = (state: PairState): string => {
  if (state.report === null) {
    return 'You have not reported done. If the work is complete, call report_done now and end your turn; otherwise go on with what is left of the intent.'
  }
  if (!isProven(state)) {
    return paragraphs(
      'The proof has not passed on this work:',
      proofBlock(state),
      'Mend that, then report_done.',
    )
  }
  return 'Your human has more to say, below. Do that, then call report_done and end your turn.'
}

/** After a swap: the reviewer takes over the work it has reviewed. */
export const handoffAfterSwap = (state: PairState, previous: string): string =>
  `Your human has swapped the roles: you are the driver now, and ${nameOf(state, otherSeat(state.driver))} will review.\n\n${previous}`

/** When a round was ended early, or a review gave no verdict: what there is, without one. */
export const handoffUnreviewed = (state: PairState): string =>
  paragraphs(
    'No verdict: your human ended the review early and hands over what there is.',
    partnerSaid(state, otherSeat(state.driver)),
    intentBlock(state),
    'Take from it what helps. When the work is ready for review, call report_done and end your turn.',
  )

/** After a restore, which took back what was on its way, findings too. */
export const restoredWorkText = (state: PairState): string =>
  paragraphs(
    'Your human has put the workspace back to an earlier state (see below). Look at what is there now, go on from it, and end your turn when it is ready for review.',
    findingsBlock(state),
    planBlock(state),
    intentBlock(state),
    openFindings(state).length > 0
      ? ANSWER_THEM
      : 'When the work is ready, call report_done and end your turn.',
  )

export const unplannedText = (files: readonly string[]): string =>
  paragraphs(
    `Your human does not accept changes to files that no plan item names:\n${quote(files.join('\n'))}`,
    'Take these changes back, or, if the intent needs them, change the plan with propose_plan and say why. Then call report_done and end your turn.',
  )
