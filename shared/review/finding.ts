/** A navigator's review as data (docs: product rule 4). It is made by the tool `submit_review`, never read from prose. */
import type { FindingId } from '../ids'

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

export interface Review {
  readonly verdict: 'pass' | 'changes'
  readonly summary: string
  readonly findings: readonly Finding[]
}
