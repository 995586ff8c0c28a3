/** The past of a pair, in the same window: both terminals, the board and the diff as they were. */
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect } from './app'
import { axeFindsNothing, resize, THEMES, wear } from './looks'
import { PairWindow, type Side, test } from './pages'

const SIDES: readonly Side[] = ['left', 'right']

/** A screen cell by cell, with colours and cursor; empty while it is not there. */
const cells = (page: Page, name: string): Promise<string> =>
  page.evaluate(which => {
    const screens = (Reflect.get(globalThis, 'duologueScreens') ?? {}) as Record<
      string,
      { cells(): string } | undefined
    >
    return screens[which]?.cells() ?? ''
  }, name)

const both = async (page: Page, prefix = ''): Promise<readonly string[]> =>
  Promise.all(SIDES.map(side => cells(page, prefix + side)))

/** Both screens when they have stopped changing: nothing new in half a second. */
const atRest = async (page: Page): Promise<readonly string[]> => {
  let before: readonly string[] = []
  await expect
    .poll(
      async () => {
        const now = await both(page)
        const same = now[0] !== '' && now.every((each, index) => each === before[index])
        before = now
        return same
      },
      { message: 'both screens are at rest', intervals: [500] },
    )
    .toBe(true)
  return before
}

const bar = (page: Page) => page.getByRole('region', { name: 'Replay', exact: true })
const tab = (page: Page, name: string) => page.getByRole('tab', { name }).click()

/** Opens the row of the handoff that asked for a review, and chooses its moment. */
const showFirstHandoff = async (pair: PairWindow): Promise<void> => {
  const row = pair.timeline.getByRole('article').filter({ hasText: 'Driver to navigator' }).first()
  const face = row.getByRole('button').first()
  if ((await face.getAttribute('aria-expanded')) === 'false') await face.click()
  await row.getByRole('button', { name: 'Show this moment' }).click()
}

const slider = (page: Page) => page.getByRole('slider', { name: 'Moment of the replay' })

/** How often the two programs were given another size. */
const resizes = (pair: PairWindow): number =>
  ['driver', 'navigator'].reduce((sum, name) => {
    const cast = join(pair.data, 'pairs', String(pair.events('pairStarted')[0]?.pair), `${name}.cast`)
    return (
      sum +
      readFileSync(cast, 'utf8')
        .split('\n')
        .filter(line => line.includes(',"r",')).length
    )
  }, 0)

/** Up to the first handoff, which waits; then both screens as they are, and on until the navigator wants changes. */
const throughFirstRound = async (pair: PairWindow): Promise<readonly string[]> => {
  await pair.control('Pause').click()
  await pair.letGo()
  await pair.until('deliveryQueued', ({ kind }) => kind === 'handoff')
  const then = await atRest(pair.page)
  await pair.control('Resume').click()
  await pair.until('reviewed', ({ verdict }) => verdict === 'changes')
  return then
}

test('an earlier handoff comes back cell for cell, and the agents go on meanwhile', async ({ pair }) => {
  const { page } = pair
  const then = await throughFirstRound(pair)
  const before = resizes(pair)
  await showFirstHandoff(pair)
  await expect(bar(page)).toBeVisible()
  for (const side of SIDES) await expect(page.getByTestId(`replayed-${side}`)).toBeVisible()
  await expect.poll(() => both(page, 'replay.')).toEqual(then)

  await expect(pair.timeline.locator('[aria-current="time"]')).toContainText('Driver to navigator')

  // The board of that moment: the review came after.
  await tab(page, 'Findings')
  await expect(page.getByText('No findings yet')).toBeVisible()
  await tab(page, 'Timeline')
  await expect(pair.timeline.getByRole('article', { name: /^Review by/ }).first()).toBeVisible()

  // The agents have gone on to the end, and nothing of that has touched what is shown.
  await pair.until('ended', ({ reason }) => reason === 'agreed')
  expect(await both(page, 'replay.')).toEqual(then)
  await bar(page).getByRole('button', { name: 'Live' }).click()
  await expect(bar(page)).toBeHidden()
  for (const side of SIDES) await expect(page.getByTestId(`replayed-${side}`)).toHaveCount(0)
  const live = await atRest(page)
  expect(live).not.toEqual(then)
  expect(resizes(pair)).toBe(before)
  // The host's mirror is what a window that is opened anew shows.
  await page.reload()
  await expect.poll(() => both(page)).toEqual(live)
  await tab(page, 'Findings')
  await expect(page.getByText('No findings yet')).toBeHidden()
})

