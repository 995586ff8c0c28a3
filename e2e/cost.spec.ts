/** What a pair has used, at a glance: by the agents' own figures, the same after a restart; and a provider's limit. */
import { resolve } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test as room } from './app'
import { storeCostPair } from './cost-pair'
import { axeFindsNothing, resize, THEMES, wear } from './looks'
import { openNewest, PairWindow, test } from './pages'

/** A folder for pictures to be looked at; none are taken in an ordinary run. */
const PICTURES = process.env.DUOLOGUE_SCREENSHOTS_IN
const SIZES = [
  [1280, 800],
  [900, 600],
] as const

const cost = (page: Page) => page.getByRole('banner').getByRole('button', { name: /tok/ })
const panel = (page: Page) => page.getByRole('dialog', { name: 'What this pair has used' })
const pane = (page: Page, role: 'Driver' | 'Navigator') => page.getByRole('region', { name: `${role}:` })

interface Figures {
  readonly inputTokens: number
  readonly cachedTokens: number
  readonly outputTokens: number
}

/** What both seats told last, without what came from their caches. */
const told = (pair: PairWindow): number => {
  const last = (['left', 'right'] as const).map(
    seat =>
      pair
        .events('usageReported')
        .filter(event => event.seat === seat)
        .at(-1)?.usage as Figures,
  )
  return last.reduce(
    (all, { inputTokens, cachedTokens, outputTokens }) => all + inputTokens - cachedTokens + outputTokens,
    0,
  )
}

/** As the window writes numbers of this size. */
const short = (tokens: number): string => `${(tokens / 1_000).toFixed(1)}k tok`

test('the practice pair’s tokens stand in bar, panes and rows, and again right after a restart', async ({
  launch,
  room: { data },
}) => {
  const first = await launch()
  const pair = new PairWindow(first.page, data)
  await pair.startPractice()
  await pair.letGo()
  await pair.until('reviewed', ({ verdict }) => verdict === 'changes')
  await pair.until('ended', ({ reason }) => reason === 'agreed')
  const total = short(told(pair))
  await expect(cost(pair.page)).toHaveText(total)
  const driver = pane(pair.page, 'Driver')
  await expect(driver.getByRole('meter', { name: 'Driver’s context' })).toHaveAttribute(
    'aria-valuetext',
    /^\d.* of 16k tokens, \d+% left$/,
  )
  const before = await driver.locator('.seat-cost').textContent()

  await first.app.close()
  const again = await launch()
  await openNewest(again.page)
  await expect(cost(again.page)).toHaveText(total)
  await expect(pane(again.page, 'Driver').locator('.seat-cost')).toHaveText(String(before))
  const row = new PairWindow(again.page, data).timeline
    .getByRole('article')
    .filter({ hasText: /Review/ })
    .first()
  await row.getByRole('button').first().click()
  await expect(row.getByText(/^[\d,.]+$/).first()).toBeVisible()
  await expect(row.getByText('Cost', { exact: true })).toHaveCount(0)
})

