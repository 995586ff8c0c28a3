/** The head of a transcript in words, the same for every format: terms, proof, what became of each finding, the end. */

import type { PairState } from '../pair/model'
import { otherSeat, type SeatId } from '../pair/seat'
import { isFresh, isPlanning, isProven, nameOf, planOf, workOf } from '../pair/view'
import { type FindingRecord, type FindingState, type Severity, stateOf } from '../review/finding'
import { limitWords, proofWords } from '../review/proof'
import type { Overview } from './overview'
import { endWords, findingPlace, lasted, verdictWords } from './words'

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

export interface ProofLine {
  readonly command: string
  readonly facts: readonly string[]
}

/** The proof and how its last run ended. Null: none was asked for and none ran. */
export const proofLine = (state: PairState): ProofLine | null => {
  const { proof, terms } = state
  const command = proof?.proof.command ?? terms.proof?.command
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
      ...(changed ? ['files changed while it ran, so it does not count'] : []),
      ...(isFresh(state) ? [] : ['the work has changed since']),
    ],
  }
}

/** Enough of a git hash to find it. */
export const shortHash = (hash: string): string => hash.slice(0, 12)

export interface FindingRow {
  readonly id: string
  readonly severity: Severity
  readonly place: string
  readonly text: string
  /** `Codex, round 2`, and what a double review showed. */
  readonly raised: string
  readonly state: FindingState
  /** Who decided; empty while nobody has. */
  readonly by: string
  readonly reason: string
}

const SEEN = { both: ', both', driver: ', only driver', navigator: ', only navigator' } as const

const raisedWords = (state: PairState, { finding, raisedBy, round, plan }: FindingRecord): string => {
  const who = finding.seenBy ? 'double review' : nameOf(state, raisedBy)
  const seen = finding.seenBy ? SEEN[finding.seenBy] : ''
  const again = finding.repeats ? `, again ${finding.repeats}` : ''
  return `${who}${seen}, ${plan === null ? '' : `plan ${plan}, `}round ${round}${again}`
}

/** Findings are answered by the driver; two seats with the same program are told apart by that. */
const answererName = (state: PairState, seat: SeatId): string =>
  nameOf(state, seat) === nameOf(state, otherSeat(seat)) ? 'the driver' : nameOf(state, seat)

const decided = (
  state: PairState,
  record: FindingRecord,
): { readonly by: string; readonly reason: string } => {
  const { ruling, answer, finding, promotedAt } = record
  if (ruling?.type === 'dismissed' || ruling?.type === 'deferred') return { by: 'you', reason: ruling.reason }
  if (finding.silenced) return { by: 'you', reason: `as ${finding.repeats ?? 'an earlier one'}` }
  if (answer) return { by: answererName(state, answer.by), reason: answer.reason }
  if (ruling) return { by: '', reason: `upheld by you${ruling.reason === '' ? '' : `: ${ruling.reason}`}` }
  return { by: '', reason: promotedAt === null ? '' : 'brought into scope by you' }
}

const rows = (state: PairState): readonly FindingRow[] =>
  state.findings.map(record => {
    const { finding } = record
    const { id, severity, text } = finding
    const common = { id, severity, text, place: findingPlace(finding), state: stateOf(record) }
    return { ...common, raised: raisedWords(state, record), ...decided(state, record) }
  })

export const findingRows = (state: PairState): readonly FindingRow[] =>
  rows(state).filter(row => row.state !== 'followUp')
export const followUpRows = (state: PairState): readonly FindingRow[] =>
  rows(state).filter(row => row.state === 'followUp')

/** `fixed by Codex`, `not answered`. */
export const endedWords = ({ state, by }: FindingRow): string =>
  `${state === 'open' ? 'not answered' : state}${by === '' ? '' : ` by ${by}`}`
