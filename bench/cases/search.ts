/** Words looked for in a thousand pairs, written through the machine and the journal's own writer; against grep over the same journals. */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { listPairs } from '../../electron/store/pairs'
import { writePair } from '../../electron/store/pairs-library'
import { createSearch, type Search } from '../../electron/store/search'
import type { Bench, BenchContext, Figure } from '../bench'

const PAIRS = 1_000
const PLACES = ['intent', 'turn', 'finding'] as const
/** Every so many pairs, one has a word of its own. */
const EVERY = 20

interface Query {
  readonly text: string
  /** The only pair that has it; absent: many have. */
  readonly pair?: string
}

const makePairs = async (folder: string, count: number): Promise<readonly Query[]> => {
  const queries: Query[] = []
  for (let number = 0; number < count; number++) {
    const where = number % EVERY === 0 ? PLACES[(number / EVERY) % PLACES.length] : undefined
    const pair = await writePair(folder, number, where && { where, text: `needle${number}x in a ${where}` })
    if (where === undefined) continue
    const text = `needle${number}x`
    queries.push({ text, pair }, { text: 'session journal because' }, { text: `${where} ${text} in`, pair })
  }
  return queries
}

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now()
  await work()
  return performance.now() - began
}

const findOnce = async (search: Search, { text, pair }: Query): Promise<number> => {
  const began = performance.now()
  const { found } = await search.find(text, 50)
  const ms = performance.now() - began
  if (found.length === 0 || (pair !== undefined && (found.length !== 1 || found[0]?.pair !== pair)))
    throw new Error(`“${text}” found ${found.map(each => each.pair).join(', ')}`)
  return ms
}

/** What one would do without it: the first word alone, for grep knows no pairs. */
const grepOnce = (folder: string, { text }: Query): number => {
  const began = performance.now()
  const words = text.split(' ')
  const word = words.find(each => each.startsWith('needle')) ?? words[0] ?? ''
  execFileSync('grep', ['-rliF', '--include=journal.jsonl', word, folder])
  return performance.now() - began
}

const run = async ({ short, rounds, folder, log }: BenchContext) => {
  const count = short ? 40 : PAIRS
  const pairs = join(folder, 'pairs')
  log(`writing ${count} pairs`)
  const queries = await makePairs(pairs, count)
  const fresh = () => createSearch({ folder: pairs, events: () => undefined })
  log('digests from the journals')
  const digests = await timed(fresh().warm)
  const [ours, grep, first, list]: [number[], number[], number[], number[]] = [[], [], [], []]
  for (let round = 0; round < rounds; round++) {
    const search = fresh()
    first.push(await timed(() => search.find('nothing has this', 1)))
    list.push(await timed(() => listPairs(pairs, new Set())))
    // Grep takes long: it is asked every so often, and each time beside a search for the same words.
    for (const [at, query] of queries.entries()) {
      ours.push(await findOnce(search, query))
      if (at % 15 === round % 15) grep.push(grepOnce(pairs, query))
    }
  }
  const told = (what: string, samples: readonly number[], notes: string): Figure => ({
    ...{ what, unit: 'ms', ours: samples, other: null, goal: '', reached: null, notes },
  })
  const figures: readonly Figure[] = [
    { ...told(`among ${count} pairs`, ours, 'a third of the words fit every pair'), other: grep },
    told('the first, digests there', first, 'reads all digests; the app does so at its start'),
    told('digests made from the journals', [digests], 'once for each pair that has ended'),
    told('the list of pairs', list, 'summaries there after the first'),
  ]
  return { figures }
}

export const bench: Bench = {
  name: 'search',
  title: 'words looked for in a thousand pairs',
  against: 'grep -rli of one word over the journals',
  unit: 'ms',
  goal: 'reported',
  run,
}
