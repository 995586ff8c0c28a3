/** The score: what a person sees of a pair's timeline, and how they find their way in it. */
import { expect } from './app'
import { resize, THEMES, wear } from './looks'
import { PairWindow, test } from './pages'
import { storeScore } from './scored-pair'

const openStored = (page: PairWindow['page']): Promise<void> =>
  page
    .getByRole('navigation', { name: 'Pairs' })
    .getByRole('listitem')
    .first()
    .getByRole('button')
    .first()
    .click()

test('look', async ({ launch, room }, info) => {
  storeScore(room)
  const { app, page } = await launch()
  await openStored(page)
  const pair = new PairWindow(page, room.data)
  await expect(pair.timeline.getByRole('article').last()).toContainText('The end.')
  for (const size of [
    [1280, 800],
    [1920, 1080],
    [900, 600],
  ] as const) {
    await resize(app, page, size)
    for (const theme of THEMES) {
      await wear(page, theme)
      await page.screenshot({ path: info.outputPath(`end-${size.join('x')}-${theme}.png`) })
    }
    await pair.timeline.evaluate(box => box.scrollTo(0, 0))
    for (const theme of THEMES) {
      await wear(page, theme)
      await page.screenshot({ path: info.outputPath(`top-${size.join('x')}-${theme}.png`) })
    }
    await pair.timeline.evaluate(box => box.scrollTo(0, box.scrollHeight))
  }
})
