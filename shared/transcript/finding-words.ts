/** How a finding is told in the head of a transcript and in a pull request: who raised it, who decided on it and why. */
import type { PairState } from '../pair/model'
import { otherSeat, type SeatId } from '../pair/seat'
import { nameOf } from '../pair/view'
import {
  type FindingRecord,
  type FindingState,
  type JudgedFinding,
  type Severity,
  stateOf,
} from '../review/finding'
import { findingPlace } from './words'

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

/** The names of those who saw it. */
export const raisedBy = (state: PairState, { finding, raisedBy: seat }: FindingRecord): string =>
  finding.seenBy === 'both'
    ? `${nameOf(state, seat)} and ${nameOf(state, otherSeat(seat))}`
    : nameOf(state, seat)

/** Whom the words are for: the pair's human, or people who were not there. */
type Reader = 'human' | 'others'

const HUMAN: Readonly<Record<Reader, string>> = { human: 'you', others: 'the human' }

/** Findings are answered by the driver; for the human, two seats with the same program are told apart by that. */
const answererName = (state: PairState, seat: SeatId, reader: Reader): string =>
  reader === 'human' && nameOf(state, seat) === nameOf(state, otherSeat(seat))
    ? 'the driver'
    : nameOf(state, seat)

interface Decision {
  /** Empty while nobody has decided. */
  readonly by: string
  readonly reason: string
}

/** Who decided on a finding, and why. That one which waits was upheld or brought into scope is told to the human alone. */
export const decisionWords = (state: PairState, record: FindingRecord, reader: Reader): Decision => {
  const { ruling, answer, finding } = record
  const human = HUMAN[reader]
  if (ruling?.type === 'dismissed' || ruling?.type === 'deferred') return { by: human, reason: ruling.reason }
  if (finding.silenced) return { by: human, reason: silencedWords(finding, reader) }
  if (answer) return { by: answererName(state, answer.by, reader), reason: answer.reason }
  return { by: '', reason: reader === 'human' ? undecidedWords(record) : '' }
}

const silencedWords = ({ repeats }: JudgedFinding, reader: Reader): string =>
  reader === 'human' ? `as ${repeats ?? 'an earlier one'}` : `it says ${repeats ?? 'another one'} again`

const undecidedWords = ({ ruling, promotedAt }: FindingRecord): string => {
  if (ruling) return `upheld by you${ruling.reason === '' ? '' : `: ${ruling.reason}`}`
  return promotedAt === null ? '' : 'brought into scope by you'
}

const rows = (state: PairState): readonly FindingRow[] =>
  state.findings.map(record => {
    const { finding } = record
    const { id, severity, text } = finding
    const common = { id, severity, text, place: findingPlace(finding), state: stateOf(record) }
    return { ...common, raised: raisedWords(state, record), ...decisionWords(state, record, 'human') }
  })

export const findingRows = (state: PairState): readonly FindingRow[] =>
  rows(state).filter(row => row.state !== 'followUp')
export const followUpRows = (state: PairState): readonly FindingRow[] =>
  rows(state).filter(row => row.state === 'followUp')

/** `fixed by Codex`, `not answered`. */
export const endedWords = ({ state, by }: FindingRow): string =>
  `${state === 'open' ? 'not answered' : state}${by === '' ? '' : ` by ${by}`}`