room('money and context where they are told, and the cap that is nearest', async ({ launch, room }) => {
  storeCostPair(room)
  const { app, page } = await launch()
  await openNewest(page)
  await expect(cost(page)).toHaveText(/85k tok.*\$0\.42.*84% of tokens/)
  await expect(page.getByRole('meter', { name: 'Nearest cap: tokens' })).toHaveAttribute(
    'aria-valuetext',
    '85k of 100k tokens',
  )
  await expect(pane(page, 'Driver')).toContainText('34k tok · $0.42')
  await expect(pane(page, 'Driver')).toContainText('31k context')
  await expect(pane(page, 'Driver').getByRole('meter')).toHaveCount(0)
  await expect(pane(page, 'Navigator')).toContainText('75% left')
  await expect(pane(page, 'Navigator')).not.toContainText('$')

  await cost(page).click()
  await expect(panel(page).getByRole('row', { name: /opencode/ })).toContainText(/30k.*60k.*4\.0k.*\$0\.42/)
  await expect(panel(page).getByRole('row', { name: /Codex/ })).toContainText('not told')
  await expect(panel(page).getByText('0 of 10 rounds over')).toBeVisible()
  await expect(panel(page).getByText('no cap')).toBeVisible()
  for (const size of SIZES) {
    await resize(app, page, size)
    await axeFindsNothing(page, `cost panel, ${size.join(' × ')}`)
    for (const theme of PICTURES ? THEMES : []) {
      await wear(page, theme)
      await page.screenshot({ path: resolve(PICTURES ?? '', `cost-${size.join('x')}-${theme}.png`) })
    }
  }
  await page.keyboard.press('Escape')
  await expect(panel(page)).toHaveCount(0)
  await expect(cost(page)).toBeFocused()

  // Where the bar has no room for figures, its command shows them.
  await resize(app, page, [760, 560])
  await expect(cost(page)).toBeHidden()
  await page.keyboard.press('Control+Shift+P')
  await page.getByRole('dialog', { name: 'All commands' }).getByRole('combobox').fill('has used')
  await page.keyboard.press('Enter')
  await expect(panel(page)).toBeInViewport({ ratio: 1 })
  await page.keyboard.press('Escape')
  await expect(panel(page)).toHaveCount(0)

  await resize(app, page, SIZES[0])
  const turn = page.getByRole('article').filter({ hasText: 'The upload is cheaper.' }).first()
  await turn.getByRole('button').first().click()
  await expect(turn.getByText('34,000')).toBeVisible()
  await expect(turn.getByText('$0.42')).toBeVisible()
})

test('a limit holds the pair and says when; let go on by itself, it does then', async ({ pair }) => {
  await pair.allow()
  await pair.inbox.getByRole('radio', { name: 'Strip' }).waitFor()
  await pair.steer('limit 20', 'Driver', 'Now')
  await pair.answer('Strip')
  const { why } = await pair.until('held')
  expect(why).toMatchObject({ type: 'quota', seat: 'left', detail: expect.stringContaining('limit') })
  const card = pair.inbox.getByRole('article', { name: 'Practice agent has reached its limit' })
  await expect(card).toContainText(/it can go on at .*\d\d:\d\d/)
  await card.getByRole('button', { name: /^Go on at .*\d\d:\d\d/ }).click()
  await expect(card).toContainText(/goes on by itself at .*\d\d:\d\d/)
  const held = pair.events('held')[0]?.seq
  const over = await pair.until('limitOver')
  expect(pair.events('turnStarted').filter(({ seq }) => seq > Number(held) && seq < over.seq)).toEqual([])
  await pair.until('turnStarted', ({ seq, seat }) => seat === 'left' && seq > over.seq)
  await expect(card).toHaveCount(0)
})

test('over a restart the limit and the time stand; nothing goes on by itself', async ({
  launch,
  room: { data },
}) => {
  const first = await launch()
  const pair = new PairWindow(first.page, data)
  await pair.startPractice()
  await pair.allow()
  await pair.inbox.getByRole('radio', { name: 'Strip' }).waitFor()
  await pair.steer('limit 7200', 'Driver', 'Now')
  await pair.answer('Strip')
  const { resetsAt } = (await pair.until('held')).why as { resetsAt: string }
  expect(Date.parse(resetsAt)).toBeGreaterThan(Date.now())
  await first.app.close()

  const { app, page } = await launch()
  const again = new PairWindow(page, data)
  await openNewest(page)
  await page.getByRole('button', { name: 'Go on with this pair' }).first().click()
  await again.until('pairReopened')
  await again.control('Resume').click()
  const card = again.inbox.getByRole('article', { name: 'Practice agent has reached its limit' })
  await expect(card.getByRole('button', { name: /^Go on at/ })).toBeVisible()
  for (const size of PICTURES ? SIZES : []) {
    await resize(app, page, size)
    for (const theme of THEMES) {
      await wear(page, theme)
      await page.screenshot({ path: resolve(PICTURES ?? '', `limit-${size.join('x')}-${theme}.png`) })
    }
  }
  const reopened = Number(again.events('pairReopened')[0]?.seq)
  expect(again.events('deliverySending').filter(({ seq }) => seq > reopened)).toEqual([])
  await card.getByRole('button', { name: 'Go on now' }).click()
  await again.until('turnStarted', ({ seq }) => seq > reopened)
})
