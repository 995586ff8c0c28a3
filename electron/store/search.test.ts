import { appendFile, mkdir, mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { isKnown } from '../../shared/journal/line'
import { JOURNAL_FILE } from './journal'
import { readJournal } from './journal-read'
import { writePair } from './pairs-library'
import { createSearch, type Search } from './search'

let folder: string
let search: Search
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'duologue-search-'))
  search = createSearch({ folder, events: () => undefined })
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const hits = async (query: string) =>
  (await search.find(query, 10)).found.map(({ pair, part, excerpt }) => ({
    pair,
    kind: part.kind,
    marked: excerpt.flatMap(({ text, hit }) => (hit ? [text] : [])),
  }))
const digest = (pair: string) => join(folder, pair, 'search.txt')

it('finds a pair by its intent, by what a handoff carried, and by a finding', async () => {
  const intent = await writePair(folder, 1, { where: 'intent', text: 'Mend the Zeppelin.' })
  const handoff = await writePair(folder, 2, { where: 'turn', text: 'I moved the zeppelin into a hangar.' })
  const finding = await writePair(folder, 3, { where: 'finding', text: 'The ZEPPELIN leaks (see [x]).' })
  expect(await hits('zeppelin')).toEqual([
    { pair: finding, kind: 'finding', marked: ['ZEPPELIN'] },
    { pair: handoff, kind: 'handoff', marked: ['zeppelin'] },
    { pair: intent, kind: 'intent', marked: ['Zeppelin'] },
  ])
  expect(await hits('  hangar   ZEPPELIN ')).toEqual([
    { pair: handoff, kind: 'handoff', marked: ['zeppelin', 'hangar'] },
  ])
  expect(await hits('(see [x')).toEqual([{ pair: finding, kind: 'finding', marked: ['(see', '[x'] }])
  expect(await hits('zeppelin nowhere')).toEqual([])
  expect(await hits('  ')).toEqual([])
  expect(await search.find('zeppelin', 1)).toMatchObject({ found: [{ pair: finding }], more: 2, unread: 0 })
})

it('makes a digest again when it is missing, spoilt, cut short or older than the journal', async () => {
  const pair = await writePair(folder, 1, { where: 'turn', text: 'a zeppelin' })
  const wanted = [{ pair, kind: 'handoff', marked: ['zeppelin'] }]
  expect(await hits('zeppelin')).toEqual(wanted)
  const good = await readFile(digest(pair), 'utf8')
  for (const bad of [
    '',
    'rubbish',
    good.slice(0, -40),
    good.replace('"parts":[', '"parts":[['),
    good.replace('"parts":[', '"parts":[null,'),
    good.replace('"parts":[', '"parts":7,"was":['),
    `${good}more`,
  ]) {
    await writeFile(digest(pair), bad)
    expect(await hits('zeppelin')).toEqual(wanted)
    expect(await readFile(digest(pair), 'utf8')).toBe(good)
  }
  await rm(digest(pair))
  expect(await hits('zeppelin')).toEqual(wanted)

  const journal = join(folder, pair, JOURNAL_FILE)
  const read = await readJournal(journal)
  const seq = read.ok ? read.value.events.length : 0
  await appendFile(
    journal,
    `${JSON.stringify({
      ...{ v: 1, seq, at: '2026-01-01T10:00:00.000Z', type: 'deliveryQueued', id: 'ffff' },
      ...{ to: 'left', kind: 'steer', when: 'now', text: 'leave the airship alone' },
    })}\n`,
  )
  expect(await hits('airship')).toEqual([{ pair, kind: 'steer', marked: ['airship'] }])
})

it('a digest is never the source: what only it says is not found once the journal has moved on', async () => {
  const pair = await writePair(folder, 1)
  await search.find('anything', 1)
  const text = await readFile(digest(pair), 'utf8')
  const before = await stat(join(folder, pair, JOURNAL_FILE))
  await writeFile(digest(pair), text.replace('src/', 'SRC/'))
  await utimes(join(folder, pair, JOURNAL_FILE), before.atime, new Date(before.mtimeMs + 5_000))
  await search.find('anything', 1)
  expect((await readFile(digest(pair), 'utf8')).split('\n').slice(1)).toEqual(text.split('\n').slice(1))
})

