/** The composer, with the practice pair: what it takes, where it says that it lands, and that it lands there. */
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { expect } from './app'
import { axeFindsNothing } from './looks'
import { type PairWindow, test } from './pages'

const field = (pair: PairWindow): Locator => pair.composer.getByRole('textbox')
const folderOf = (pair: PairWindow): string => String(pair.events('pairStarted')[0]?.folder)
const steers = (pair: PairWindow): readonly string[] =>
  pair.events('deliveryQueued').flatMap(({ kind, text }) => (kind === 'steer' ? [String(text)] : []))
const aim = async (pair: PairWindow, to: 'Driver' | 'Navigator' | 'Both', when: 'Next handoff' | 'Now') => {
  await pair.composer.getByRole('radio', { name: to, exact: true }).check()
  await pair.composer.getByRole('radio', { name: when, exact: true }).check()
}
const landing = (pair: PairWindow): Locator => pair.composer.locator('#landing')
/** What the field itself says of where its text lands: a reader hears it too. */
const lands = (pair: PairWindow, words: string | RegExp): Promise<void> =>
  expect(field(pair)).toHaveAccessibleDescription(words)

test('several lines: Shift+Enter begins one, the field grows, Enter sends all', async ({ pair }) => {
  const { page } = pair
  await field(pair).click()
  const low = (await field(pair).boundingBox())?.height ?? 0
  await page.keyboard.type('Smaller steps.')
  await page.keyboard.press('Shift+Enter')
  await page.keyboard.press('Shift+Enter')
  await page.keyboard.type('And keep the API.')
  const high = await field(pair).boundingBox()
  expect(high?.height ?? 0).toBeGreaterThan(low + 20)
  // What waits for an answer is never under what is being written.
  const card = await pair.inbox.boundingBox()
  expect((card?.y ?? 0) + (card?.height ?? 0)).toBeLessThanOrEqual(high?.y ?? 0)
  expect(steers(pair)).toEqual([])
  await page.keyboard.press('Enter')
  await pair.until('deliveryQueued', ({ kind }) => kind === 'steer')
  expect(new Set(steers(pair))).toEqual(new Set(['Smaller steps.\n\nAnd keep the API.']))
  await expect(field(pair)).toHaveValue('')
})

test('@ offers files of the workspace, by keys alone, and knows what git ignores', async ({ pair }) => {
  const { page } = pair
  const folder = folderOf(pair)
  writeFileSync(join(folder, 'slugs with spaces.txt'), '')
  writeFileSync(join(folder, 'slug-secret.txt'), '')
  mkdirSync(join(folder, '.git/info'), { recursive: true })
  appendFileSync(join(folder, '.git/info/exclude'), 'slug-secret.txt\n')
  const files = page.getByRole('listbox', { name: 'Files' })
  await field(pair).click()
  await page.keyboard.type('Look at @slug')
  await expect(files).toBeVisible()
  const options = await files.getByRole('option').allTextContents()
  expect(options).toEqual(expect.arrayContaining(['slugify.jssrc', 'slugs with spaces.txt']))
  expect(options.join()).not.toContain('secret')
  await expect(field(pair)).toHaveAttribute('aria-controls', (await files.getAttribute('id')) ?? '')
  await axeFindsNothing(page, 'the composer with files offered')
  const chosen = () => files.getByRole('option', { selected: true })
  const first = await chosen().textContent()
  await page.keyboard.press('ArrowDown')
  await expect(chosen()).not.toHaveText(first ?? '')
  await expect(field(pair)).toHaveAttribute(
    'aria-activedescendant',
    (await chosen().getAttribute('id')) ?? '',
  )
  await page.keyboard.press('ArrowUp')
  await page.keyboard.type('ify.js')
  await expect(chosen()).toHaveText('slugify.jssrc')
  await page.keyboard.press('Enter')
  await expect(field(pair)).toHaveValue('Look at @src/slugify.js ')
  await page.keyboard.type('and @spaces')
  await expect(chosen()).toHaveText('slugs with spaces.txt')
  await page.keyboard.press('Tab')
  await expect(field(pair)).toHaveValue('Look at @src/slugify.js and @"slugs with spaces.txt" ')
  await page.keyboard.type('not a@slug but @slug')
  await expect(files).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(files).toBeHidden()
  await expect(field(pair)).toBeFocused()
  expect(steers(pair)).toEqual([])
})

