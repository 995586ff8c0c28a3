/** How fast a pane takes what a program writes, alone and with the other pane, against xterm.js alone. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import type { Bare } from '../app/bare'
import { openPanes, type Panes, SIDES } from '../app/panes'
import { armFlood, type Side } from '../app/probe'
import { BEGIN, END, type Stream, streams } from '../app/streams'
import { openTerminals } from '../app/terminals'
import type { Bench, BenchContext, Figure } from '../bench'
import type { BarePage } from '../pages/bare-page'
import { ratioOf } from '../samples'

const MEGABYTES = 200
const SHORT_MEGABYTES = 0.4
const LEAST = 0.9

/** One stream as files for `cat`, and in the memory of the other page. */
interface Ready {
  readonly stream: Stream
  readonly times: number
  readonly megabytes: number
  readonly files: readonly [begin: string, block: string, end: string]
}

const perSecond = (megabytes: number, ms: number): number => megabytes / (ms / 1000)

const ready = (stream: Stream, { short, folder }: BenchContext): Ready => {
  const bytes = Buffer.byteLength(stream.block)
  const times = Math.ceil(((short ? SHORT_MEGABYTES : MEGABYTES) * 1e6) / bytes)
  const keep = (name: string, text: string): string => {
    const path = join(folder, name)
    writeFileSync(path, text)
    return path
  }
  const files = [keep('begin', BEGIN), keep('block', stream.block), keep('end', END)] as const
  return { stream, times, megabytes: (times * bytes) / 1e6, files }
}

/** Line ends are as they are written: nothing is added by the terminal's driver. */
const catLine = ({ files: [begin, block, end] }: Ready, times: number): string =>
  `stty -opost; cat '${begin}' ${Array(times).fill(`'${block}'`).join(' ')} '${end}'; stty opost`

const floodApp = async (panes: Panes, each: Ready, sides: readonly Side[]): Promise<number> => {
  const times = Math.ceil(each.times / sides.length)
  const { measured } = await armFlood(panes.page, sides)
  await Promise.all(sides.map(side => panes.tell(side, catLine(each, times))))
  return perSecond((each.megabytes / each.times) * times * sides.length, await measured)
}

const floodBare = async (page: Page, each: Ready, sides: readonly Side[]): Promise<number> => {
  const times = Math.ceil(each.times / sides.length)
  const { measured } = await armFlood(page, sides)
  await page.evaluate(
    ([names, count]) => {
      const { feed } = Reflect.get(globalThis, 'bench') as BarePage
      return Promise.all(names.map(name => feed(name, ['begin', 'block', 'end'], count)))
    },
    [sides, times] as const,
  )
  return perSecond((each.megabytes / each.times) * times * sides.length, await measured)
}

const keepInPage = async (page: Page, { stream }: Ready): Promise<void> => {
  for (const [name, text] of [
    ['begin', BEGIN],
    ['block', stream.block],
    ['end', END],
  ] as const)
    await page.evaluate(([as, what]) => (Reflect.get(globalThis, 'bench') as BarePage).keep(as, what), [
      name,
      text,
    ] as const)
}

const measure = async (
  panes: Panes,
  bare: Bare,
  context: BenchContext,
  each: Ready,
): Promise<readonly Figure[]> => {
  await keepInPage(bare.page, each)
  const figures: Figure[] = []
  for (const sides of [['left'], SIDES] as const) {
    const [ours, other]: [number[], number[]] = [[], []]
    for (let round = 0; round < context.rounds; round += 1) {
      ours.push(await floodApp(panes, each, sides))
      other.push(await floodBare(bare.page, each, sides))
    }
    const ratio = ratioOf(ours, other) ?? 0
    figures.push({
      what: `${each.stream.name}, ${sides.length === 1 ? 'one pane' : 'both panes, total'}`,
      ...{ unit: 'MB/s', ours, other, goal: `≥ ${LEAST} ×` },
      reached: context.short ? null : ratio >= LEAST,
      notes: `${each.megabytes.toFixed(1)} MB a sample; ${each.stream.source}`,
    })
    context.log(`${figures.at(-1)?.what}: ${ratio.toFixed(2)} ×`)
  }
  return figures
}

export const bench: Bench = {
  name: 'flood',
  title: 'What a program writes, until it is parsed and drawn',
  against: 'xterm.js alone in the same Electron, fed from memory',
  unit: 'MB/s',
  goal: `≥ ${LEAST} ×, one pane and both`,
  async run(context) {
    const panes = await openPanes()
    let bare: Bare | undefined
    try {
      bare = await openTerminals(panes, context.folder)
      const figures: Figure[] = []
      for (const stream of streams(context.short)) {
        const each = ready(stream, context)
        figures.push(...(await measure(panes, bare, context, each)))
      }
      return { figures }
    } finally {
      await bare?.close()
      await panes.close()
    }
  },
}
