/**
 * The proof: Duologue runs it when the driver reports done, and when the human asks. A failure goes back to the driver
 * without a turn of the navigator, at most twice in a row; then the navigator sees the failure.
 */
import { hasPassed, type ProofResult } from '../review/proof'
import type { Draft } from './draft'
import { proofFailedText } from './messages/notes'
import { handToReview } from './to-review'
import { isProven, proofRuns } from './view'

const MAX_SENT_BACK = 2

const nextRun = (draft: Draft): number => (draft.state.proof?.run ?? 0) + 1

/** False when there is nothing to prove: no command, or this very work is proven already. */
export const startProofOfReport = (draft: Draft): boolean => {
  const { terms } = draft.state
  if (terms.proof === null || isProven(draft.state)) return false
  stopRunning(draft)
  draft.add({ type: 'proofStarted', run: nextRun(draft), by: 'report', proof: terms.proof })
  return true
}

export const runProof = (draft: Draft): void => {
  const { proof } = draft.state.terms
  if (proof !== null) draft.add({ type: 'proofStarted', run: nextRun(draft), by: 'human', proof })
}

/** One at a time: they would disturb one another in the same workspace. */
const stopRunning = (draft: Draft): void => {
  const { proof } = draft.state
  if (proof && proofRuns(draft.state)) draft.add({ type: 'proofStopping', run: proof.run })
}

export const proofEnded = (draft: Draft, run: number, result: ProofResult): void => {
  const { proof, stage } = draft.state
  if (proof?.run !== run || proof.result !== null) return
  const waited = stage.phase === 'proving' && stage.run === run
  draft.add({ type: 'proofEnded', run, result })
  if (!waited) return
  const { proofsSentBack } = draft.state
  const isFailure = !hasPassed(result) && result.outcome.type !== 'stopped'
  if (isFailure && result.changed && result.outcome.type === 'exited' && result.outcome.code === 0) {
    return againOnSettledFiles(draft)
  }
  if (isFailure && proofsSentBack < MAX_SENT_BACK) {
    draft.add({ type: 'proofSentBack', run, count: proofsSentBack + 1 })
    draft.queue({ to: draft.state.driver, kind: 'notice', text: proofFailedText(draft.state) })
    return
  }
  if (proofsSentBack > 0) draft.add({ type: 'proofSentBack', run, count: 0 })
  handToReview(draft)
}

/**
 * It passed, but files changed meanwhile: most often what the command itself writes. A second run on what is there now
 * tells; when files change in every run, the navigator is told.
 */
const againOnSettledFiles = (draft: Draft): void => {
  const { proof } = draft.state
  if (!proof || proof.again) return handToReview(draft)
  draft.add({ type: 'proofStarted', run: nextRun(draft), by: 'report', proof: proof.proof, again: true })
}
