/**
 * A persistent list of entries: every version stays valid, and a change copies one chunk and the list of chunks, not
 * the whole. At a hundred thousand entries that is some six hundred pointers a change.
 */
import type { Entry } from './entry'

const CHUNK = 256

export interface Entries {
  readonly chunks: readonly (readonly Entry[])[]
  readonly length: number
  /** Copies made since `unsealed`, which nobody else has seen: they are changed in place. Null: nothing is. */
  readonly own: WeakSet<readonly unknown[]> | null
}

export const noEntries: Entries = { chunks: [], length: 0, own: null }

/** For many changes in a row, of which only the last version is wanted; versions between are not to be kept. */
export const unsealed = (entries: Entries): Entries => ({ ...entries, own: new WeakSet() })

/** A version to keep, as all others. */
export const sealed = (entries: Entries): Entries => ({ ...entries, own: null })

export const entryAt = ({ chunks }: Entries, index: number): Entry | undefined =>
  chunks[Math.floor(index / CHUNK)]?.[index % CHUNK]

const copied = <T>(list: readonly T[], own: Entries['own']): T[] => {
  // What is its own was made by this very function.
  if (own?.has(list)) return list as T[]
  const copy = list.slice()
  own?.add(copy)
  return copy
}

export const withEntry = ({ chunks, length, own }: Entries, index: number, entry: Entry): Entries => {
  const at = Math.floor(index / CHUNK)
  const chunk = copied(chunks[at] ?? [], own)
  chunk[index % CHUNK] = entry
  const all = copied(chunks, own)
  all[at] = chunk
  return { chunks: all, length: Math.max(length, index + 1), own }
}

/** Forgets the chunks that lie wholly before `index`, so that a long journal can be read with bounded memory. */
export const withoutBefore = (entries: Entries, index: number): Entries => {
  const gone = Math.floor(index / CHUNK)
  if (gone === 0 || entries.chunks[gone - 1]?.length === 0) return entries
  return { ...entries, chunks: entries.chunks.map((chunk, at) => (at < gone ? [] : chunk)) }
}

export const listOf = ({ chunks }: Entries): readonly Entry[] => chunks.flat()
