/**
 * Finds pairs by what was said in them. Beside each journal stands a digest of its text (`search.txt`), made from the journal
 * when it is missing or when the journal has changed: a cache, never the source, and it can be thrown away at will. A
 * search is a scan of all digests.
 */
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { JournalEvent } from '../../shared/journal/line'
import type { PairFound, SearchAnswer } from '../../shared/search/answer'
import {
  type Best,
  bestIn,
  type Doc,
  docOf,
  foundIn,
  type Index,
  indexOf,
  matches,
  wordsOf,
} from '../../shared/search/find'
import { type Part, partsOf } from '../../shared/search/parts'
import { JOURNAL_FILE } from './journal'
import { readJournal } from './journal-read'
import { PAIR_ID } from './pairs'
import { errorCode } from './trouble'
import { writeAtomic } from './write-atomic'

export interface SearchDeps {
  readonly folder: string
  /** Of a pair that is open in this process. */
  readonly events: (pair: string) => readonly JournalEvent[] | undefined
}

export interface Search {
  find(query: string, most: number): Promise<SearchAnswer>
  /** Reads what a search will need, so that the first one does not wait for it. */
  warm(): Promise<void>
}

const DIGEST_FILE = 'search.txt'
/** Raised when the digest's shape, or what goes into it, changes. */
const DIGEST_VERSION = 1
/** So many files are read at once; more would only wait for Node's four threads. */
const AT_ONCE = 32
/** Text of so many characters is kept in memory, some two thousand pairs'; that of more is read again for each search. */
const MOST_KEPT = 48_000_000

interface Head {
  readonly stamp: string
  /** Kind, `seq`, id and length of each part. */
  readonly parts: readonly (readonly [Part['kind'], number, string, number])[]
}

export const createSearch = ({ folder, events }: SearchDeps): Search => {
  const kept = new Map<string, { readonly stamp: string; readonly index: Index }>()
  let keptChars = 0
  /** One journal at a time is read for its digest: they may be large. */
  let building: Promise<unknown> = Promise.resolve()

  const build = (dir: string, stamp: string): Promise<Doc | null> => {
    const built = building.then(() => buildDigest(dir, stamp))
    building = built.catch(() => undefined)
    return built
  }

  const keep = (pair: string, stamp: string, index: Index): void => {
    keptChars -= kept.get(pair)?.index.low.length ?? 0
    kept.delete(pair)
    if (keptChars + index.low.length > MOST_KEPT) return
    kept.set(pair, { stamp, index })
    keptChars += index.low.length
  }

  /** Null: it cannot be read; undefined: there is no pair. */
  const docOfPair = async (pair: string): Promise<Doc | null | undefined> => {
    const live = events(pair)
    if (live) return docOf(partsOf(live))
    const dir = join(folder, pair)
    const stamp = await stampOf(dir)
    if (stamp === null) return undefined
    return (await readDigest(dir, stamp)) ?? build(dir, stamp)
  }

  const indexFor = async (pair: string): Promise<Index | null | undefined> => {
    if (events(pair)) return indexOf(docOf(partsOf(events(pair) ?? [])))
    const stamp = await stampOf(join(folder, pair))
    const known = kept.get(pair)
    if (known && known.stamp === stamp) return known.index
    const doc = await docOfPair(pair)
    if (!doc) return doc
    const index = indexOf(doc)
    if (stamp !== null) keep(pair, stamp, index)
    return index
  }

  const found = async (pair: string, best: Best, words: readonly string[]): Promise<readonly PairFound[]> => {
    const doc = await docOfPair(pair)
    const there = doc ? foundIn(doc, best, words) : null
    return there ? [{ pair, ...there }] : []
  }

  /** Looks at each pair, the newest first, some at a time. */
  const forEach = async (look: (pair: string, index: Index | null) => void): Promise<void> => {
    const pairs = await pairsIn(folder)
    for (let at = 0; at < pairs.length; at += AT_ONCE) {
      const some = pairs.slice(at, at + AT_ONCE)
      const indexes = await Promise.all(some.map(indexFor))
      for (const [place, pair] of some.entries()) {
        const index = indexes[place]
        if (index !== undefined) look(pair, index)
      }
    }
  }

  return {
    async find(query, most) {
      const words = wordsOf(query)
      const shown: Promise<readonly PairFound[]>[] = []
      let more = 0
      let unread = 0
      const look = (pair: string, index: Index | null): void => {
        if (index === null) unread += 1
        else if (shown.length >= most) more += matches(index, words) ? 1 : 0
        else {
          const best = bestIn(index, words)
          if (best) shown.push(found(pair, best, words))
        }
      }
      if (words.length > 0) await forEach(look)
      return { found: (await Promise.all(shown)).flat(), more, unread }
    },
    warm: () => forEach(() => undefined),
  }
}

/** Newest first: ids begin with the time. */
const pairsIn = async (folder: string): Promise<readonly string[]> => {
  const names = await readdir(folder).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return []
    throw error
  })
  return names
    .filter(name => PAIR_ID.test(name))
    .sort()
    .reverse()
}

const stampOf = async (dir: string): Promise<string | null> => {
  const found = await stat(join(dir, JOURNAL_FILE)).catch(() => null)
  return found && `${DIGEST_VERSION}:${found.size}:${found.mtimeMs}`
}

const buildDigest = async (dir: string, stamp: string): Promise<Doc | null> => {
  const read = await readJournal(join(dir, JOURNAL_FILE))
  if (!read.ok) return null
  const doc = docOf(partsOf(read.value.events))
  const parts = doc.parts.map(
    ({ kind, seq, id }, at) => [kind, seq, id, (doc.starts[at + 1] ?? 0) - (doc.starts[at] ?? 0)] as const,
  )
  const head: Head = { stamp, parts }
  // A digest that cannot be written is only missed; it is made again next time.
  await writeAtomic(join(dir, DIGEST_FILE), `${JSON.stringify(head)}\n${doc.body}`).catch(() => {})
  return doc
}

/** Null: missing, stale or spoilt. */
const readDigest = async (dir: string, stamp: string): Promise<Doc | null> => {
  const text = await readFile(join(dir, DIGEST_FILE), 'utf8').catch(() => '')
  const end = text.indexOf('\n')
  // Most that do not fit are told by their first bytes.
  if (end < 0 || !text.startsWith(`{"stamp":"${stamp}",`)) return null
  const head = headIn(text.slice(0, end))
  if (!head) return null
  const starts = [0]
  for (const [, , , length] of head.parts) starts.push((starts.at(-1) ?? 0) + length)
  const body = text.slice(end + 1)
  if (starts.at(-1) !== body.length) return null
  return { parts: head.parts.map(([kind, seq, id]) => ({ kind, seq, id })), starts, body }
}

const headIn = (line: string): Head | null => {
  try {
    const { stamp, parts }: Head = JSON.parse(line)
    return parts.every(part => typeof part[3] === 'number') ? { stamp, parts } : null
  } catch {
    return null // spoilt: made again
  }
}
