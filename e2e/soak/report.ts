/** What a soak found: a table for people, and the same as JSON. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Account } from './account'

export interface Found extends Account {
  readonly minutes: number
  readonly pairsAtATime: number
  readonly seed: number
  readonly deeds: Readonly<Record<string, number>>
  /** Pairs in which nothing happened for a minute whatever was done. */
  readonly stalled: readonly string[]
  /** Megabytes an hour by kind of process, after the first third; null: too few samples. */
  readonly growth: Readonly<Record<string, number | null>>
  /** Megabytes at the first and the last sample. */
  readonly memory: readonly [Readonly<Record<string, number>>, Readonly<Record<string, number>>]
  /** Percent of one core over 10 s while both TUIs waited. */
  readonly idleCpu: number
  readonly fds: { readonly begin: number; readonly end: number }
  readonly orphans: readonly string[]
  readonly logged: readonly string[]
  readonly failed: readonly string[]
}

const mb = (value: number | undefined): string => (value === undefined ? '–' : value.toFixed(0))

export const tableOf = (found: Found): string => {
  const [first, last] = found.memory
  const kinds: readonly (readonly [string, string])[] = [
    ['main', 'Browser'],
    ['renderer', 'Tab'],
    ['GPU', 'GPU'],
  ]
  const rows: readonly (readonly [string, string])[] = [
    ['minutes, pairs at a time, seed', `${found.minutes}, ${found.pairsAtATime}, ${found.seed}`],
    ['pairs, reviews', `${found.pairs}, ${found.rounds}`],
    ['ends', JSON.stringify(found.ends)],
    ['handoffs, steers, other messages', `${found.handoffs}, ${found.steers}, ${found.others}`],
    ['taken by the agents’ own records', String(found.taken)],
    ['lost, doubled, merged', `${found.lost.length}, ${found.doubled.length}, ${found.merged.length}`],
    ['stalled pairs', String(found.stalled.length)],
    ...kinds.map(([name, kind]): readonly [string, string] => [
      `RSS of ${name}: first, last, slope`,
      `${mb(first[kind])} MB, ${mb(last[kind])} MB, ${mb(found.growth[kind] ?? undefined)} MB/h`,
    ]),
    ['CPU when idle', `${found.idleCpu.toFixed(1)} % of a core`],
    ['open fds of main: begin, end', `${found.fds.begin}, ${found.fds.end}`],
    ['orphans after quit', String(found.orphans.length)],
    ['lines in the log', String(found.logged.length)],
    [
      'deeds',
      Object.values(found.deeds)
        .reduce((sum, count) => sum + count, 0)
        .toString(),
    ],
    ['deeds that failed', String(found.failed.length)],
  ]
  const width = Math.max(...rows.map(([name]) => name.length))
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n')
}

export const writeReport = (root: string, found: Found): string => {
  const dir = join(root, 'bench', 'results')
  mkdirSync(dir, { recursive: true })
  const path = join(
    dir,
    `soak-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}-${found.seed}.json`,
  )
  writeFileSync(path, `${JSON.stringify(found, null, 2)}\n`)
  return path
}
