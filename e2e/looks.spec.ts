/**
 * How the window looks, in both themes and three sizes, against pictures that were looked at and kept. Fonts are drawn a
 * little differently elsewhere, so some pixels may differ: enough for that, too few for a part that moved. New pictures:
 * `npm run test:e2e -- looks.spec.ts --update-snapshots`.
 */
import type { Page } from '@playwright/test'
import { expect, test } from './app'
import { resize, THEMES, wear } from './looks'
import { openNewest } from './pages'
import { storeScore } from './scored-pair'

const SIZES = [
  [1280, 800],
  [1920, 1080],
  [900, 600],
] as const

/** Of all pixels, and of a pixel's colour. */
const TOLERANCE = { maxDiffPixelRatio: 0.01, threshold: 0.3 }

const tab = (page: Page, name: string): Promise<void> => page.getByRole('tab', { name }).click()

const SCREENS: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  start: async page => {
    await expect(page.getByRole('button', { name: 'Try the practice pair' })).toBeVisible()
  },
  score: async page => {
    await openNewest(page)
    await expect(page.getByRole('article').filter({ hasText: 'The end.' })).toBeVisible()
  },
  handoff: async page => {
    await openNewest(page)
    const row = page.getByRole('article').filter({ hasText: /^Navigator to driver, answered: changes/ })
    await row.getByRole('button').first().click()
    await expect(row.getByRole('list', { name: 'Delivery' })).toBeInViewport()
  },
  findings: async page => {
    await openNewest(page)
    await tab(page, 'Findings')
    await expect(page.getByRole('tabpanel', { name: 'Findings' })).toBeVisible()
  },
}

for (const [name, show] of Object.entries(SCREENS))
  test(`${name} looks as it was looked at`, async ({ launch, room }) => {
    storeScore(room)
    const { app, page } = await launch({ TZ: 'UTC' })
    await show(page)
    for (const size of SIZES) {
      await resize(app, page, size)
      for (const theme of THEMES) {
        await wear(page, theme)
        await page.mouse.move(0, 0)
        // The first one that differs does not hide the others.
        await expect
          .soft(page)
          .toHaveScreenshot(`${name}-${size.join('x')}-${theme}.png`, { ...TOLERANCE, caret: 'hide' })
      }
    }
  })
