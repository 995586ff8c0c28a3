/** How a plan came to be and what became of it, gathered from the timeline. Pure. */
import type { Entry } from '../../shared/journal/entry'
import { diffPlans, type PlanRow } from '../../shared/pair/plan-diff'

type EntryOf<T extends Entry['type']> = Extract<Entry, { type: T }>

export interface PlanStep {
  readonly entry: EntryOf<'plan'>
  /** Reviews of this very version, oldest first. */
  readonly verdicts: readonly EntryOf<'review'>[]
}

/** The versions of the plan, oldest first, each with what was said about it. */
export const planSteps = (entries: readonly Entry[]): readonly PlanStep[] => {
  const reviews = entries.filter((entry): entry is EntryOf<'review'> => entry.type === 'review')
  return entries
    .filter((entry): entry is EntryOf<'plan'> => entry.type === 'plan')
    .map(entry => ({ entry, verdicts: reviews.filter(({ plan }) => plan === entry.version) }))
}

/** The reports that name a plan item, by the item's id, oldest first. */
export const servedBy = (entries: readonly Entry[]): ReadonlyMap<string, readonly EntryOf<'report'>[]> => {
  const served = new Map<string, EntryOf<'report'>[]>()
  for (const entry of entries) {
    if (entry.type !== 'report') continue
    for (const id of new Set(entry.report.planItems)) served.set(id, [...(served.get(id) ?? []), entry])
  }
  return served
}

export interface PlanCounts {
  readonly added: number
  readonly changed: number
  readonly removed: number
}

/** Items that differ from the version before; one that only stands elsewhere counts as changed. */
export const planCounts = ({ before, items }: Pick<EntryOf<'plan'>, 'before' | 'items'>): PlanCounts => {
  const rows = diffPlans(before ?? [], items)
  const of = (...types: readonly PlanRow['type'][]) => rows.filter(({ type }) => types.includes(type)).length
  return { added: of('added'), changed: of('changed', 'moved'), removed: of('removed') }
}
