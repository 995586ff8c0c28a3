/** The driver's work goes to review, unless it passed before, or only repeats what was said. */
import { startDoubleReview } from './double-review'
import type { Draft } from './draft'
import { handoffToNavigator } from './messages/work'
import { isCourtesy, nearIdentical } from './repetition'
import { otherSeat, type SeatId } from './seat'
import { agreesWithoutReview, checkAgreement } from './verdict'
import { waiting } from './view'

/** The work goes to review: by the navigator, or by both. When it has passed review already, the pair may agree. */
export const handToReview = (draft: Draft): void => {
  const { state } = draft
  if (agreesWithoutReview(state)) return checkAgreement(draft)
  const stale = waiting(state).filter(({ kind, to }) => kind === 'handoff' && to !== state.driver)
  draft.drop(stale, 'replaced by later work')
  if (state.doubleRequested || (state.terms.doubleReview && state.report !== null)) {
    return startDoubleReview(draft)
  }
  draft.queue({ to: otherSeat(state.driver), kind: 'handoff', text: handoffToNavigator(draft.state) })
}

/** Nobody thanks anybody, and nobody says the same for ever: such a message waits for the human. */
export const holdRepetition = (draft: Draft, seat: SeatId, nothingChanged: boolean): void => {
  const { recent, report } = draft.state
  const texts = recent[seat]
  if (!nothingChanged || report !== null) return
  if (isCourtesy(texts.at(-1) ?? '')) {
    draft.hold({ type: 'repetition', seat, detail: 'Only courtesies, and nothing was changed.' })
  } else if (texts.length >= 3 && nearIdentical(texts)) {
    draft.hold({ type: 'repetition', seat, detail: 'It has said nearly the same three times in a row.' })
  }
}
