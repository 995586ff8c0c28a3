/**
 * A pair's exports, each in a process of its own, which writes them in the app's own thread, as built: time, and the most memory that
 * the process ever had. Against `cat` of the files that an export is made from. Two pairs: 50 MB of journal; 50 MB of recordings.
 */
import { execFile } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readdirSync, rmSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { writeCast } from '../../e2e/long-cast'
import type { ExportFormat } from '../../shared/ipc'
import type { Bench, BenchContext, Figure } from '../bench'
import { builtProgram } from '../built'
import { journalText, longPair } from '../long-pair'
import { median } from '../samples'

const run = promisify(execFile)

interface Told {
  readonly ms: number
  /** Of the whole process, its start among it. */
  readonly cpuMs: number
  readonly peakMb: number
}

interface Kind {
  readonly name: string
  readonly format: ExportFormat
  readonly terminals: boolean
  /** Of the pair's files. */
  readonly reads: RegExp
}

const JOURNAL = /\.jsonl$/
const OF_JOURNAL: readonly Kind[] = [
  { name: 'Markdown', format: 'markdown', terminals: false, reads: JOURNAL },
  { name: 'JSONL', format: 'jsonl', terminals: false, reads: JOURNAL },
  { name: 'HTML', format: 'html', terminals: false, reads: JOURNAL },
]
const OF_RECORDINGS: readonly Kind[] = [
  { name: 'asciicast', format: 'cast', terminals: false, reads: /\.cast$/ },
  { name: 'HTML with terminals', format: 'html', terminals: true, reads: /\.(?:cast|jsonl)$/ },
]

/** They add to the board of findings, which a pair of hundreds of megabytes has in no proportion to its size. */
const OF_FINDINGS: ReadonlySet<string> = new Set(['reviewSubmitted', 'reviewed', 'findingsAnswered'])

/** The same rounds again and again, numbered on, until the journal is so large: the machine itself would take minutes. */
const writeJournal = (path: string, bytes: number): void => {
  const file = openSync(path, 'w', 0o600)
  const events = longPair(20_000)
  const again = events.slice(1).filter(({ type }) => !OF_FINDINGS.has(type))
  let [size, seq] = [0, 0]
  while (size < bytes) {
    const some = (seq === 0 ? events : again).map((event, at) => ({ ...event, seq: seq + at }))
    const text = journalText(some)
    const wanted =
      text.length <= bytes - size ? text : text.slice(0, text.lastIndexOf('\n', bytes - size) + 1)
    if (wanted === '') break
    writeSync(file, wanted)
    size += wanted.length
    seq += some.length
  }
  closeSync(file)
}

const makePair = (folder: string, journal: number, recordings: number): string => {
  mkdirSync(folder, { recursive: true })
  writeJournal(join(folder, 'journal.jsonl'), journal)
  if (recordings > 0) {
    writeCast(join(folder, 'driver.cast'), 'inline', recordings / 2)
    writeCast(join(folder, 'navigator.cast'), 'fullScreen', recordings / 2)
  }
  return folder
}

const sources = (pair: string, { reads }: Kind): readonly string[] =>
  readdirSync(pair).flatMap(name => (reads.test(name) ? [join(pair, name)] : []))

const catOnce = async (pair: string, kind: Kind, target: string): Promise<number> => {
  const began = performance.now()
  await run('sh', ['-c', 'target=$1; shift; cat "$@" > "$target"', 'sh', target, ...sources(pair, kind)])
  const ms = performance.now() - began
  rmSync(target)
  return ms
}

const exportOnce = async (pair: string, { format, terminals }: Kind, folder: string): Promise<Told> => {
  const job = { pairDir: pair, format, folder, choice: { keep: [], words: [] }, terminals }
  const { stdout } = await run(process.execPath, [builtProgram('export'), JSON.stringify(job)])
  const size = readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)
  if (size === 0) throw new Error(`${format} wrote nothing`)
  rmSync(folder, { recursive: true })
  return JSON.parse(stdout) as Told
}

