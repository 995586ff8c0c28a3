/** A navigator's review as data (docs: product rule 4). It is made by the tool `submit_review`, never read from prose. */
import type { DeliveryId, FindingId } from '../ids'
import type { Role, SeatId } from '../pair/seat'

/** `unclear`: no verdict was given, or a contradictory one. `error`: the review itself failed; never a pass. */
export type Verdict = 'pass' | 'changes' | 'unclear' | 'error'
export type Severity = 'blocker' | 'major' | 'minor'

export interface Finding {
  readonly id: FindingId
  readonly severity: Severity
  /** Path relative to the workspace; empty when the finding is about no file. */
  readonly file: string
  /** 1-based; 0 when unknown. */
  readonly line: number
  readonly text: string
  /** False: a follow-up, kept for the human and not sent to the driver. */
  readonly inScope: boolean
}

/** As an agent gave it. */
export interface Review {
  readonly verdict: 'pass' | 'changes'
  readonly summary: string
  readonly findings: readonly Finding[]
}

/** Who saw it: in a review of one, the reviewer; in a blind double review, both or one of them. */
export type SeenBy = Role | 'both'

/** A finding as it was judged when the review ended; the judgement is journalled, so that a replay needs no matching. */
export interface JudgedFinding extends Finding {
  readonly seenBy?: SeenBy
  /** The earlier finding that this one says again. */
  readonly repeats?: FindingId
  /** The human had ruled on the earlier one: this is not raised again. */
  readonly silenced?: boolean
}

/** Two findings of a blind double review that are one; `why` is for people. */
export interface FindingMatch {
  readonly navigator: FindingId
  readonly driver: FindingId
  readonly why: string
}

/** The driver's answer to a finding. `reason` is never empty for `rejected` and `deferred`. */
export interface FindingAnswer {
  readonly id: FindingId
  readonly answer: 'fixed' | 'rejected' | 'deferred'
  readonly reason: string
}

/** `upheld`: it is to be mended, whatever the driver said. `dismissed`: not to be raised again. */
export type Ruling = 'upheld' | 'dismissed' | 'deferred'

/** A finding and all that became of it: a line of the board. */
export interface FindingRecord {
  readonly finding: JudgedFinding
  readonly round: number
  readonly at: string
  /** Null: named by the driver in its report, as a follow-up. */
  readonly raisedBy: SeatId
  /** The plan version that it is about; null: the work. */
  readonly plan: number | null
  /** The handoff that took it to the driver. */
  readonly handoff: DeliveryId | null
  /** The human brought this follow-up into scope. */
  readonly promotedAt: string | null
  readonly answer: (FindingAnswer & { readonly by: SeatId; readonly at: string }) | null
  readonly ruling: { readonly type: Ruling; readonly reason: string; readonly at: string } | null
}

export type FindingState = 'open' | 'fixed' | 'rejected' | 'deferred' | 'dismissed' | 'followUp'

/** The human's word counts over the driver's. */
export const stateOf = ({ finding, promotedAt, answer, ruling }: FindingRecord): FindingState => {
  if (ruling?.type === 'dismissed' || ruling?.type === 'deferred') return ruling.type
  if (finding.silenced && ruling === null) return 'dismissed'
  if (!finding.inScope && promotedAt === null) return 'followUp'
  return answer?.answer ?? 'open'
}

/** The first telling of what this finding says again. */
export const rootOf = (records: readonly FindingRecord[], id: FindingId): FindingId => {
  const before = records.find(({ finding }) => finding.id === id)?.finding.repeats
  return before === undefined ? id : rootOf(records, before)
}

/** A line for people and agents: `src/a.ts:12`, or `(no file)`. */
export const placeOf = ({ file, line }: Pick<Finding, 'file' | 'line'>): string => {
  if (file === '') return '(no file)'
  return line > 0 ? `${file}:${line}` : file
}
