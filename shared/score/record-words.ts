/** What the rows of plans, reports, answers, proofs, rulings, restores and double reviews say. Pure. */

import { proofWords } from '../review/proof'
import { millisOf } from '../time'
import { clockMs, plural } from './format'
import type { EntryOf } from './words'

export const reportMeta = ({ report }: EntryOf<'report'>): string =>
  [
    report.planItems.length > 0
      ? `${report.planItems.length === 1 ? 'item' : 'items'} ${report.planItems.join(', ')}`
      : '',
    report.notDone === '' ? '' : 'not all of it',
  ]
    .filter(Boolean)
    .join(' · ')

/** `2 fixed · 1 rejected`. */
export const answerCounts = ({ answers }: EntryOf<'answers'>): string =>
  (['fixed', 'rejected', 'deferred'] as const)
    .map(kind => [answers.filter(({ answer }) => answer === kind).length, kind] as const)
    .filter(([count]) => count > 0)
    .map(([count, kind]) => `${count} ${kind}`)
    .join(' · ')

export interface ProofFace {
  readonly tone: 'running' | 'passed' | 'failed' | 'void'
  readonly text: string
  readonly meta: string
}

/** A run that was stopped, or during which files changed, shows nothing: neither a pass nor a failure. */
export const proofFace = ({ result, sentBack, at }: EntryOf<'proof'>, now: string): ProofFace => {
  if (!result) return { tone: 'running', text: 'running', meta: clockMs(millisOf(now) - millisOf(at)) }
  const { outcome, changed, durationMs } = result
  const meta = [
    outcome.type === 'notStarted' ? '' : clockMs(durationMs),
    changed ? 'files changed meanwhile' : '',
    sentBack > 0 ? 'back to the driver' : '',
  ]
    .filter(Boolean)
    .join(' · ')
  if (changed || outcome.type === 'stopped') return { tone: 'void', text: proofWords(outcome), meta }
  const passed = outcome.type === 'exited' && outcome.code === 0
  return { tone: passed ? 'passed' : 'failed', text: passed ? 'passed' : proofWords(outcome), meta }
}

const RULED: Readonly<Record<EntryOf<'ruling'>['ruling'], string>> = {
  upheld: 'You upheld',
  dismissed: 'You dismissed',
  deferred: 'You left for later',
  promoted: 'You brought into scope',
}
export const rulingTitle = ({ ruling, id }: EntryOf<'ruling'>): string => `${RULED[ruling]} ${id}`

export const restoreTitle = ({ checkpoint, problem }: EntryOf<'restore'>): string =>
  problem === null ? `You restored checkpoint ${checkpoint}` : `Checkpoint ${checkpoint} not restored`

/** Who saw the findings of a double review; null for a review of one. */
export const seenCounts = ({ verdicts, findings }: EntryOf<'review'>): string | null => {
  if (verdicts === null) return null
  const of = (who: string) => findings.filter(({ seenBy }) => seenBy === who).length
  const parts = [
    [of('both'), 'both'],
    [of('driver'), 'only driver'],
    [of('navigator'), 'only navigator'],
  ] as const
  if (findings.length === 0) return 'no findings'
  return parts
    .filter(([count]) => count > 0)
    .map(([count, who]) => `${count} ${who}`)
    .join(' · ')
}

export const followUpsTitle = ({ findings }: EntryOf<'followUps'>): string =>
  `Leaves ${plural(findings.length, 'follow-up')}`
