/** Short messages of Duologue itself, and of the human's decisions. */
import type { FindingRecord, Ruling } from '../../review/finding'
import { placeOf } from '../../review/finding'
import type { PairState } from '../model'
import { findingLine, intentBlock, paragraphs, proofBlock } from './blocks'

export const reviewReminderText =
  'Your turn ended without a verdict. Call the tool submit_review now: `pass`, or `changes` with at least one finding. Prose does not count.'

export const goOnText =
  'Your human lets you go on: continue where you were stopped, and end your turn when you are done.'

export const restartedText =
  'You were stopped in the middle of your work and have been resumed. Look at the state of the workspace, continue, and end your turn when you are done.'

export const proofFailedText = (state: PairState): string =>
  paragraphs(
    'You reported done, but the proof did not pass. Your partner has not been asked yet.',
    proofBlock(state),
    intentBlock(state),
    'Find the cause and mend it; do not change what the proof checks unless it is wrong, and then say so. Then call report_done again and end your turn.',
  )

export const promotedText = (record: FindingRecord): string =>
  `I bring this follow-up into scope; do it too:\n${findingLine(record)}`

const RULINGS: Readonly<Record<Ruling, string>> = {
  upheld: 'I uphold this finding; it is to be mended:',
  dismissed: 'I dismiss this finding; leave it, and do not raise it again:',
  deferred: 'This finding is left for another task; leave it, and do not raise it again:',
}

export const ruledText = ({ finding }: FindingRecord, ruling: Ruling, reason: string): string =>
  [
    RULINGS[ruling],
    `- ${finding.id} ${finding.severity} ${placeOf(finding)} ${finding.text}`,
    ...(reason === '' ? [] : [`Why: ${reason}`]),
  ].join('\n')

/** Told to both. */
export const restoredText = (checkpoint: number, tree: string, kept: number): string =>
  `I put the workspace back to checkpoint ${checkpoint} (tree ${tree}). What was changed after it is no longer in the files; it is kept as checkpoint ${kept}. Read files again before you rely on what you remember of them.`
