/** What follows when the workspace was read at the end of a driver's turn. */
import type { Draft } from './draft'
import type { Measure } from './model'
import { startProofOfReport } from './proving'
import { handToReview, holdRepetition } from './to-review'
import { workOf } from './view'

export const workMeasured = (draft: Draft, turn: string, measure: Measure): void => {
  const { stage } = draft.state
  if (stage.phase !== 'driving' || stage.measuring !== turn) return
  const before = workOf(draft.state)
  draft.add({ type: 'turnMeasured', turn: stage.measuring, measure })
  const unchanged = measure.target !== null && before === measure.target.tree
  holdRepetition(draft, draft.state.driver, unchanged || measure.target === null)
  if (draft.state.report !== null && startProofOfReport(draft)) return
  handToReview(draft)
}
