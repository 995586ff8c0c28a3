/** The head of a transcript in words, the same for every format: the terms, the end, and what is missing to it. */
import type { PairState } from '../pair/model'
import { isPlanning, isProven, planOf, workOf } from '../pair/view'
import { limitWords } from '../review/proof'
import type { Overview } from './overview'
import { endWords, verdictWords } from './words'

/** What was agreed on at the start, a phrase each. */
export const termWords = ({ terms, caps }: PairState): readonly string[] => [
  {
    no: 'no plan first',
    reviewed: 'plan first, reviewed',
    approved: 'plan first, reviewed and approved by you',
  }[terms.planFirst],
  terms.proof === null ? 'no proof' : `proof within ${limitWords(terms.proof.limitSeconds)}`,
  terms.doubleReview ? 'blind double review' : 'one reviewer',
  terms.holdUnplanned ? 'unplanned files hold' : 'unplanned files are marked',
  `at most ${caps.rounds} ${caps.rounds === 1 ? 'round' : 'rounds'}`,
  ...(caps.minutes === undefined ? [] : [`${caps.minutes} minutes`]),
  ...(caps.tokens === undefined ? [] : [`${caps.tokens} tokens`]),
]

/** `kind` names a colour: that of the verdict, or `open`. */
export const outcomeWords = ({
  state,
  verdict,
}: Overview): { readonly kind: string; readonly words: string; readonly detail: string } => {
  const { stage } = state
  if (stage.phase === 'ended') {
    const agreed = stage.reason === 'agreed' || stage.reason === 'passed'
    return { kind: agreed ? 'pass' : 'open', words: endWords(stage.reason), detail: stage.detail }
  }
  return verdict === null
    ? { kind: 'open', words: 'Not ended', detail: '' }
    : { kind: verdict, words: `Not ended · last verdict: ${verdictWords(verdict)}`, detail: '' }
}

/** What keeps the pair from having agreed; empty when it has. Journals of before know no report and tell nothing. */
export const missingWords = (state: PairState): readonly string[] => {
  const { stage, passed, reviewedWork, report, intentHash } = state
  if (intentHash === '' || (stage.phase === 'ended' && stage.reason === 'agreed')) return []
  if (isPlanning(state)) return [planOf(state) === null ? 'a plan' : 'a plan that is settled']
  return [
    ...(report === null ? ['a report by the driver that it is done'] : []),
    ...(isProven(state) ? [] : ['a proof that passed on the work as it is']),
    ...(passed !== null && passed.work === workOf(state)
      ? []
      : [reviewedWork === null ? 'a review' : 'a review that passes the work as it is']),
  ]
}
