/** A past pair of the list, from the click until its timeline is painted, by how much has happened in it. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { closeApp, launchApp, makeRoom, type Room } from '../../e2e/app'
import type { Bench, BenchContext, Figure } from '../bench'
import { journalText, longPair } from '../long-pair'
import { median } from '../samples'

const SIZES = [1_000, 10_000, 100_000] as const
const SHORT_SIZES = [1_000] as const
const MOST_MS = 700

/** Milliseconds from the click until the frame after the one in which the pair's last rows stand in the page. */
const openFirst = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>(done => {
        const begun = performance.now()
        document.querySelector<HTMLElement>('nav[aria-label="Pairs"] li button')?.click()
        const look = (): void => {
          if (!document.querySelector('[role=feed] article')) return void requestAnimationFrame(look)
          requestAnimationFrame(() => done(performance.now() - begun))
        }
        requestAnimationFrame(look)
      }),
  )

const storePair = (room: Room, events: number): void => {
  const text = journalText(longPair(events))
  const { pair } = JSON.parse(text.slice(0, text.indexOf('\n'))) as { readonly pair: string }
  const folder = join(room.data, 'pairs', pair)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeFileSync(join(folder, 'journal.jsonl'), text, { mode: 0o600 })
}

interface Opened {
  readonly events: number
  readonly times: readonly number[]
}

/** Each sample is the first pair that an app opens: nothing of it is in memory, and no code of it has run. */
const openOf = async (events: number, { rounds, log }: BenchContext): Promise<Opened> => {
  const { room, leave } = makeRoom()
  try {
    storePair(room, events)
    const times: number[] = []
    // Before it counts, an app makes what it keeps of a pair for its list and its search.
    for (let round = 0; round <= rounds; round += 1) {
      const { app, page } = await launchApp(room.env)
      const main = app.process()
      try {
        await page.locator('nav[aria-label="Pairs"] li button').first().waitFor()
        const ms = await openFirst(page)
        if (round > 0) times.push(ms)
      } finally {
        await closeApp(app, main)
      }
    }
    log(`${events} events: ${times.map(ms => ms.toFixed(0)).join(', ')} ms`)
    return { events, times }
  } finally {
    await leave()
  }
}

const figureOf = ({ events, times }: Opened, before: Opened | undefined, short: boolean): Figure => {
  const factor = before && median(times) / median(before.times)
  const grows = before && factor !== undefined && factor <= events / before.events
  const last = events >= (SIZES.at(-1) ?? 0)
  const goals = [...(last ? [`< ${MOST_MS} ms`] : []), ...(before ? ['no faster than events'] : [])]
  const reached = (!last || median(times) < MOST_MS) && grows !== false
  return {
    ...{ what: `${events.toLocaleString('en')} events`, unit: 'ms', ours: times, other: null },
    goal: goals.join('; '),
    reached: short || goals.length === 0 ? null : reached,
    ...(factor === undefined ? {} : { notes: `${factor.toFixed(1)} × the one before` }),
  }
}

export const bench: Bench = {
  name: 'first-paint',
  title: 'A past pair opened, until its timeline is painted',
  against: '',
  unit: 'ms',
  goal: `100,000 events in less than ${MOST_MS} ms; time grows no faster than events`,
  async run(context) {
    const opened: Opened[] = []
    for (const size of context.short ? SHORT_SIZES : SIZES) opened.push(await openOf(size, context))
    return { figures: opened.map((each, at) => figureOf(each, opened[at - 1], context.short)) }
  },
}
