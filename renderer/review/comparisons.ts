/** What can be compared in the Diff: the whole change, and what each handoff brought. Pure. */
import type { Entry } from '../../shared/journal/entry'
import type { PairState } from '../../shared/pair/model'
import { plural } from '../../shared/score/format'
import { hour } from '../ui/format'

export interface Comparison {
  /** `whole`, or the seq of the turn that was measured. */
  readonly key: string
  readonly label: string
  /** Trees by full hash. */
  readonly from: string
  readonly to: string
}

/** Newest handoff first, after the whole. A handoff is compared with what was there before its turn. */
export const comparisonsOf = (
  { base, lastMeasure }: PairState,
  entries: readonly Entry[],
): readonly Comparison[] => {
  if (base === null) return []
  const handoffs: Comparison[] = []
  let before = base
  for (const entry of entries) {
    if (entry.type === 'restore' && entry.problem === null) before = entry.tree
    if (entry.type !== 'turn' || !entry.measure?.target) continue
    const { tree } = entry.measure.target
    const files = entry.measure.diffstat?.fileCount ?? 0
    handoffs.push({
      key: String(entry.seq),
      label: `Handoff ${handoffs.length + 1}, round ${entry.round}, ${hour(entry.endedAt ?? entry.at)} (${plural(files, 'file')})`,
      from: before,
      to: tree,
    })
    before = tree
  }
  const last = lastMeasure?.target?.tree ?? before
  return [{ key: 'whole', label: 'The whole change', from: base, to: last }, ...handoffs.reverse()]
}