test('a replay plays on to the present, and types nothing', async ({ pair }) => {
  const { page } = pair
  await throughFirstRound(pair)
  await pair.until('ended', ({ reason }) => reason === 'agreed')
  const live = await atRest(page)
  await showFirstHandoff(pair)
  await expect.poll(() => both(page, 'replay.')).not.toContain('')
  await page.getByTestId('replayed-left').click()
  await page.keyboard.type('crash')
  await expect(page.getByText('This is a replay: what you type goes nowhere.')).toBeVisible()
  const before = await slider(page).getAttribute('aria-valuetext')
  await slider(page).press('Home')
  await expect(slider(page)).not.toHaveAttribute('aria-valuetext', before ?? '')
  await expect(bar(page).getByRole('button', { name: 'Previous handoff' })).toHaveAttribute(
    'aria-disabled',
    'true',
  )
  await bar(page).getByRole('button', { name: '16 times the speed' }).click()
  await bar(page).getByRole('button', { name: 'Play', exact: true }).click()
  await expect(bar(page)).toBeHidden({ timeout: 60_000 })
  expect(await atRest(page)).toEqual(live)
  expect(pair.events('seatExited')).toEqual([])
})

test('a past pair is replayed the same way, also when its keyframes are lost', async ({ launch, room }) => {
  const first = await launch()
  const pair = new PairWindow(first.page, room.data)
  await pair.startPractice()
  const then = await throughFirstRound(pair)
  await pair.until('ended', ({ reason }) => reason === 'agreed')
  const last = await atRest(first.page)
  await first.app.close()
  const folder = join(room.data, 'pairs', String(pair.events('pairStarted')[0]?.pair))

  const second = await launch()
  const { page } = second
  const past = new PairWindow(page, room.data)
  const open = () =>
    page
      .getByRole('navigation', { name: 'Pairs' })
      .getByRole('listitem')
      .first()
      .getByRole('button')
      .first()
      .click()
  await open()
  await showFirstHandoff(past)
  await expect.poll(() => both(page, 'replay.')).toEqual(then)
  await tab(page, 'Diff')
  // One file by then; its tests came later.
  const diff = page.getByRole('tabpanel', { name: 'Diff' })
  await expect(diff).toContainText('src/slugify.js')
  await expect(diff).toContainText('1 file')
  await slider(page).press('End')
  await expect.poll(() => both(page, 'replay.')).toEqual(last)
  await expect(diff).toContainText('2 files')
  await bar(page).getByRole('button', { name: 'Close replay' }).click()
  await expect(bar(page)).toBeHidden()

  for (const side of ['driver', 'navigator']) rmSync(join(folder, `${side}.keys`))
  await tab(page, 'Timeline')
  await showFirstHandoff(past)
  await expect.poll(() => both(page, 'replay.')).toEqual(then)
  await bar(page).getByRole('button', { name: '16 times the speed' }).click()
  await bar(page).getByRole('button', { name: 'Play', exact: true }).click()
  await expect.poll(() => both(page, 'replay.')).toEqual(last)
  await expect(bar(page).getByRole('button', { name: 'Play', exact: true })).toBeVisible()
})

test('axe finds nothing in a replay', async ({ launch, room }) => {
  const { app, page } = await launch()
  const pair = new PairWindow(page, room.data)
  await pair.startPractice()
  await throughFirstRound(pair)
  await pair.until('ended', ({ reason }) => reason === 'agreed')
  await showFirstHandoff(pair)
  await expect.poll(() => both(page, 'replay.')).not.toContain('')
  await axeFindsNothing(page, 'a replay')
  for (const theme of THEMES) {
    await wear(page, theme)
    await page.screenshot({ path: test.info().outputPath(`replay-${theme}.png`) })
  }
  await resize(app, page, [760, 560])
  await expect(bar(page).getByRole('button', { name: 'Live' })).toBeInViewport({ ratio: 1 })
  await page.screenshot({ path: test.info().outputPath('replay-narrow.png') })
})
