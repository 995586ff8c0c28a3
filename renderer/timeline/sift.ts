/** Which rows are wanted: by kind, and by words. Rounds stay where something of theirs does. */
import type { Entry } from '../../shared/journal/entry'
import { isHandoff, sentence } from '../../shared/score/words'

export type Sift = 'handoffs' | 'findings' | 'questions' | 'mine'

export const SIFTS: readonly { readonly value: Sift; readonly label: string }[] = [
  { value: 'handoffs', label: 'Handoffs' },
  { value: 'findings', label: 'Findings' },
  { value: 'questions', label: 'Questions' },
  { value: 'mine', label: 'Mine' },
]

/** What the human said, decided or held. */
const isMine = (entry: Entry): boolean => {
  switch (entry.type) {
    case 'intent':
    case 'ruling':
    case 'restore':
    case 'swap':
      return true
    case 'delivery':
      return entry.from === 'human'
    case 'turn':
      return entry.cause === 'human'
    case 'plan':
      return entry.by === 'human'
    case 'review':
      return entry.by === 'human'
    case 'request':
      return entry.by === 'inbox' || entry.by === 'terminal'
    case 'hold':
      return entry.why.type === 'paused' || entry.why.type === 'interrupted'
    case 'ended':
      return entry.reason === 'human'
    default:
      return false
  }
}

const FITS: Readonly<Record<Sift, (entry: Entry) => boolean>> = {
  handoffs: entry => entry.type === 'delivery' && (isHandoff(entry) || entry.kind === 'opening'),
  findings: ({ type }) => ['review', 'answers', 'followUps', 'ruling'].includes(type),
  questions: ({ type }) => type === 'request',
  mine: isMine,
}

/** None wanted: all. */
export const sifted = (entries: readonly Entry[], wanted: ReadonlySet<Sift>): readonly Entry[] => {
  if (wanted.size === 0) return entries
  const kinds = [...wanted].map(sift => FITS[sift])
  const kept: Entry[] = []
  let round: Entry | null = null
  for (const entry of entries) {
    if (entry.type === 'round') round = entry
    else if (kinds.some(fits => fits(entry))) {
      if (round) kept.push(round)
      round = null
      kept.push(entry)
    }
  }
  return kept
}

/** What makes the relay wait for the human: holds, and what either agent asks. */
export const isHold = ({ type }: Entry): boolean => type === 'hold' || type === 'request'

const texts = new WeakMap<Entry, string>()

/** All that can be read of an entry, opened or closed, in lower case. */
const textOf = (entry: Entry): string => {
  const known = texts.get(entry)
  if (known !== undefined) return known
  const text = `${sentence(entry)}\n${stringsIn(entry).join('\n')}`.toLowerCase()
  texts.set(entry, text)
  return text
}

/** Not what only names a thing for the program. */
const SILENT: ReadonlySet<string> = new Set(['type', 'at', 'turn', 'seat', 'kind', 'when', 'status'])

const stringsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, each]) => (SILENT.has(key) ? [] : stringsIn(each)))
}

/** Places of the entries that hold the words, in order. */
export const found = (entries: readonly Entry[], words: string): readonly number[] => {
  const wanted = words.trim().toLowerCase()
  if (wanted === '') return []
  return entries.flatMap((entry, index) => (textOf(entry).includes(wanted) ? [index] : []))
}
