/** The past of a pair, in the same window: both terminals, the board and the diff as they were. */
import type { Page } from '@playwright/test'
import { expect } from './app'
import { axeFindsNothing, THEMES, wear } from './looks'
import { type PairWindow, type Side, test } from './pages'

const SIDES: readonly Side[] = ['left', 'right']

/** A screen cell by cell, with colours and cursor; empty while it is not there. */
const cells = (page: Page, name: string): Promise<string> =>
  page.evaluate(which => {
    const screens = Reflect.get(globalThis, 'duologueScreens') as Record<string, (() => string) | undefined>
    return screens[`${which}.cells`]?.() ?? ''
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

const bar = (page: Page) => page.getByRole('region', { name: 'Replay' })
const tab = (page: Page, name: string) => page.getByRole('tab', { name }).click()

/** Opens the row of the handoff that asked for a review, and chooses its moment. */
const showFirstHandoff = async (pair: PairWindow): Promise<void> => {
  const row = pair.timeline.getByRole('article').filter({ hasText: 'Driver to navigator' }).first()
  await row.getByRole('button').first().click()
  await row.getByRole('button', { name: 'Show this moment' }).click()
}

test('an earlier handoff comes back cell for cell, and the agents go on meanwhile', async ({ pair }) => {
  const { page } = pair
  await pair.control('Pause').click()
  await pair.letGo()
  await pair.until('deliveryQueued', ({ kind }) => kind === 'handoff')
  const then = await atRest(page)
  await tab(page, 'Findings')
  await expect(page.getByText('No findings yet')).toBeVisible()
  await tab(page, 'Timeline')
  await pair.control('Resume').click()
  await pair.until('reviewed', ({ verdict }) => verdict === 'changes')
  await showFirstHandoff(pair)
  await expect(bar(page)).toBeVisible()
  for (const side of SIDES) await expect(page.getByTestId(`replayed-${side}`)).toBeVisible()
  await expect.poll(() => both(page, 'replay.')).toEqual(then)
})
