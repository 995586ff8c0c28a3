/** Two versions of a plan, item by item. Items are told apart by id alone: a new id is a new item, however alike. */
import type { PlanItem } from '../review/plan'
import { commonPairs, diffWords, type TextPart } from './word-diff'

export type PlanRow =
  | {
      readonly type: 'same' | 'moved'
      readonly id: string
      readonly before: PlanItem
      readonly after: PlanItem
    }
  | { readonly type: 'added'; readonly id: string; readonly after: PlanItem }
  | { readonly type: 'removed'; readonly id: string; readonly before: PlanItem }
  | {
      readonly type: 'changed'
      readonly id: string
      readonly before: PlanItem
      readonly after: PlanItem
      /** It also stands elsewhere than before. */
      readonly moved: boolean
      readonly text: readonly TextPart[]
      readonly why: readonly TextPart[]
      readonly files: { readonly added: readonly string[]; readonly removed: readonly string[] }
    }

/** An id given twice (agents do) is told apart by its occurrence: the second `3` is compared with the second `3`. */
const keyed = (items: readonly PlanItem[]): ReadonlyMap<string, PlanItem> => {
  const seen = new Map<string, number>()
  return new Map(
    items.map(item => {
      const occurrence = seen.get(item.id) ?? 0
      seen.set(item.id, occurrence + 1)
      return [`${occurrence}:${item.id}`, item]
    }),
  )
}

const compare = (before: PlanItem, after: PlanItem, moved: boolean): PlanRow => {
  const added = after.files.filter(file => !before.files.includes(file))
  const removed = before.files.filter(file => !after.files.includes(file))
  const alike =
    before.text === after.text && before.why === after.why && added.length === 0 && removed.length === 0
  if (alike) return { type: moved ? 'moved' : 'same', id: after.id, before, after }
  return {
    type: 'changed',
    id: after.id,
    before,
    after,
    moved,
    text: diffWords(before.text, after.text),
    why: diffWords(before.why, after.why),
    files: { added, removed },
  }
}

/** In the order of `after`; a removed item stands behind the item it used to follow. */
export const diffPlans = (before: readonly PlanItem[], after: readonly PlanItem[]): readonly PlanRow[] => {
  const old = keyed(before)
  const now = keyed(after)
  const kept = [...old.keys()].filter(key => now.has(key))
  const order = commonPairs(
    kept,
    [...now.keys()].filter(key => old.has(key)),
  )
  const stayed = new Set(order.map(([index]) => kept[index]))
  /** Removed items by the kept item they followed; those at the head under ''. */
  const removed = new Map<string, PlanRow[]>()
  let anchor = ''
  for (const [key, item] of old) {
    if (now.has(key)) anchor = key
    else removed.set(anchor, [...(removed.get(anchor) ?? []), { type: 'removed', id: item.id, before: item }])
  }
  const rows = [...now].flatMap(([key, item]): readonly PlanRow[] => {
    const was = old.get(key)
    const row: PlanRow = was
      ? compare(was, item, !stayed.has(key))
      : { type: 'added', id: item.id, after: item }
    return [row, ...(removed.get(key) ?? [])]
  })
  return [...(removed.get('') ?? []), ...rows]
}
