/**
 * How the window looks, in both themes and three sizes, against pictures that were looked at and kept. Fonts are drawn a
 * little differently elsewhere, so some pixels may differ: enough for that, too few for a part that moved. New pictures:
 * `npm run test:e2e -- looks.spec.ts --update-snapshots`.
 */
import type { Page } from '@playwright/test'
import { expect, type Room, screen, test } from './app'
import { storeCostPair } from './cost-pair'
import { resize, THEMES, wear } from './looks'
import { openNewest } from './pages'
import { storeScore } from './scored-pair'
import { recordScore } from './scored-screens'

const SIZES = [
  [1280, 800],
  [1920, 1080],
  [900, 600],
] as const

/** Of all pixels, and of a pixel's colour. */
const TOLERANCE = { maxDiffPixelRatio: 0.01, threshold: 0.3 }

interface Screen {
  readonly store?: (room: Room) => void
  readonly show: (page: Page) => Promise<void>
}

const SCREENS: Readonly<Record<string, Screen>> = {
  start: {
    show: page => expect(page.getByRole('button', { name: 'Try the practice pair' })).toBeVisible(),
  },
  found: {
    store: room => {
      storeScore(room)
      storeCostPair(room)
    },
    show: async page => {
      await page.getByRole('searchbox', { name: 'Search pairs' }).fill('upload')
      await expect(page.locator('mark').first()).toBeVisible()
    },
  },
  score: {
    show: async page => {
      await openNewest(page)
      await expect(page.getByRole('article').filter({ hasText: 'The end.' })).toBeVisible()
    },
  },
  handoff: {
    show: async page => {
      await openNewest(page)
      const row = page.getByRole('article').filter({ hasText: /^Navigator to driver, answered: changes/ })
      await row.getByRole('button').first().click()
      await expect(row.getByRole('list', { name: 'Delivery' })).toBeInViewport()
    },
  },
  findings: {
    show: async page => {
      await openNewest(page)
      await page.getByRole('tab', { name: 'Findings' }).click()
      await expect(page.getByRole('tabpanel', { name: 'Findings' })).toBeVisible()
    },
  },
  replay: {
    show: async page => {
      await openNewest(page)
      const row = page.getByRole('article').filter({ hasText: /^Navigator to driver, answered: changes/ })
      await row.getByRole('button').first().click()
      await row.getByRole('button', { name: 'Show this moment' }).click()
      await expect.poll(() => screen(page, 'replay.right')).toContain('submit_review')
    },
  },
  cost: {
    store: storeCostPair,
    show: async page => {
      await openNewest(page)
      await page.getByRole('banner').getByRole('button', { name: /tok/ }).click()
      await expect(page.getByRole('row', { name: /Codex/ })).toBeVisible()
    },
  },
}

const storeRecordedScore = (room: Room): void => recordScore(storeScore(room))

for (const [name, { store = storeRecordedScore, show }] of Object.entries(SCREENS))
  test(`${name} looks as it was looked at`, async ({ launch, room }) => {
    store(room)
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