interface Times {
  readonly ms: readonly number[]
  readonly cpuMs: readonly number[]
  readonly peakMb: readonly number[]
  readonly cat: readonly number[]
}

const measure = async (pair: string, kind: Kind, rounds: number, folder: string): Promise<Times> => {
  const [told, cat]: [Told[], number[]] = [[], []]
  for (let round = 0; round < rounds; round++) {
    told.push(await exportOnce(pair, kind, join(folder, 'out')))
    cat.push(await catOnce(pair, kind, join(folder, 'cat.out')))
  }
  return {
    ms: told.map(({ ms }) => ms),
    cpuMs: told.map(({ cpuMs }) => cpuMs),
    peakMb: told.map(({ peakMb }) => peakMb),
    cat,
  }
}

/** The large pair takes some minutes: it is left out where somebody is in a hurry. */
const ROUNDS_FOR_LARGE = 3
const MOST_MS = 5_000
const MOST_MB = 200

const figuresOf = (what: string, { ms, cpuMs, peakMb, cat }: Times): readonly Figure[] => [
  { what, unit: 'ms', ours: ms, other: cat, goal: '< 5 s', reached: median(ms) < MOST_MS },
  { what: `${what}: CPU`, unit: 'ms', ours: cpuMs, other: null, goal: '', reached: null },
  {
    ...{ what: `${what}: most memory`, unit: 'MB', ours: peakMb, other: null },
    ...{ goal: '< 200 MB', reached: Math.max(...peakMb) < MOST_MB },
    notes: 'of the whole process, an empty one of which has some 45 MB',
  },
]

/** Ten times the pair, once: linear is ten times the time, with a quarter for the machine. */
const growth = (name: string, small: Times, large: Times): readonly Figure[] => [
  {
    ...{ what: `${name}, 500 MB: CPU for each MB`, unit: 'ms', ours: large.cpuMs.map(ms => ms / 500) },
    ...{ other: small.cpuMs.map(ms => ms / 50), goal: '≤ 1.25 × of 50 MB' },
    ...{
      reached: median(large.cpuMs) / 10 <= 1.25 * median(small.cpuMs),
      notes: 'other: for each MB of 50 MB',
    },
  },
  {
    ...{ what: `${name}, 500 MB: most memory`, unit: 'MB', ours: large.peakMb, other: null },
    ...{ goal: '< 200 MB', reached: Math.max(...large.peakMb) < MOST_MB },
  },
]

const runBench = async ({ short, rounds, folder, log }: BenchContext) => {
  const unit = short ? 1_000_000 : 50_000_000
  const name = short ? '1 MB' : '50 MB'
  log(`making pairs of ${name}`)
  const journal = makePair(join(folder, 'journal'), unit, 0)
  const recordings = makePair(join(folder, 'recordings'), unit / 50, unit)
  const figures: Figure[] = []
  const small = new Map<string, Times>()
  const works = [
    ...OF_JOURNAL.map(kind => ({ kind, pair: journal, of: 'journal' })),
    ...OF_RECORDINGS.map(kind => ({ kind, pair: recordings, of: 'recordings' })),
  ]
  for (const { kind, pair, of } of works) {
    log(`${kind.name} of ${name} of ${of}`)
    const times = await measure(pair, kind, rounds, folder)
    small.set(kind.name, times)
    figures.push(...figuresOf(`${kind.name} of ${name} of ${of}`, times))
  }
  if (short || rounds < ROUNDS_FOR_LARGE) return { figures }
  log('making a pair of 500 MB')
  const large = makePair(join(folder, 'large'), 10 * unit, 0)
  for (const kind of OF_JOURNAL) {
    log(`${kind.name} of 500 MB of journal`)
    const before = small.get(kind.name)
    if (before) figures.push(...growth(kind.name, before, await measure(large, kind, 1, folder)))
  }
  return { figures }
}

export const bench: Bench = {
  name: 'export',
  title: 'a pair exported, in each format',
  against: 'cat of the same files',
  unit: 'ms',
  goal: '< 5 s, memory under 200 MB, linear to 500 MB',
  run: runBench,
}
