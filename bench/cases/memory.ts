/** What the main process and the window hold after very much has gone through both panes, and after the pair is closed. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import { openPanes, type Panes, SIDES } from '../app/panes'
import { armFlood } from '../app/probe'
import { BEGIN, END, streams } from '../app/streams'
import type { Bench, BenchContext, Figure } from '../bench'
import { median } from '../samples'

const MEGABYTES = 1_000
const SHORT_MEGABYTES = 0.4
/** It takes a while, and each time begins from nothing. */
const MOST_ROUNDS = 3
/** Until what was under way is done. */
const SETTLED_MS = 20_000
const MOST = { main: 60, window: 120 } as const
/** As much more than before as counts as being back. */
const BACK = 20

type Process = keyof typeof MOST
type Held = Readonly<Record<Process, number>>

/** Megabytes in memory, shared ones too (`VmRSS` of proc(5)). */
const residentOf = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024

/** What is held, not what nobody has collected yet; the main process cannot be asked to collect. */
const heldNow = async ({ app, page }: Panes): Promise<Held> => {
  await page.requestGC()
  const window = await app.evaluate(
    ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? 0,
  )
  return { main: residentOf(app.process().pid ?? 0), window: residentOf(window) }
}

const flood = async (panes: Panes, block: string, times: number): Promise<void> => {
  const [begin, end] = [join(panes.room.root, 'begin'), join(panes.room.root, 'end')]
  writeFileSync(begin, BEGIN)
  writeFileSync(end, END)
  const { measured } = await armFlood(panes.page, SIDES)
  const line = `stty -opost; cat '${begin}'; for n in $(seq ${times}); do cat '${block}'; done; cat '${end}'; stty opost`
  await Promise.all(SIDES.map(side => panes.tell(side, line)))
  await measured
}

/** As a human does it, so that the window lets go of its terminals. */
const closePair = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Close this pair' }).click()
  for (const side of SIDES) await page.getByTestId(`terminal-${side}`).waitFor({ state: 'detached' })
}

interface Sample {
  readonly before: Held
  readonly after: Held
  readonly closed: Held
}

const sample = async (block: string, bytes: number, short: boolean): Promise<Sample> => {
  const settle = () => wait(short ? 500 : SETTLED_MS)
  const panes = await openPanes()
  try {
    await settle()
    const before = await heldNow(panes)
    await flood(panes, block, Math.ceil(((short ? SHORT_MEGABYTES : MEGABYTES) * 1e6) / bytes))
    await settle()
    const after = await heldNow(panes)
    await closePair(panes.page)
    await settle()
    return { before, after, closed: await heldNow(panes) }
  } finally {
    await panes.close()
  }
}

const NAMES: Readonly<Record<Process, string>> = { main: 'main process', window: 'window' }

const figuresOf = (samples: readonly Sample[], process: Process, short: boolean): readonly Figure[] => {
  const of = (when: keyof Sample) => samples.map(each => each[when][process])
  const more = (when: 'after' | 'closed') => median(of(when)) - median(of('before'))
  const figure = (when: 'after' | 'closed', what: string, most: number): Figure => ({
    ...{ what: `${NAMES[process]}, ${what}`, unit: 'MB', ours: of(when), other: of('before') },
    goal: when === 'after' ? `≤ +${most} MB` : `back, ≤ +${most} MB`,
    reached: short ? null : more(when) <= most,
    notes: `${more(when).toFixed(0)} MB more than before`,
  })
  return [
    figure('after', `after ${short ? SHORT_MEGABYTES : MEGABYTES} MB through each pane`, MOST[process]),
    figure('closed', 'after the pair is closed', BACK),
  ]
}

export const bench: Bench = {
  name: 'memory',
  title: 'Memory after 1 GB through each pane',
  against: 'before',
  unit: 'MB',
  goal: `main +${MOST.main} MB, window +${MOST.window} MB at most; back after the pair closes`,
  async run({ folder, short, rounds, log }: BenchContext) {
    const text = streams(short)[0]?.block ?? ''
    const block = join(folder, 'block')
    writeFileSync(block, text)
    const samples: Sample[] = []
    for (let round = 0; round < Math.min(rounds, MOST_ROUNDS); round += 1) {
      samples.push(await sample(block, Buffer.byteLength(text), short))
      log(JSON.stringify(samples.at(-1)))
    }
    return {
      figures: (['main', 'window'] as const).flatMap(process => figuresOf(samples, process, short)),
    }
  },
}
