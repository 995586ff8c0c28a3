/** The timeline of a very long pair, scrolled from end to end. */
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { openNewest } from '../../e2e/pages'
import { storeManyHandoffs } from '../../e2e/scored-pair'
import { openBare } from '../app/bare'
import { buildPages } from '../app/pages'
import { openApp } from '../app/practice'
import type { Bench, BenchContext, Figure } from '../bench'
import { percentile } from '../samples'

const HANDOFFS = 5_000
const SHORT_HANDOFFS = 100
/** Frames of one way through: each shows rows that the one before did not. */
const FRAMES = 600
const SHORT_FRAMES = 20
const FRAME_MS = 1000 / 60

/** Milliseconds between frames, while the box is scrolled from its first row to its last, a step at each frame. */
const scroll = (page: Page, frames: number): Promise<readonly number[]> =>
  page.getByRole('feed').evaluate(async (box, count) => {
    const frame = () => new Promise<number>(requestAnimationFrame)
    box.scrollTop = 0
    for (let n = 0; n < 10; n += 1) await frame()
    const times: number[] = []
    let last = await frame()
    for (let step = 1; step <= count; step += 1) {
      box.scrollTop = ((box.scrollHeight - box.clientHeight) * step) / count
      const now = await frame()
      times.push(now - last)
      last = now
    }
    return times
  }, frames)

const rowsOf = (page: Page): Promise<number> =>
  page.evaluate(() => Number(document.querySelector('[role=feed] article')?.getAttribute('aria-setsize')))

const measure = async (
  app: Page,
  list: Page,
  { rounds, short }: BenchContext,
): Promise<readonly [number[], number[]]> => {
  const [ours, other]: [number[], number[]] = [[], []]
  for (let round = 0; round < rounds; round += 1) {
    ours.push(...(await scroll(app, short ? SHORT_FRAMES : FRAMES)))
    other.push(...(await scroll(list, short ? SHORT_FRAMES : FRAMES)))
  }
  return [ours, other]
}

const figureOf = (
  ours: readonly number[],
  other: readonly number[],
  rows: number,
  { short }: BenchContext,
): Figure => ({
  ...{ what: 'time between frames', unit: 'ms', ours, other, goal: 'p95 ≤ 1 frame more' },
  reached: short ? null : percentile(ours, 0.95) <= percentile(other, 0.95) + FRAME_MS,
  notes: `${rows} rows; p95 ${percentile(ours, 0.95).toFixed(1)} ms against ${percentile(other, 0.95).toFixed(1)} ms`,
})

export const bench: Bench = {
  name: 'timeline',
  title: 'The timeline of 5,000 handoffs, scrolled from end to end',
  against: 'a list of the same library with as many rows and nothing in them',
  unit: 'ms',
  goal: 'p95 of a frame ≤ 1 frame more',
  async run(context) {
    const file = join(await buildPages(context.folder), 'list.html')
    const handoffs = context.short ? SHORT_HANDOFFS : HANDOFFS
    const { page, close } = await openApp(room => storeManyHandoffs(room, handoffs))
    try {
      await openNewest(page)
      await page.getByRole('feed').getByRole('article').last().waitFor()
      const rows = await rowsOf(page)
      const bare = await openBare({ folder: context.folder, page: file, hash: String(rows) })
      try {
        await bare.page.locator('[data-index]').first().waitFor({ state: 'attached' })
        const [ours, other] = await measure(page, bare.page, context)
        return { figures: [figureOf(ours, other, rows, context)] }
      } finally {
        await bare.close()
      }
    } finally {
      await close()
    }
  },
}
