/** How a round goes on: the driver's work goes to review, the review goes back, or the pair ends. */

import { asTurnId } from '../ids'
import type { Review, Verdict } from '../review/finding'
import type { Draft } from './draft'
import { handoffToDriver, handoffToNavigator, handoffUnreviewed, reminderText } from './handoff'
import type { Measure, PairState } from './model'
import { otherSeat } from './seat'
import { waiting } from './view'

/** The driver's turn is over: look at the workspace first; the handoff follows with `workMeasured`. */
export const handOverWork = (draft: Draft): void => {
  const { lastTurn, driver, seq } = draft.state
  draft.add({ type: 'handingOver', turn: lastTurn[driver] ?? asTurnId(`none-${seq}`) })
}

export const workMeasured = (draft: Draft, turn: string, measure: Measure): void => {
  const { stage } = draft.state
  if (stage.phase !== 'driving' || stage.measuring !== turn) return
  draft.add({ type: 'turnMeasured', turn: stage.measuring, measure })
  const stale = waiting(draft.state).filter(({ kind, to }) => kind === 'handoff' && to !== draft.state.driver)
  draft.drop(stale, 'replaced by later work')
  draft.queue({ to: otherSeat(draft.state.driver), kind: 'handoff', text: handoffToNavigator(draft.state) })
}

type Judgement = Omit<Review, 'verdict'> & { readonly verdict: Exclude<Verdict, 'error' | 'unclear'> }

/** A verdict that counts. `pass` ends the pair, unless the human has more to say to the driver and a round is left. */
export const giveVerdict = (draft: Draft, review: Judgement, by: 'navigator' | 'human'): void => {
  const seat = otherSeat(draft.state.driver)
  draft.add({ type: 'reviewed', seat, by, ...review })
  const { round, caps } = draft.state
  if (review.verdict === 'pass' && (!humanHasMore(draft.state) || round >= caps.rounds)) {
    draft.add({ type: 'ended', reason: 'passed', detail: '' })
    return
  }
  nextRound(draft, state => handoffToDriver(state, review))
}

const humanHasMore = (state: PairState): boolean =>
  waiting(state).some(({ kind, to }) => kind === 'steer' && to === state.driver)

/** The human ended the review, or it gave nothing: the driver gets what there is. */
export const handBackUnreviewed = (draft: Draft): void => nextRound(draft, handoffUnreviewed)

const nextRound = (draft: Draft, text: (state: PairState) => string): void => {
  const { round, caps, driver } = draft.state
  if (round >= caps.rounds) {
    draft.add({ type: 'ended', reason: 'cap', detail: `${caps.rounds} rounds without a pass` })
    return
  }
  draft.add({ type: 'roundStarted', round: round + 1 })
  draft.queue({ to: driver, kind: 'handoff', text: text(draft.state) })
}

export const remind = (draft: Draft): void => {
  draft.queue({ to: otherSeat(draft.state.driver), kind: 'reminder', text: reminderText })
}
