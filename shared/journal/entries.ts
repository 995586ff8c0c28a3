/**
 * A persistent list of entries: every version stays valid, and a change copies one chunk and the list of chunks, not
 * the whole. At a hundred thousand entries that is some six hundred pointers a change.
 */
import type { Entry } from './entry'

const CHUNK = 256

export interface Entries {
  readonly chunks: readonly (readonly Entry[])[]
  readonly length: number
}

export const noEntries: Entries = { chunks: [], length: 0 }

export const entryAt = ({ chunks }: Entries, index: number): Entry | undefined =>
  chunks[Math.floor(index / CHUNK)]?.[index % CHUNK]

export const withEntry = (entries: Entries, index: number, entry: Entry): Entries => {
  const at = Math.floor(index / CHUNK)
  const chunk = entries.chunks[at]?.slice() ?? []
  chunk[index % CHUNK] = entry
  const chunks = entries.chunks.slice()
  chunks[at] = chunk
  return { chunks, length: Math.max(entries.length, index + 1) }
}

/** Forgets the chunks that lie wholly before `index`, so that a long journal can be read with bounded memory. */
export const withoutBefore = (entries: Entries, index: number): Entries => {
  const gone = Math.floor(index / CHUNK)
  if (gone === 0 || entries.chunks[gone - 1]?.length === 0) return entries
  return { ...entries, chunks: entries.chunks.map((chunk, at) => (at < gone ? [] : chunk)) }
}

export const listOf = ({ chunks }: Entries): readonly Entry[] => chunks.flat()
