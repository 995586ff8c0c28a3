/** What the app uses while both agents wait for the human, against a window with nothing in it, at the same time. */
import { setTimeout as wait } from 'node:timers/promises'
import type { ElectronApplication } from '@playwright/test'
import { familyOf } from '../../e2e/family'
import { cpuDuring } from '../../e2e/soak/machine'
import { openBare } from '../app/bare'
import { openApp, startPractice } from '../app/practice'
import type { Bench, BenchContext, Figure } from '../bench'
import { median } from '../samples'

/** Milliseconds of a sample: in twenty seconds one tick of the system's clock is 0.05 %. */
const SAMPLE_MS = 20_000
const SHORT_SAMPLE_MS = 1_000
/** Until what a start leaves to do is done; clocks tell seconds then. */
const SETTLED_MS = 15_000
/** Until every clock tells minutes, which is how an app waits that nobody has answered yet. */
const WAITING_MS = 75_000
const MOST_MORE = 1

type Used = ReadonlyMap<string, number>

/** Percent of a core by kind of process: Electron's own names, and what runs below it as the programs of the seats. */
const usedDuring = async (app: ElectronApplication, ms: number): Promise<Used> => {
  const main = app.process().pid ?? 0
  const own = new Map(
    (await app.evaluate(({ app: electron }) =>
      electron.getAppMetrics().map(({ pid, type }) => [pid, type] as const),
    )) as readonly (readonly [number, string])[],
  )
  const pause = wait(ms)
  const used = await Promise.all(
    familyOf(main).map(async pid => {
      const percent = await cpuDuring([pid], async () => void (await pause))
      return [own.get(pid) ?? 'programs', percent] as const
    }),
  )
  const sums = new Map<string, number>()
  for (const [kind, percent] of used) sums.set(kind, (sums.get(kind) ?? 0) + percent)
  return sums
}

const total = (used: Used): number => [...used.values()].reduce((sum, each) => sum + each, 0)

const NAMES: Readonly<Record<string, string>> = {
  Browser: 'main process',
  Tab: 'window',
  GPU: 'graphics',
  Utility: 'network and the like',
  programs: 'programs of the seats, and Electron’s helpers',
}

type Samples = readonly [ours: readonly Used[], other: readonly Used[]]

const figuresOf = (first: Samples, [ours, other]: Samples, short: boolean): readonly Figure[] => {
  const [all, empty] = [ours.map(total), other.map(total)]
  const kinds = [...new Set(ours.flatMap(each => [...each.keys()]))]
  const of = (each: readonly Used[], kind: string) => each.map(used => used.get(kind) ?? 0)
  return [
    {
      ...{ what: 'all processes', unit: '% of a core', ours: all, other: empty },
      goal: `≤ +${MOST_MORE} % of a core`,
      reached: short ? null : median(all) - median(empty) <= MOST_MORE,
    },
    {
      ...{ what: 'all processes, within the first minute', unit: '% of a core' },
      ...{ ours: first[0].map(total), other: first[1].map(total), goal: '', reached: null },
    },
    ...kinds.map(kind => ({
      ...{ what: NAMES[kind] ?? kind, unit: '% of a core', ours: of(ours, kind), other: of(other, kind) },
      ...{ goal: '', reached: null },
    })),
  ]
}

const measure = async (
  app: ElectronApplication,
  empty: ElectronApplication,
  { rounds, short, log }: BenchContext,
): Promise<readonly Figure[]> => {
  const ms = short ? SHORT_SAMPLE_MS : SAMPLE_MS
  const samples = async (count: number): Promise<Samples> => {
    const [ours, other]: [Used[], Used[]] = [[], []]
    for (let n = 0; n < count; n += 1) {
      const [mine, theirs] = await Promise.all([usedDuring(app, ms), usedDuring(empty, ms)])
      ours.push(mine)
      other.push(theirs)
      log(`${total(mine).toFixed(2)} % and ${total(theirs).toFixed(2)} %`)
    }
    return [ours, other]
  }
  const begun = performance.now()
  if (!short) await wait(SETTLED_MS)
  const first = await samples(1)
  if (!short) await wait(WAITING_MS - (performance.now() - begun))
  return figuresOf(first, await samples(rounds), short)
}

export const bench: Bench = {
  name: 'idle',
  title: 'Idle, with both agents waiting for the human',
  against: 'Electron with one empty window, at the same time',
  unit: '% of a core',
  goal: `≤ +${MOST_MORE} % of a core`,
  async run(context) {
    const { app, page, room, close } = await openApp()
    try {
      await startPractice(page)
      room.processes.look()
      room.processes.stop()
      const empty = await openBare({ folder: context.folder })
      try {
        return { figures: await measure(app, empty.app, context) }
      } finally {
        await empty.close()
      }
    } finally {
      await close()
    }
  },
}
