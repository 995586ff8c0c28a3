/** How the window looks: its themes, its size, and what axe says of it. */
import AxeBuilder from '@axe-core/playwright'
import type { ElectronApplication, Page } from '@playwright/test'
import { expect, test } from './app'

type Theme = 'dark' | 'light'
export const THEMES: readonly Theme[] = ['dark', 'light']

export const request = (
  page: Page,
  name: string,
  input: unknown,
): Promise<{ ok: boolean; value?: unknown }> =>
  page.evaluate(([to, what]) => Reflect.get(globalThis, 'duologue').request(to, what), [name, input] as const)

export const wear = async (page: Page, theme: Theme): Promise<void> => {
  await request(page, 'settings.set', { theme })
  await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
}

export const resize = async (
  app: ElectronApplication,
  page: Page,
  size: readonly [number, number],
): Promise<void> => {
  await app.evaluate(({ BrowserWindow }, [width, height]) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(width, height)
  }, size)
  await expect.poll(() => page.evaluate(() => [innerWidth, innerHeight])).toEqual(size)
}

/** The themes differ in their colours alone, so the second is asked for those. */
export const axeFindsNothing = (page: Page, place: string): Promise<void> =>
  test.step(place, async () => {
    for (const theme of THEMES) {
      await wear(page, theme)
      // Colours change in a moment; a colour on its way has another contrast.
      await page.evaluate(() =>
        Promise.all(document.getAnimations().map(each => each.finished.catch(() => null))),
      )
      const axe = new AxeBuilder({ page }).setLegacyMode().exclude('.xterm')
      const { violations, passes } = await (theme === 'dark'
        ? axe
        : axe.withRules('color-contrast')
      ).analyze()
      expect(passes.length).toBeGreaterThan(0)
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
      expect(found, `${place}, ${theme}`).toEqual([])
    }
  })
