/** From a key to its glyph, quiet and beside a flood, and from Ctrl-C to a program that floods. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import type { Bare } from '../app/bare'
import { openPanes, type Panes } from '../app/panes'
import { armGlyph, armKey, armNewLine, type Side } from '../app/probe'
import { streams } from '../app/streams'
import { openTerminals } from '../app/terminals'
import { until } from '../app/until'
import type { Bench, BenchContext, Figure } from '../bench'
import type { BarePage } from '../pages/bare-page'
import { percentile } from '../samples'

/** Keys in a row, and in a line of the terminal. */
const KEYS = 60
const LINE = 30
const SHORT_KEYS = 5
const INTERRUPTS = 5
const QUIET_MORE_MS = 8
const FLOOD_MORE_MS = 16
const INTERRUPT_MS = 100

/** A person's pace, and never the same place in a frame. */
const between = (n: number): Promise<void> => wait(30 + ((n * 37) % 41))

const focus = (page: Page, side: Side): Promise<void> =>
  page.getByTestId(`terminal-${side}`).locator('textarea').focus()

const typeKeys = async (page: Page, side: Side, count: number): Promise<readonly number[]> => {
  await focus(page, side)
  const times: number[] = []
  for (let n = 0; n < count; n += 1) {
    if (n % LINE === 0) {
      const { measured } = await armNewLine(page, side)
      await page.keyboard.press('Enter')
      await measured
    }
    const key = String.fromCharCode(97 + (n % 26))
    const { measured } = await armGlyph(page, side, key)
    await page.keyboard.press(key)
    times.push(await measured)
    await between(n)
  }
  return times
}

/** Prints for ever, until it is interrupted. */
const flooding = (block: string): string => `while cat '${block}'; do :; done`

/** What a shell writes into the file, once it has; the file is gone then. */
const noted = async (what: string, path: string): Promise<string> => {
  await until(what, () => existsSync(path) && readFileSync(path, 'utf8') !== '')
  const text = readFileSync(path, 'utf8')
  rmSync(path)
  return text
}

/** The terminal shows what is typed, and a program takes it: what a local echo is to a terminal alone. */
const echo = async (panes: Panes): Promise<void> => {
  const mark = join(panes.room.root, 'echoes')
  await panes.tell('left', `stty -icanon echo; echo yes > '${mark}'; cat > /dev/null`)
  await noted('what is typed is shown', mark)
}

/** Resolves when the terminal on the right is given something. */
const flooded = async (page: Page, begin: () => Promise<void>): Promise<void> => {
  const { measured } = await armNewLine(page, 'right')
  await begin()
  await measured
}

/** From the key, until the shell that ran the flood has been told, has started `date`, and that has looked at the clock. */
const interruptOnce = async (panes: Panes, block: string): Promise<number> => {
  const told = join(panes.room.root, 'interrupted')
  await panes.tell('left', `trap "date +%s%N > '${told}'" INT; ${flooding(block)}; trap : INT`)
  await focus(panes.page, 'left')
  await wait(700)
  const { measured } = await armKey(panes.page)
  await panes.page.keyboard.press('Control+c')
  const pressed = await measured
  return Number(await noted('it was interrupted', told)) / 1e6 - pressed
}

interface Times {
  readonly ours: number[]
  readonly other: number[]
}

const figureOf = (what: string, { ours, other }: Times, more: number, short: boolean): Figure => ({
  ...{ what, unit: 'ms', ours, other, goal: `p95 ≤ +${more} ms` },
  reached: short ? null : percentile(ours, 0.95) <= percentile(other, 0.95) + more,
  notes: `p95 ${percentile(ours, 0.95).toFixed(1)} ms against ${percentile(other, 0.95).toFixed(1)} ms`,
})

const measure = async (panes: Panes, bare: Bare, context: BenchContext): Promise<readonly Figure[]> => {
  const { short, rounds, folder, log } = context
  const block = join(folder, 'block')
  writeFileSync(block, streams(short)[0]?.block ?? '')
  await bare.page.evaluate(
    text => {
      const bench = Reflect.get(globalThis, 'bench') as BarePage
      bench.echo('left')
      bench.keep('block', text)
    },
    readFileSync(block, 'utf8'),
  )
  const count = short ? SHORT_KEYS : KEYS
  const quiet: Times = { ours: [], other: [] }
  const flood: Times = { ours: [], other: [] }
  const both: Times = { ours: flood.ours, other: [] }
  const stops: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    await echo(panes)
    quiet.ours.push(...(await typeKeys(panes.page, 'left', count)))
    quiet.other.push(...(await typeKeys(bare.page, 'left', count)))
    await flooded(panes.page, () => panes.tell('right', flooding(block)))
    flood.ours.push(...(await typeKeys(panes.page, 'left', count)))
    await panes.interrupt('right')
    flood.other.push(...(await typeKeys(bare.page, 'left', count)))
    await flooded(bare.page, () =>
      bare.page.evaluate(() => (Reflect.get(globalThis, 'bench') as BarePage).flood('right', 'block')),
    )
    both.other.push(...(await typeKeys(bare.page, 'left', count)))
    await bare.page.evaluate(() => (Reflect.get(globalThis, 'bench') as BarePage).stop('right'))
    await panes.interrupt('left')
    for (let n = 0; n < (short ? 1 : INTERRUPTS); n += 1) stops.push(await interruptOnce(panes, block))
    log(`round ${round + 1} of ${rounds}`)
  }
  return [
    figureOf('key to glyph, quiet', quiet, QUIET_MORE_MS, short),
    figureOf('key to glyph, the other pane floods; other: quiet', flood, FLOOD_MORE_MS, short),
    figureOf('key to glyph, the other pane floods; other: the same', both, FLOOD_MORE_MS, short),
    {
      ...{ what: 'Ctrl-C to a program that floods', unit: 'ms', ours: stops, other: null },
      goal: `within ${INTERRUPT_MS} ms`,
      reached: short ? null : percentile(stops, 1) <= INTERRUPT_MS,
      notes: `the most is ${percentile(stops, 1).toFixed(0)} ms; with the start of the program that looks at the clock`,
    },
  ]
}

export const bench: Bench = {
  name: 'keys',
  title: 'From a key to its glyph on the screen',
  against: 'xterm.js alone in the same Electron, with a local echo',
  unit: 'ms',
  goal: `p95 ≤ +${QUIET_MORE_MS} ms quiet, ≤ +${FLOOD_MORE_MS} ms in a flood; Ctrl-C within ${INTERRUPT_MS} ms`,
  async run(context) {
    const panes = await openPanes()
    let bare: Bare | undefined
    try {
      bare = await openTerminals(panes, context.folder)
      return { figures: await measure(panes, bare, context) }
    } finally {
      await bare?.close()
      await panes.close()
    }
  },
}
