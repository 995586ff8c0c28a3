/**
 * What stands between a journal on the disk and the pair on the screen, without the window: the bytes and their copy to the window,
 * reading and checking each line there, and the two folds. For 1k, 10k and 100k events.
 */
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { journalBytes } from '../../electron/store/journal-read'
import { readBytes } from '../../renderer/store/journal'
import { isKnown } from '../../shared/journal/line'
import { emptyTimeline, entriesOf, foldEvents } from '../../shared/journal/timeline'
import { fold } from '../../shared/pair/evolve'
import type { Bench, BenchContext, Figure } from '../bench'
import { journalText, longPair } from '../long-pair'
import { median } from '../samples'

interface Times {
  readonly read: number[]
  readonly parsed: number[]
  readonly copied: number[]
  readonly folded: number[]
  readonly drawn: number[]
  readonly all: number[]
  /** Of this process, on all its threads: what other work on the machine hides least. */
  readonly cpu: number[]
  readonly parsedCpu: number[]
}

const cpuSince = (before: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}

const parseOnly = (path: string): number => {
  const began = performance.now()
  const values = readFileSync(path, 'utf8')
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line))
  if (values.length === 0) throw new Error(`${path} is empty`)
  return performance.now() - began
}

const openOnce = async (path: string, count: number, times: Times): Promise<void> => {
  const cpu = process.cpuUsage()
  const began = performance.now()
  const journal = await journalBytes(path)
  if (!journal.ok) throw new Error(journal.error.message)
  const bytes = deserialize(serialize(journal.value)) as Uint8Array
  const copied = performance.now()
  const { events, damage } = readBytes(bytes)
  const read = performance.now()
  if (events.length !== count || damage.length > 0) throw new Error(`${path} was not read whole`)
  const state = fold(events.filter(isKnown))
  const folded = performance.now()
  const entries = entriesOf(foldEvents(emptyTimeline, events))
  const drawn = performance.now()
  if (state.seq !== count - 1 || entries.length === 0) throw new Error('it was not folded whole')
  times.copied.push(copied - began)
  times.read.push(read - copied)
  times.folded.push(folded - read)
  times.drawn.push(drawn - folded)
  times.all.push(drawn - began)
  times.cpu.push(cpuSince(cpu))
}

const measure = async (path: string, count: number, rounds: number): Promise<Times> => {
  const times: Times = {
    read: [],
    parsed: [],
    copied: [],
    folded: [],
    drawn: [],
    all: [],
    cpu: [],
    parsedCpu: [],
  }
  for (let round = 0; round < rounds; round++) {
    await openOnce(path, count, times)
    global.gc?.()
    const cpu = process.cpuUsage()
    times.parsed.push(parseOnly(path))
    times.parsedCpu.push(cpuSince(cpu))
    global.gc?.()
  }
  return times
}

const named = (count: number): string => (count < 1_000 ? String(count) : `${count / 1_000}k`)

const figuresOf = (count: number, megabytes: number, times: Times): readonly Figure[] => {
  const figure = (what: string, ours: readonly number[], other: readonly number[] | null): Figure => ({
    ...{ what: `${named(count)} events: ${what}`, unit: 'ms', ours, other, goal: '', reached: null },
  })
  return [
    { ...figure('all', times.all, times.parsed), notes: `a journal of ${megabytes.toFixed(1)} MB` },
    figure('all, CPU', times.cpu, times.parsedCpu),
    figure('the bytes, and their copy', times.copied, null),
    figure('read and checked', times.read, times.parsed),
    figure('folded to the state', times.folded, null),
    figure('folded to the timeline', times.drawn, null),
  ]
}

/** CPU for each event, against that with a tenth of the events. */
const growth = (count: number, now: Times, before: Times, factor: number): Figure => {
  const each = (times: readonly number[], events: number) => times.map(time => (time / events) * 1_000)
  const ours = each(now.cpu, count)
  const other = each(before.cpu, count / factor)
  return {
    ...{ what: `${named(count)} events: CPU for each`, unit: 'µs', ours, other },
    ...{ goal: `≤ 1.1 × of ${named(count / factor)}`, reached: median(ours) <= 1.1 * median(other) },
    notes: `other: for each of ${named(count / factor)}`,
  }
}

const run = async ({ short, rounds, folder, log }: BenchContext) => {
  const counts = short ? [100, 1_000] : [1_000, 10_000, 100_000]
  const figures: Figure[] = []
  let before: Times | null = null
  mkdirSync(folder, { recursive: true })
  for (const count of counts) {
    log(`${named(count)} events`)
    const path = join(folder, `${count}.jsonl`)
    writeFileSync(path, journalText(longPair(count)))
    // Few events take so little that they need more samples.
    const times = await measure(path, count, short ? rounds : rounds * Math.max(1, 20_000 / count))
    figures.push(...figuresOf(count, statSync(path).size / 1e6, times))
    if (before) figures.push(growth(count, times, before, 10))
    before = times
  }
  return { figures }
}

export const bench: Bench = {
  name: 'open',
  title: 'a journal read, copied and folded, without the window',
  against: 'readFile and JSON.parse of each line',
  unit: 'ms',
  goal: 'time grows no faster than events',
  run,
}
