/** A plan while the human edits it. Pure: the form only draws it. `key` tells the rows apart while ids are the plan's. */
import type { PlanItem } from '../../shared/review/plan'

export interface DraftItem {
  readonly key: number
  readonly id: string
  readonly text: string
  readonly why: string
  /** As typed: paths with commas between. */
  readonly files: string
}

export const draftOf = (items: readonly PlanItem[]): readonly DraftItem[] =>
  items.map(({ files, ...item }, key) => ({ ...item, key, files: files.join(', ') }))

const splitFiles = (files: string): readonly string[] => [
  ...new Set(
    files
      .split(/[,\n]/)
      .map(file => file.trim())
      .filter(file => file !== ''),
  ),
]

export const itemsOf = (draft: readonly DraftItem[]): readonly PlanItem[] =>
  draft.map(({ id, text, why, files }) => ({
    id,
    text: text.trim(),
    why: why.trim(),
    files: splitFiles(files),
  }))

/** One above the highest number in use, in the draft or in any version, so that no id comes to mean another item. */
const freshId = (draft: readonly DraftItem[], ever: readonly PlanItem[]): string => {
  const numbers = [...draft, ...ever].map(({ id }) => Number(id)).filter(Number.isInteger)
  return String(Math.max(0, ...numbers) + 1)
}

export const withNew = (draft: readonly DraftItem[], ever: readonly PlanItem[]): readonly DraftItem[] => [
  ...draft,
  {
    key: Math.max(-1, ...draft.map(({ key }) => key)) + 1,
    id: freshId(draft, ever),
    text: '',
    why: '',
    files: '',
  },
]

export const without = (draft: readonly DraftItem[], key: number): readonly DraftItem[] =>
  draft.filter(item => item.key !== key)

/** `by` −1: up, 1: down; at an end nothing moves. */
export const moved = (draft: readonly DraftItem[], key: number, by: -1 | 1): readonly DraftItem[] => {
  const at = draft.findIndex(item => item.key === key)
  const item = draft[at]
  const other = draft[at + by]
  if (!item || !other) return draft
  return draft.map((each, index) => (index === at ? other : index === at + by ? item : each))
}
