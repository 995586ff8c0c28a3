/** Plan first, the scope fence, a blind double review and the ends of a pair, as a person meets them in the window. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Room } from './app'
import { request } from './looks'
import { openNewest, PairWindow, test } from './pages'

const INTENT = 'Make slugify() handle accents and repeated separators; keep the API.'
const seat = { agent: 'practice', permissionMode: 'auto' }

/** A practice pair with terms of its own, begun over the window's bridge and opened from the list. */
const begin = async (
  launch: () => Promise<{ page: PairWindow['page'] }>,
  room: Room,
  terms: object,
): Promise<PairWindow> => {
  const { page } = await launch()
  const pair = new PairWindow(page, room.data)
  const start = { folder: null, intent: INTENT, left: seat, right: seat, rounds: 8, ...terms }
  expect(await request(page, 'pairs.start', start)).toMatchObject({ ok: true })
  await openNewest(page)
  return pair
}

test('a plan is reviewed, edited and approved by the human before any file is changed, and kept as PLAN.md', async ({
  launch,
  room,
}) => {
  const pair = await begin(launch, room, { planFirst: 'approved' })
  const { page } = pair
  await pair.until('held', ({ why }) => Reflect.get(Object(why), 'type') === 'planApproval')
  expect(pair.events('turnMeasured')).toEqual([])
  const plan = pair.events('planProposed').at(-1)
  const items = Object(plan?.items) as readonly { id: string; text: string }[]
  const first = items[0]
  const card = pair.inbox.getByRole('article', { name: /plan/i })
  await expect(card).toContainText(first?.text ?? 'a first item')

  await page.getByRole('tab', { name: 'Plan' }).click()
  const view = page.getByRole('tabpanel', { name: 'Plan' })
  await view.getByRole('button', { name: 'Edit' }).click()
  await view.getByRole('textbox', { name: `What item ${first?.id} does` }).fill('Fold accents, and say how.')
  await view.getByRole('textbox', { name: 'Why', exact: true }).fill('It must be documented.')
  await view.getByRole('button', { name: /Save as version/ }).click()
  await pair.until('planProposed', ({ seat: by }) => by === null)
  await expect(view).toContainText('It must be documented.')
  await expect(view.getByRole('region', { name: 'Versions' }).locator('ins').first()).toBeVisible()

  await view.getByRole('button', { name: 'Write PLAN.md' }).click()
  const folder = String(pair.events('pairStarted')[0]?.folder)
  await expect
    .poll(() => (existsSync(join(folder, 'PLAN.md')) ? readFileSync(join(folder, 'PLAN.md'), 'utf8') : ''))
    .toContain('Fold accents, and say how.')
  await view.getByRole('button', { name: 'Approve' }).click()
  await pair.until('planSettled', ({ by }) => by === 'human')
  const handoff = await pair.until('deliveryQueued', ({ text }) =>
    String(text).includes('The plan is settled.'),
  )
  expect(String(handoff.text)).toContain('by your human (changed because: It must be documented.)')
})

test('a file that the plan does not name is marked, and holds the pair before it agrees until the human accepts it', async ({
  launch,
  room,
}) => {
  const pair = await begin(launch, room, { planFirst: 'reviewed', holdUnplanned: true })
  const { page } = pair
  await pair.until('planSettled')
  // Whoever does it: a file comes that is in no item.
  writeFileSync(join(String(pair.events('pairStarted')[0]?.folder), 'notes.txt'), 'by the way\n')
  await pair.answer('Strip')
  await pair.until('held', ({ why }) => Reflect.get(Object(why), 'type') === 'unplanned')
  const card = pair.inbox.getByRole('article', { name: /no plan item names/ })
  await expect(card).toContainText('notes.txt')
  await expect(card).not.toContainText('src/slugify.js')
  const told = pair.events('deliveryQueued').filter(({ to }) => to === 'right')
  expect(told.some(({ text }) => /notes\.txt \+1 −0 \(unplanned\)/.test(String(text)))).toBe(true)
  await page.getByRole('tab', { name: 'Diff' }).click()
  await expect(page.getByRole('tabpanel', { name: 'Diff' }).getByText('unplanned').first()).toBeVisible()
  expect(pair.events('ended')).toEqual([])
  await card.getByRole('button', { name: /Accept/ }).click()
  await pair.until('ended', ({ reason }) => reason === 'agreed')
})

test('asked for by its command, the next review is a blind double one; the board tells who saw what', async ({
  launch,
  room,
}) => {
  const pair = await begin(launch, room, {})
  const { page } = pair
  await pair.until('turnStarted')
  await page.keyboard.press('Control+Shift+P')
  await page.getByRole('dialog', { name: 'All commands' }).getByRole('combobox').fill('double')
  await page.keyboard.press('Enter')
  await pair.until('doubleReviewRequested')
  await pair.answer('Strip')
  const review = await pair.until('reviewed', ({ by }) => by === 'both')
  const seen = (Object(review.findings) as readonly { seenBy: string }[]).map(({ seenBy }) => seenBy)
  expect(new Set(seen)).toEqual(new Set(['both', 'driver', 'navigator']))
  await page.getByRole('tab', { name: /^Findings/ }).click()
  const board = page.getByRole('tabpanel', { name: /Findings/ })
  await board.getByRole('radio', { name: 'Both' }).check()
  await expect(board.getByRole('article')).toHaveCount(seen.filter(by => by === 'both').length)
  await expect(board.getByRole('article').first()).toContainText('Both saw it')
})

test('a cap on minutes ends the pair between two turns, and says so', async ({ launch, room }) => {
  const pair = await begin(launch, room, { minutes: 0.05, rounds: 100 })
  await pair.until('turnStarted')
  await pair.control('Pause').click()
  const page = pair.page
  await pair.until('capReached', ({ cap }) => cap === 'minutes')
  await pair.answer('Strip')
  await pair.control('Resume').click()
  await pair.until('ended', ({ reason, detail }) => reason === 'cap' && detail === '0.05 minutes')
  await expect(page.getByRole('banner').getByRole('status')).toContainText('Ended at the cap')
})
