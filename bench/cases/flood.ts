/** How fast a pane takes what a program writes, alone and with the other pane, against xterm.js alone. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import type { Bare } from '../app/bare'
import { usedBy } from '../app/cpu'
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
  readonly files: readonly [begin: string, block: string, end: string]
}

const ready = (stream: Stream, { short, folder }: BenchContext): Ready => {
  const bytes = Buffer.byteLength(stream.block)
  const times = Math.ceil(((short ? SHORT_MEGABYTES : MEGABYTES) * 1e6) / bytes)
  const keep = (name: string, text: string): string => {
    const path = join(folder, name)
    writeFileSync(path, text)
    return path
  }
  const files = [keep('begin', BEGIN), keep('block', stream.block), keep('end', END)] as const
  return { stream, times, files }
}

/** Line ends are as they are written: nothing is added by the terminal's driver. */
const catLine = ({ files: [begin, block, end] }: Ready, times: number): string =>
  `stty -opost; cat '${begin}' ${Array(times).fill(`'${block}'`).join(' ')} '${end}'; stty opost`

interface Sample {
  /** Megabytes a second. */
  readonly speed: number
  /** Milliseconds of a core for each megabyte. */
  readonly cpu: number
}

/** `begin` has each of the terminals fed with the block, so many times. */
const sampleOf = async (
  { app, page }: Pick<Panes, 'app' | 'page'>,
  { stream, times }: Ready,
  sides: readonly Side[],
  begin: (times: number) => Promise<unknown>,
): Promise<Sample> => {
  const each = Math.ceil(times / sides.length)
  const megabytes = (each * sides.length * Buffer.byteLength(stream.block)) / 1e6
  const { value: ms, cpuMs } = await usedBy(app, async () => {
    const { measured } = await armFlood(page, sides)
    await begin(each)
    return measured
  })
  return { speed: megabytes / (ms / 1000), cpu: cpuMs / megabytes }
}

const floodApp = (panes: Panes, each: Ready, sides: readonly Side[]): Promise<Sample> =>
  sampleOf(panes, each, sides, times =>
    Promise.all(sides.map(side => panes.tell(side, catLine(each, times)))),
  )

const floodBare = (bare: Bare, each: Ready, sides: readonly Side[]): Promise<Sample> =>
  sampleOf(bare, each, sides, times =>
    bare.page.evaluate(
      ([names, count]) => {
        const { feed } = Reflect.get(globalThis, 'bench') as BarePage
        return Promise.all(names.map(name => feed(name, ['begin', 'block', 'end'], count)))
      },
      [sides, times] as const,
    ),
  )

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

const figuresOf = (
  what: string,
  { stream, times }: Ready,
  [ours, other]: readonly [readonly Sample[], readonly Sample[]],
  short: boolean,
): readonly Figure[] => {
  const speed = { ours: ours.map(each => each.speed), other: other.map(each => each.speed) }
  const cpu = { ours: ours.map(each => each.cpu), other: other.map(each => each.cpu) }
  const megabytes = (times * Buffer.byteLength(stream.block)) / 1e6
  return [
    {
      ...{ what, unit: 'MB/s', ...speed, goal: `≥ ${LEAST} ×` },
      reached: short ? null : (ratioOf(speed.ours, speed.other) ?? 0) >= LEAST,
      notes: `${megabytes.toFixed(1)} MB a sample; ${stream.source}`,
    },
    {
      ...{ what: `${what}: all processes, for each MB`, unit: 'ms of a core', ...cpu },
      ...{ goal: '', reached: null },
    },
  ]
}

const measure = async (
  panes: Panes,
  bare: Bare,
  { rounds, short, log }: BenchContext,
  each: Ready,
): Promise<readonly Figure[]> => {
  await keepInPage(bare.page, each)
  const figures: Figure[] = []
  for (const sides of [['left'], SIDES] as const) {
    const samples: [Sample[], Sample[]] = [[], []]
    for (let round = 0; round < rounds; round += 1) {
      samples[0].push(await floodApp(panes, each, sides))
      samples[1].push(await floodBare(bare, each, sides))
      log(samples.map(of => of.at(-1)?.speed.toFixed(1)).join(' and '))
    }
    const what = `${each.stream.name}, ${sides.length === 1 ? 'one pane' : 'both panes, total'}`
    figures.push(...figuresOf(what, each, samples, short))
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
