/**
 * The list of pairs. A journal is read once and its summary cached beside it; the cache is believed only while the
 * journal's size and time are the ones it was made from, and can be thrown away at will.
 */
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { asPairId, type PairId } from '../../shared/ids'
import { decodeLine } from '../../shared/journal/decode'
import { isKnown } from '../../shared/journal/line'
import type { Stamped } from '../../shared/pair/events'
import type { PairSummary } from '../../shared/pair/summary'
import { JOURNAL_FILE } from './journal'
import { type Line, lineBatches } from './lines'
import { errorCode, storeError } from './trouble'
import { writeAtomic } from './write-atomic'

export const PAIR_ID = /^[a-z0-9-]{1,64}$/
/** Raised when a summary's shape changes. */
const CACHE_VERSION = 1
/** The lines that a summary needs, besides the first and the last; the text of a message may look alike, so they are decoded too. */
const TELLING = /"type":"(?:roundStarted|ended)"/

/** Sortable by time, e.g. `20261122-140211-7c1e`; `salt` is random lowercase hex. */
export const newPairId = (now: Date, salt: string): PairId => {
  const [date = '', time = ''] = now.toISOString().slice(0, 19).split('T')
  return asPairId(`${date.replaceAll('-', '')}-${time.replaceAll(':', '')}-${salt}`)
}

/** Newest first. `live` names the pairs that are open in this process. Rejects only if the folder is unreadable. */
export const listPairs = async (
  folder: string,
  live: ReadonlySet<string>,
): Promise<readonly PairSummary[]> => {
  const names = await readdir(folder).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return []
    throw error
  })
  const found = await Promise.all(
    names.filter(name => PAIR_ID.test(name)).map(name => summaryOf(folder, name)),
  )
  return found
    .flatMap(summary => (summary ? [live.has(summary.pair) ? asLive(summary) : summary] : []))
    .sort((a, b) => (a.startedAt < b.startedAt ? 1 : a.startedAt > b.startedAt ? -1 : 0))
}

const asLive = (summary: PairSummary): PairSummary => ({ ...summary, state: { type: 'live' } })

/** Null for a folder without a journal. */
const summaryOf = async (folder: string, name: string): Promise<PairSummary | null> => {
  const dir = join(folder, name)
  try {
    const { size, mtimeMs } = await stat(join(dir, JOURNAL_FILE))
    const stamp = `${CACHE_VERSION}:${size}:${mtimeMs}`
    const cached = await readCache(dir, stamp)
    if (cached) return cached
    const summary = await summarise(dir, name)
    // A cache that cannot be written is only missed; the summary is made again next time.
    await writeAtomic(join(dir, 'summary.json'), JSON.stringify({ stamp, summary })).catch(() => {})
    return summary
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return null
    return damaged(name, storeError('The journal could not be read', error).message)
  }
}

const readCache = async (dir: string, stamp: string): Promise<PairSummary | null> => {
  try {
    const value: unknown = JSON.parse(await readFile(join(dir, 'summary.json'), 'utf8'))
    const cache = value as { readonly stamp?: unknown; readonly summary?: PairSummary }
    return cache.stamp === stamp && cache.summary ? cache.summary : null
  } catch {
    return null // missing or spoilt: made again
  }
}

const damaged = (name: string, detail: string): PairSummary => ({
  pair: asPairId(name),
  intent: '',
  folder: '',
  startedAt: timeOf(name),
  lastAt: timeOf(name),
  agents: { left: 'practice', right: 'practice' },
  round: 0,
  state: { type: 'damaged', detail },
})

/** The time in a pair's id, so that a damaged pair stands where it belongs. */
const timeOf = (name: string): string => {
  const match = /^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)-/.exec(name)
  if (!match) return ''
  const [, year, month, day, hour, minute, second] = match
  return `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`
}

const decoded = (line: Line | undefined): Stamped | null => {
  const result = line ? decodeLine(line.text) : null
  return result?.ok && isKnown(result.value) ? result.value : null
}

const summarise = async (dir: string, name: string): Promise<PairSummary> => {
  let started: Stamped | null = null
  let lastAt = ''
  let round = 1
  let state: PairSummary['state'] = { type: 'open' }
  for await (const batch of lineBatches(join(dir, JOURNAL_FILE))) {
    for (const line of batch) {
      if (line.number > 1 && !TELLING.test(line.text)) continue
      const event = decoded(line)
      if (line.number === 1) started = event
      if (event?.type === 'roundStarted') round = event.round
      if (event?.type === 'ended') state = { type: 'ended', reason: event.reason }
    }
    lastAt = decoded(batch.filter(line => line.whole).at(-1))?.at ?? lastAt
  }
  if (started?.type !== 'pairStarted') return damaged(name, 'The journal does not begin with a pair.')
  const { intent, folder, at, seats } = started
  const agents = { left: seats.left.agent, right: seats.right.agent }
  return { pair: asPairId(name), intent, folder, startedAt: at, lastAt: lastAt || at, agents, round, state }
}