it('reads what can be read of a damaged journal, counts one that cannot, and passes by what is no pair', async () => {
  const pair = await writePair(folder, 1, { where: 'turn', text: 'a zeppelin' })
  const journal = join(folder, pair, JOURNAL_FILE)
  await writeFile(journal, `rubbish\n${await readFile(journal, 'utf8')}{"v":1,"torn`)
  await mkdir(join(folder, '20260101-000000-dead', JOURNAL_FILE), { recursive: true })
  await mkdir(join(folder, 'empty'))
  await writeFile(join(folder, 'a-file'), '')
  expect(await hits('zeppelin')).toEqual([{ pair, kind: 'handoff', marked: ['zeppelin'] }])
  expect(await search.find('zeppelin', 9)).toMatchObject({ unread: 1 })
  expect(
    await createSearch({ folder: join(folder, 'nowhere'), events: () => undefined }).find('x', 1),
  ).toEqual({
    ...{ found: [], more: 0, unread: 0 },
  })
})

it('of a pair that is open here, what has just been said is found, and no digest is made', async () => {
  const pair = await writePair(folder, 1)
  const read = await readJournal(join(folder, pair, JOURNAL_FILE))
  const events = read.ok ? read.value.events.filter(isKnown) : []
  const now = [
    ...events,
    {
      ...{ type: 'turnEnded', seat: 'left', turn: 'x', outcome: { type: 'completed' }, text: 'a zeppelin' },
      ...{ seq: events.length, at: '2026-01-01T10:00:00.000Z' },
    } as (typeof events)[number],
  ]
  search = createSearch({ folder, events: id => (id === pair ? now : undefined) })
  expect(await hits('zeppelin')).toEqual([{ pair, kind: 'turn', marked: ['zeppelin'] }])
  await expect(readFile(digest(pair))).rejects.toThrow('ENOENT')
})

const PAIRS = Number(process.env.DUOLOGUE_SEARCH_PAIRS ?? 25)
const percentile = (times: readonly number[], of: number): string =>
  `${(times[Math.min(times.length - 1, Math.floor(times.length * of))] ?? 0).toFixed(0)} ms`

/** `DUOLOGUE_SEARCH_PAIRS=1000` measures; the clock decides nothing here. */
it(`finds every planted word among ${PAIRS} pairs, and prints how long that took`, {
  timeout: 900_000,
}, async () => {
  const places = ['intent', 'turn', 'finding'] as const
  const planted: string[] = []
  for (let number = 0; number < PAIRS; number++) {
    const where = places[number % 50]
    const pair = await writePair(folder, number, where && { where, text: `needle${number}x in a ${where}` })
    planted[number] = pair
  }
  const timed = async (work: () => Promise<unknown>): Promise<string> => {
    const start = performance.now()
    await work()
    return `${(performance.now() - start).toFixed(0)} ms`
  }
  const built = await timed(search.warm)
  search = createSearch({ folder, events: () => undefined })
  const first = await timed(() => search.find('nothing has this', 1))
  const times: number[] = []
  for (let number = 0; number < PAIRS; number++) {
    if (places[number % 50] === undefined) continue
    for (const query of [
      `NEEDLE${number}x`,
      `${places[number % 50]} needle${number}x in`,
      'session journal because',
    ]) {
      const start = performance.now()
      const { found } = await search.find(query, 50)
      times.push(performance.now() - start)
      if (query.toLowerCase().includes('needle'))
        expect(found.map(({ pair }) => pair)).toEqual([planted[number]])
      else expect(found.length).toBeGreaterThan(0)
    }
  }
  times.sort((a, b) => a - b)
  const sizes = await Promise.all(planted.map(pair => stat(digest(pair))))
  const kilobytes = Math.round(sizes.reduce((sum, { size }) => sum + size, 0) / 1024)
  console.log(
    `search over ${PAIRS} pairs (digests ${kilobytes} KB): p50 ${percentile(times, 0.5)}, p95 ${percentile(times, 0.95)}, most ${percentile(times, 1)}; the first ${first}; digests made in ${built}`,
  )
})