/** As the system drops files on a page: with their paths, which a script cannot make up. */
const dropFiles = async (page: Page, on: Locator, files: readonly string[]): Promise<void> => {
  const box = await on.boundingBox()
  if (!box) throw new Error('nowhere to drop')
  const cdp = await page.context().newCDPSession(page)
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  const data = { items: [], files: [...files], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await cdp.send('Input.dispatchDragEvent', { type, ...at, data })
  await cdp.detach()
}

test('a dropped file is named by its path: of the workspace from there, any other whole', async ({
  pair,
  room,
}) => {
  const outside = join(room.root, 'log.txt')
  writeFileSync(outside, 'x')
  await field(pair).fill('See')
  await dropFiles(pair.page, field(pair), [join(folderOf(pair), 'src', 'slugify.js'), outside])
  await expect(field(pair)).toHaveValue(`See @src/slugify.js @${outside} `)
  expect(steers(pair)).toEqual([])
})

test('↑ in an empty field brings back what was said, and a draft is left alone', async ({ pair }) => {
  const { page } = pair
  for (const text of ['First.', 'Second.']) {
    await field(pair).fill(text)
    await field(pair).press('Enter')
    await expect(field(pair)).toHaveValue('')
  }
  const walk = ['ArrowUp:Second.', 'ArrowUp:First.', 'ArrowUp:First.', 'ArrowDown:Second.', 'ArrowDown:']
  for (const step of walk) {
    const [key = '', value = ''] = step.split(':')
    await page.keyboard.press(key)
    await expect(field(pair)).toHaveValue(value)
  }
  // What was brought back and sent by the button is the newest again.
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowUp')
  await pair.composer.getByRole('button', { name: /^Send/ }).click()
  await expect.poll(() => steers(pair).filter(text => text === 'First.')).toHaveLength(4)
  await field(pair).press('ArrowUp')
  await expect(field(pair)).toHaveValue('First.')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.type('A draft')
  await page.keyboard.press('ArrowUp')
  await expect(field(pair)).toHaveValue('A draft')
  // A draft waits while another screen is looked at.
  await page.getByRole('button', { name: 'All pairs' }).click()
  await page.getByRole('navigation', { name: 'Pairs' }).getByRole('listitem').getByRole('button').click()
  await expect(field(pair)).toHaveValue('A draft')
})

test('a canned steer is put into the text by menu or key, changed in the settings, and never sent by itself', async ({
  pair,
}) => {
  const { page } = pair
  await field(pair).fill('By the way.')
  await page.keyboard.press('Control+Shift+P')
  await page.getByRole('dialog', { name: 'All commands' }).getByRole('combobox').fill('canned')
  await page.keyboard.press('Enter')
  const menu = page.getByRole('menu', { name: 'Canned steers' })
  await expect(menu.getByRole('menuitem').first()).toBeFocused()
  await axeFindsNothing(page, 'the canned steers')
  await menu.getByRole('menuitem').first().focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(field(pair)).toHaveValue(/^By the way\.\nStay in scope/)
  await expect(field(pair)).toBeFocused()
  await field(pair).fill('')
  await page.keyboard.press('Alt+Digit1')
  await expect(field(pair)).toHaveValue(/^Take smaller steps/)
  expect(steers(pair)).toEqual([])

  await page.keyboard.press('Control+,')
  const settings = page.getByRole('dialog', { name: 'Settings' })
  await settings.getByRole('textbox', { name: 'Canned steer 1', exact: true }).fill('Write a test first.')
  await settings.getByRole('button', { name: 'Remove canned steer 2' }).click()
  await axeFindsNothing(page, 'the settings with canned steers')
  await settings.getByRole('button', { name: 'Done' }).click()
  await field(pair).fill('')
  await page.keyboard.press('Alt+Digit1')
  await expect(field(pair)).toHaveValue('Write a test first.')

  // What was asked for once is not done again when the pair is shown anew.
  await page.getByRole('button', { name: 'All pairs' }).click()
  await page.getByRole('navigation', { name: 'Pairs' }).getByRole('listitem').getByRole('button').click()
  await expect(field(pair)).toHaveValue('Write a test first.')
  await expect(menu).toHaveCount(0)
  await expect(field(pair)).not.toBeFocused()
})

test('where it lands is said before, and so it happens: now', async ({ pair }) => {
  await aim(pair, 'Driver', 'Now')
  await lands(pair, 'Lands when what Practice agent (driver) asks is answered')
  await aim(pair, 'Navigator', 'Now')
  await lands(pair, 'Lands now, and begins a turn of Practice agent (navigator)')
  await field(pair).fill('wait')
  await field(pair).press('Enter')
  const begun = await pair.until('deliverySending', ({ mode }) => mode === 'message')
  expect(pair.events('deliveryQueued').find(({ id }) => id === begun.id)?.text).toBe('wait')
  await pair.until('turnStarted', ({ seat }) => seat === 'right')
  await lands(pair, 'Lands now, between steps of Practice agent (navigator)')
  await field(pair).fill('Smaller steps, please.')
  await field(pair).press('Enter')
  const steered = await pair.until('deliverySending', ({ mode }) => mode === 'steer')
  await pair.until('deliveryAccepted', ({ id }) => id === steered.id)
  expect(pair.events('turnStarted').filter(({ seat }) => seat === 'right')).toHaveLength(1)
  await pair.drawn('right', 'Smaller steps, please.')
})

test('where it lands is said before, and so it happens: with the next handoff, and when it is resumed', async ({
  pair,
}) => {
  await aim(pair, 'Navigator', 'Next handoff')
  await lands(pair, 'Lands with the next handoff to Practice agent (navigator)')
  await field(pair).fill('Mind the empty string.')
  await field(pair).press('Enter')
  const next = await pair.until('deliveryQueued', ({ text }) => text === 'Mind the empty string.')
  await pair.control('Pause').click()
  await aim(pair, 'Driver', 'Now')
  await lands(pair, 'Lands when you resume')
  await pair.letGo()
  const handoff = await pair.until('deliveryQueued', ({ kind }) => kind === 'handoff')
  await aim(pair, 'Navigator', 'Next handoff')
  await lands(pair, 'Lands with the handoff that waits for Practice agent (navigator), when you resume')
  await field(pair).fill('And the long one.')
  await field(pair).press('Enter')
  const second = await pair.until('deliveryQueued', ({ text }) => text === 'And the long one.')
  expect(pair.events('deliverySending').map(({ id }) => id)).not.toContain(handoff.id)
  await pair.control('Resume').click()
  const sent = await pair.until('deliverySending', ({ id }) => id === handoff.id)
  expect(sent.carries).toEqual([next.id, second.id])
  await pair.drawn('right', 'And the long one.')
})

test('a waiting handoff opens in the composer; what arrives is the edit, what was first written is kept', async ({
  pair,
}) => {
  const { page } = pair
  await field(pair).fill('A draft of mine')
  await pair.control('Pause').click()
  await pair.letGo()
  const handoff = await pair.until('deliveryQueued', ({ kind }) => kind === 'handoff')
  const row = pair.timeline.getByRole('article').filter({ hasText: /waits/i }).last()
  await row.getByRole('button').first().click()
  await row.getByRole('button', { name: 'Edit' }).click()
  const editor = pair.composer.getByRole('textbox', { name: 'Edit the waiting message' })
  await expect(editor).toBeFocused()
  await expect(editor).toHaveValue(String(handoff.text))
  await expect(landing(pair)).toContainText('What was first written is kept')
  await editor.press('Control+Home')
  await page.keyboard.type('Begin with @slugify.js')
  await expect(page.getByRole('listbox', { name: 'Files' })).toBeVisible()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  const edited = await pair.until('deliveryEdited', ({ id }) => id === handoff.id)
  expect(edited.text).toBe(`Begin with @src/slugify.js ${handoff.text}`)
  await expect(field(pair)).toHaveValue('A draft of mine')
  await pair.control('Resume').click()
  await pair.until('deliveryAccepted', ({ id }) => id === handoff.id)
  await pair.drawn('right', 'Begin with @src/slugify.js')
  expect(pair.events('deliveryQueued').find(({ id }) => id === handoff.id)?.text).toBe(handoff.text)
})
