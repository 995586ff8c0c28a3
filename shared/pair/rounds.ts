/** Where a round ends: the driver's work is looked at, and what comes back from review begins the next. */
import { asTurnId } from '../ids'
import type { Draft } from './draft'
import { planUnreviewedText } from './messages/plan'
import { handoffUnreviewed } from './messages/work'
import type { PairState } from './model'
import { isPlanning } from './view'

/** The driver's turn is over: look at the workspace first; the rest follows in `work`. */
export const handOverWork = (draft: Draft): void => {
  const { lastTurn, driver, seq } = draft.state
  draft.add({ type: 'handingOver', turn: lastTurn[driver] ?? asTurnId(`none-${seq}`) })
}

/** The human ended the review, or it gave nothing: the driver gets what there is. */
export const handBackUnreviewed = (draft: Draft): void =>
  nextRound(draft, isPlanning(draft.state) ? planUnreviewedText : handoffUnreviewed)

/** Another round, unless the cap is reached; the text is made on the state as it is in that round. */
export const nextRound = (draft: Draft, text: (state: PairState) => string): void => {
  const { round, caps, driver } = draft.state
  if (round >= caps.rounds) {
    draft.add({
      type: 'ended',
      reason: 'cap',
      detail: `${caps.rounds} ${caps.rounds === 1 ? 'round' : 'rounds'} without agreement`,
    })
    return
  }
  draft.add({ type: 'roundStarted', round: round + 1 })
  draft.queue({ to: driver, kind: 'handoff', text: text(draft.state) })
}
