/**
 * A recording of four hours, tens of megabytes for each seat, without keyframes: how long it takes to make them, and
 * then to choose a moment anywhere. Times are printed, not judged; that each moment shows the right screen is.
 */
import { closeSync, mkdirSync, openSync, statSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, type Room, test } from './app'
import { openNewest } from './pages'

const PAIR = '20260101-100000-4444'
const BEGAN = Date.UTC(2026, 0, 1, 10)
const SECONDS = 4 * 3_600
const [COLS, ROWS] = [100, 40]
const SEEKS = 60

/** What stands on the screen at a second, for the test to look for. */
const stamp = (second: number): string => `at ${String(second).padStart(5, '0')} s`

const colour = (n: number): string => `\x1b[38;5;${16 + (n % 200)}m`

/** A line as an agent prints it: words in colours. */
const words = (seed: number): string =>
  `${Array.from(
    { length: 9 },
    (_, at) => `${colour(seed * 7 + at)}${((seed * 31 + at * 17) % 46_656).toString(36)}word`,
  ).join(' ')}\x1b[0m`

/** A program that repaints its whole screen now and then, and its status line four times a second. */
const fullScreen = (second: number): readonly string[] => {
  const status = (part: number) =>
    `\x1b[?2026h\x1b[${ROWS};1H\x1b[7m ${'⠋⠙⠹⠸'[part]} working ${stamp(second)} \x1b[K\x1b[0m\x1b[?2026l`
  const body = Array.from({ length: ROWS - 1 }, (_, row) => `\x1b[${row + 1};1H${words(second + row)}\x1b[K`)
  const repaint = second % 6 === 0 ? body.join('') : (body[second % (ROWS - 1)] ?? '')
  return [(second === 0 ? '\x1b[?1049h\x1b[?25l' : '') + repaint + status(0), ...[1, 2, 3].map(status)]
}

/** A program that prints above its prompt, which it draws again each time: its screen scrolls. */
const inline = (second: number): readonly string[] => {
  const prompt = (part: number) =>
    `\r\x1b[1A\x1b[J\x1b[2m${'─'.repeat(COLS)}\x1b[0m\r\n${'⠋⠙⠹⠸'[part]} ${stamp(second)} \x1b[2mesc to interrupt\x1b[0m`
  const said = second % 3 === 0 ? `\r\x1b[1A\x1b[J${words(second)}\r\n${words(second + 1)}\r\n\r\n` : ''
  return [(second === 0 ? '\r\n' : '') + said + prompt(0), ...[1, 2, 3].map(prompt)]
}

const writeCast = (path: string, paint: (second: number) => readonly string[]): number => {
  const file = openSync(path, 'w', 0o600)
  const header = { version: 2, width: COLS, height: ROWS, timestamp: BEGAN / 1000, title: 'long' }
  writeSync(file, `${JSON.stringify(header)}\n[0.000000,"m","Run began ${new Date(BEGAN).toISOString()}"]\n`)
  for (let from = 0; from < SECONDS; from += 60) {
    const lines = Array.from({ length: 60 }, (_, at) => from + at).flatMap(second =>
      paint(second).map((data, part) => `[${(second + part / 4).toFixed(6)},"o",${JSON.stringify(data)}]\n`),
    )
    writeSync(file, lines.join(''))
  }
  closeSync(file)
  return statSync(path).size
}

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
    writeCast(join(folder, 'driver.cast'), inline),
    writeCast(join(folder, 'navigator.cast'), fullScreen),
  ]
}

/** Moves the slider, and gives the milliseconds until both screens show that second. */
const seek = (page: Page, second: number): Promise<number> =>
  page.evaluate(
    async ([wanted, text]) => {
      const slider = document.querySelector<HTMLInputElement>('input[type=range]')
      if (!slider) throw new Error('there is no slider')
      const screens = Reflect.get(globalThis, 'duologueScreens') as Record<
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
