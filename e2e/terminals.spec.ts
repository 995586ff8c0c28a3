/** Terminals come back: after the window's process was killed every cell and mode is as it was. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { ElectronApplication, Page } from '@playwright/test'
import { expect, type Room, test } from './app'
import { killPage, shown } from './cells'
import { request, THEMES, wear } from './looks'
import { openNewest, PairWindow } from './pages'

const PROGRAM = resolve(__dirname, 'fixtures', 'rich-screen.mjs')
const KINDS = ['normal', 'alternate'] as const

const programSeat = (kind: string, folder: string) => ({
  agent: 'command',
  command: { name: `Rich ${kind}`, command: process.execPath, args: [PROGRAM, kind, folder] },
})

/** What the program noted; empty before its first note. */
const noted = (room: Room, kind: string, what: string): string => {
  const path = join(room.root, 'work', `${kind}.${what}`)
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}

/** Both programs up, their panes measured, and each has drawn all that it draws. */
const drawn = async (app: ElectronApplication, page: Page, room: Room): Promise<void> => {
  const folder = join(room.root, 'work')
  mkdirSync(folder)
  await request(page, 'pairs.start', {
    folder,
    intent: 'Show everything.',
    left: programSeat('normal', folder),
    right: programSeat('alternate', folder),
    rounds: 1,
  })
  await openNewest(page)
  const pair = new PairWindow(page, room.data)
  for (const side of ['left', 'right'] as const) await pair.shows(side, 'ready')
  await pair.until('seatReady', ({ seat }) => seat === 'right')
  // The first message finds a prompt that does not echo, so it is refused; after that nothing is typed any more.
  await pair.until('held')
  for (const kind of KINDS) {
    // What it prints before the page has measured stays as wide as it was.
    expect(noted(room, kind, 'sizes').trim().split('\n')).toHaveLength(1)
    const both = await shown(app)
    const size = both?.[kind === 'normal' ? 'left' : 'right'].size.join('x')
    await expect.poll(() => noted(room, kind, 'sizes').trim().split('\n').at(-1)).toBe(size)
    process.kill(Number(noted(room, kind, 'pid')), 'SIGUSR2')
    await expect.poll(() => noted(room, kind, 'drawn')).toBe('yes')
  }
  await expect.poll(async () => (await shown(app))?.left.title).toBe('✳ Mend the upload; quickly')
  await expect.poll(async () => (await shown(app))?.right.modes).toMatchObject({ origin: true })
}

test('the window’s process killed: both terminals are cell for cell what they were', async ({
  launch,
  room,
}) => {
  const { app, page } = await launch()
  await drawn(app, page, room)
  const before = await shown(app)
  if (!before) throw new Error('no terminals')
  const sizes = KINDS.map(kind => noted(room, kind, 'sizes'))

  const times: string[] = []
  for (const _ of [1, 2, 3]) {
    const { after, loadedMs, restoredMs, paintedMs } = await killPage(app, before, 20_000)
    expect(after).toEqual(before)
    times.push(
      `page loaded after ${loadedMs.toFixed(0)} ms, terminals restored after ${restoredMs.toFixed(0)} ms, painted after ${paintedMs.toFixed(0)} ms`,
    )
  }
  process.stdout.write(`${times.join('\n')}\n`)
  // The programs were not made to draw anew, and hold what a program would repaint with.
  expect(KINDS.map(kind => noted(room, kind, 'sizes'))).toEqual(sizes)
})

test('after a restart the last screens are shown as past, in their colours, until the programs draw again', async ({
  launch,
  room,
}, info) => {
  const first = await launch()
  await drawn(first.app, first.page, room)
  await first.app.close()

  const { app, page } = await launch()
  await openNewest(page)
  const past = page.getByRole('region', { name: 'Last screen of the navigator' })
  await expect(past.getByText('underline 3', { exact: true })).toHaveCSS('text-decoration', /underline wavy/)
  await expect(past.getByText('sgr 3', { exact: true })).toHaveCSS('font-style', 'italic')
  await expect(past.getByText('blue to the end')).toHaveCSS(
    'background-color',
    /^rgb\((34, 87, 184|122, 167, 240)\)$/,
  )
  for (const theme of THEMES) {
    await wear(page, theme)
    await info.attach(`past ${theme}`, { body: await page.screenshot(), contentType: 'image/png' })
    await page.screenshot({ path: info.outputPath(`past-${theme}.png`) })
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().include('.past').analyze()
    expect(
      violations.map(({ id }) => id),
      theme,
    ).toEqual([])
  }

  await page.getByRole('button', { name: 'Go on with this pair' }).first().click()
  const pair = new PairWindow(page, room.data)
  await pair.until('pairReopened')
  await expect.poll(async () => (await shown(app))?.left.normal.join('')).toContain('漢')
  const both = await shown(app)
  await page.screenshot({ path: info.outputPath('reopened.png') })
  // Dim, from what was on the alternate screen; 0x8000000: dim, 3 << 26 with colour 9 of 256: the curly underline.
  const cells = both?.right.normal.join('|').split('|') ?? []
  const curly = cells
    .filter(cell => cell.endsWith(` ${(3 << 26) + 0x2000009} `))
    // A narrower pane wraps the line in the middle of these words.
    .map(cell => cell.replace('↩', '')[0])
    .join('')
  expect(curly).toBe('curly red')
  for (const side of ['left', 'right'] as const)
    await pair.shows(side, /As it was at .*the agent is starting/s)
})
