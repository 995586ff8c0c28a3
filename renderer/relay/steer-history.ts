/** What the human said to a pair, newest last, for `↑` in an empty field. Of the latest pairs, bounded, on this machine. */

const KEY = 'duologue.said'
/** More is looked up in the timeline. */
const MAX_TEXTS = 50
const MAX_PAIRS = 20

type Said = readonly (readonly [pair: string, texts: readonly string[]])[]
type Kept = Pick<Storage, 'getItem' | 'setItem'>

const read = (storage: Kept): Said => {
  try {
    const kept: unknown = JSON.parse(storage.getItem(KEY) ?? '[]')
    return Array.isArray(kept) ? (kept as Said) : []
  } catch {
    return [] // not ours, or from another version: what was said still stands in the journal
  }
}

export const saidTo = (storage: Kept, pair: string): readonly string[] =>
  read(storage).find(([each]) => each === pair)?.[1] ?? []

export const keepSaid = (storage: Kept, pair: string, text: string): void => {
  const before = saidTo(storage, pair).filter(each => each !== text)
  const others = read(storage).filter(([each]) => each !== pair)
  const all: Said = [...others, [pair, [...before, text].slice(-MAX_TEXTS)]]
  storage.setItem(KEY, JSON.stringify(all.slice(-MAX_PAIRS)))
}
