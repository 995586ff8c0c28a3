import { appendFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { asPairId } from '../../shared/ids'
import { encodeLine } from '../../shared/journal/line'
import type { PairEvent, Stamped } from '../../shared/pair/events'
import { listPairs, newPairId } from './pairs'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'duologue-pairs-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const line = (event: PairEvent, seq: number, minute: number): string =>
  encodeLine({ ...event, seq, at: `2026-11-22T14:0${minute}:00.000Z` } as Stamped)
const started: PairEvent = {
  type: 'pairStarted',
  pair: asPairId('p'),
  salt: '7c1e',
  intent: 'Fix "type":"ended"',
  folder: '/home/ada/app',
  branch: null,
  git: false,
  base: null,
  seats: { left: { agent: 'claude' }, right: { agent: 'codex' } },
  driver: 'left',
  caps: { rounds: 3 },
}
const journal = async (pair: string, text: string): Promise<string> => {
  await mkdir(join(folder, pair), { recursive: true })
  await writeFile(join(folder, pair, 'journal.jsonl'), text)
  return join(folder, pair, 'journal.jsonl')
}
const summary = (pair: string, minute: number, round: number, state: object) => ({
  pair,
  intent: 'Fix "type":"ended"',
  folder: '/home/ada/app',
  startedAt: `2026-11-22T14:0${minute}:00.000Z`,
  lastAt: '2026-11-22T14:05:00.000Z',
  agents: { left: 'claude', right: 'codex' },
  round,
  state,
})

it('lists pairs newest first, with their state, and damaged ones as damaged', async () => {
  const said: PairEvent = { type: 'noticed', seat: null, text: '"type":"roundStarted"' }
  await journal('a', line(started, 0, 1) + line({ type: 'ended', reason: 'passed', detail: '' }, 1, 5))
  await journal('b', line(started, 0, 2) + line({ type: 'roundStarted', round: 2 }, 1, 3) + line(said, 2, 5))
  await journal('c', `${line(started, 0, 3)}${line(said, 1, 5)}{"v":1,"torn`)
  await journal('20261122-140459-7c1e', 'rubbish\n')
  await mkdir(join(folder, 'empty'))
  const wanted = [
    {
      pair: '20261122-140459-7c1e',
      intent: '',
      folder: '',
      startedAt: '2026-11-22T14:04:59.000Z',
      lastAt: '2026-11-22T14:04:59.000Z',
      agents: { left: 'practice', right: 'practice' },
      round: 0,
      state: { type: 'damaged', detail: 'The journal does not begin with a pair.' },
    },
    summary('c', 3, 1, { type: 'live' }),
    summary('b', 2, 2, { type: 'open' }),
    summary('a', 1, 1, { type: 'ended', reason: 'passed' }),
  ]
  expect(await listPairs(folder, new Set(['c']))).toEqual(wanted)
  expect(await listPairs(folder, new Set(['c']))).toEqual(wanted)
})

it('makes a summary again when the journal has grown or the cache is spoilt', async () => {
  const path = await journal('a', line(started, 0, 5))
  const cache = join(folder, 'a', 'summary.json')
  expect(await listPairs(folder, new Set())).toEqual([summary('a', 5, 1, { type: 'open' })])
  const kept = await readFile(cache, 'utf8')
  await appendFile(path, line({ type: 'roundStarted', round: 2 }, 1, 5))
  expect(await listPairs(folder, new Set())).toEqual([summary('a', 5, 2, { type: 'open' })])
  expect(await readFile(cache, 'utf8')).not.toBe(kept)
  await writeFile(cache, '{"stamp"')
  expect(await listPairs(folder, new Set())).toEqual([summary('a', 5, 2, { type: 'open' })])
})

it('has nothing to list where nothing is, and names pairs in order of time', async () => {
  expect(await listPairs(join(folder, 'nowhere'), new Set())).toEqual([])
  expect(newPairId(new Date('2026-11-22T14:02:11.500Z'), '7c1e')).toBe('20261122-140211-7c1e')
})
