/** How a pair's proof is told: in the head of its transcript, and in its pull request. Both tell what speaks against it. */
import type { PairState } from '../pair/model'
import { isFresh } from '../pair/view'
import { CHANGED_MEANWHILE, proofWords } from '../review/proof'
import type { PullRequestInput } from './pull-request'
import { lasted, shortHash } from './words'

/** As it ran last; before that, as it was agreed on. */
const commandOf = ({ proof, terms }: PairState): string | undefined =>
  proof?.proof.command ?? terms.proof?.command

export interface ProofLine {
  readonly command: string
  readonly facts: readonly string[]
}

/** The proof and how its last run ended. Null: none was asked for and none ran. */
export const proofLine = (state: PairState): ProofLine | null => {
  const { proof } = state
  const command = commandOf(state)
  if (command === undefined) return null
  if (!proof?.result) return { command, facts: [proof ? 'runs' : 'never run'] }
  const { outcome, durationMs, tree, changed } = proof.result
  return {
    command,
    facts: [
      proofWords(outcome),
      lasted(Math.round(durationMs / 1000)),
      `run ${proof.run}`,
      ...(tree === null ? [] : [`tree ${shortHash(tree)}`]),
      ...(changed ? [CHANGED_MEANWHILE] : []),
      ...(isFresh(state) ? [] : ['the work has changed since']),
    ],
  }
}

/** For those who were not there: in half a sentence, with the end of what it printed. */
export const proofSentence = (state: PairState): PullRequestInput['proof'] => {
  const command = commandOf(state)
  if (command === undefined) return null
  const result = state.proof?.result
  if (!result) return { command, words: 'has not run', durationMs: 0, tree: null, tail: '' }
  const doubt = result.changed
    ? `, but ${CHANGED_MEANWHILE}`
    : isFresh(state)
      ? ''
      : ', on work that was changed since'
  const { durationMs, tree, tail } = result
  return { command, words: `${proofWords(result.outcome)}${doubt}`, durationMs, tree, tail }
}
