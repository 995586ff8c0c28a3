/**
 * A recording of four hours, tens of megabytes for each seat, without keyframes: how long it takes to make them, and
 * then to choose a moment anywhere. Times are printed, not judged; that each moment shows the right screen is.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, type Room, test } from './app'
import { BEGAN, stamp, writeLongCast } from './long-cast'
import { openNewest } from './pages'

const PAIR = '20260101-100000-4444'
const SECONDS = 4 * 3_600
const SEEKS = 60

const storePair = (room: Room): readonly number[] => {
  const folder = join(room.data, 'pairs', PAIR)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const at = (second: number) => new Date(BEGAN + second * 1000).toISOString()
  const seat = { agent: 'practice' }
  const events = [
    {
      ...{
        at: at(0),
        type: 'pairStarted',
        pair: PAIR,
        salt: '4444',
        intent: 'A long day',
        folder: room.root,
      },
      ...{ branch: null, git: false, base: null, driver: 'left', caps: { rounds: 50 } },
      ...{ seats: { left: seat, right: seat }, intentHash: '' },
    },
    ...Array.from({ length: 47 }, (_, index) => ({
      ...{ at: at((index + 1) * 300), type: 'roundStarted', round: index + 2 },
    })),
  ]
  const lines = events.map((event, seq) => JSON.stringify({ v: 1, seq, ...event }))
  writeFileSync(join(folder, 'journal.jsonl'), `${lines.join('\n')}\n`, { mode: 0o600 })
  return [
    writeLongCast(join(folder, 'driver.cast'), 'inline', SECONDS),
    writeLongCast(join(folder, 'navigator.cast'), 'fullScreen', SECONDS),
  ]
}

/** Moves the slider, and gives the milliseconds until both screens show that second. */
const seek = (page: Page, second: number): Promise<number> =>
  page.evaluate(
    async ([wanted, text]) => {
      const slider = document.querySelector<HTMLInputElement>('input[type=range]')
      if (!slider) throw new Error('there is no slider')
      const screens = (Reflect.get(globalThis, 'duologueScreens') ?? {}) as Record<
        string,
        { text(): string } | undefined
      >
      const isThere = () =>
        ['replay.left', 'replay.right'].every(name => screens[name]?.text().includes(text))
      const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set
      const began = performance.now()
      set?.call(slider, String(wanted))
      slider.dispatchEvent(new Event('input', { bubbles: true }))
      while (!isThere()) {
        if (performance.now() - began > 20_000) throw new Error(`${text} did not come`)
        await new Promise(requestAnimationFrame)
      }
      return performance.now() - began
    },
    [second * 1000 + 900, stamp(second)] as const,
  )

test('any moment of four hours', async ({ launch, room }) => {
  test.setTimeout(240_000)
  const sizes = storePair(room)
  const { page } = await launch()
  await openNewest(page)
  await expect(page.getByRole('banner')).toContainText('A long day')
  const began = Date.now()
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Replay this pair' }).click()
  await expect(page.getByRole('slider', { name: 'Moment of the replay' })).toBeVisible({ timeout: 180_000 })
  const made = Date.now() - began
  const times: number[] = []
  for (let index = 0; index < SEEKS; index++) times.push(await seek(page, (index * 7_919 + 13) % SECONDS))
  times.sort((a, b) => a - b)
  const at = (share: number) => Math.round(times[Math.floor(share * (times.length - 1))] ?? 0)
  const megabytes = sizes.map(size => `${(size / 1e6).toFixed(1)} MB`).join(' and ')
  console.log(
    `four hours, ${megabytes}: keyframes made in ${(made / 1000).toFixed(1)} s; ${SEEKS} seeks of both terminals: ` +
      `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, most ${at(1)} ms`,
  )
})
