/** What the human said to a pair, newest last, for `↑` in an empty field. Of the latest pairs, bounded, on this machine. */
import { z } from 'zod'
import { parseJson } from '../../shared/json'

const KEY = 'duologue.said'
/** More is looked up in the timeline. */
const MAX_TEXTS = 50
const MAX_PAIRS = 20

const Said = z.array(z.tuple([z.string(), z.array(z.string())])).catch([])
type Kept = Pick<Storage, 'getItem' | 'setItem'>

/** What cannot be read is forgotten: it still stands in the journal. */
const read = (storage: Kept): z.infer<typeof Said> => Said.parse(parseJson(storage.getItem(KEY) ?? ''))

export const saidTo = (storage: Kept, pair: string): readonly string[] =>
  read(storage).find(([each]) => each === pair)?.[1] ?? []

export const keepSaid = (storage: Kept, pair: string, text: string): void => {
  const before = saidTo(storage, pair).filter(each => each !== text)
  const others = read(storage).filter(([each]) => each !== pair)
  const all = [...others, [pair, [...before, text].slice(-MAX_TEXTS)]]
  storage.setItem(KEY, JSON.stringify(all.slice(-MAX_PAIRS)))
}
