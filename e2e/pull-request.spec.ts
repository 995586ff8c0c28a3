/** From what a pair agreed on to a draft pull request and to issues: nothing leaves the machine before the click. */
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { PAIR, storeAgreedPair } from './agreed-pair'
import { expect, test } from './app'
import { axeFindsNothing } from './looks'
import { PairWindow } from './pages'

const openPair = async (page: Page): Promise<void> => {
  const pairs = page.getByRole('navigation', { name: 'Pairs' })
  await pairs.getByRole('button', { name: /Fix the flaky upload/ }).click()
  await expect(page.getByRole('heading', { name: 'Fix the flaky upload.' })).toBeVisible()
}
const openDialog = async (page: Page): Promise<Locator> => {
  await page.getByRole('toolbar', { name: 'Pair' }).getByRole('button', { name: 'Create draft PR' }).click()
  return page.getByRole('dialog', { name: 'Create draft PR' })
}
const create = (dialog: Locator) => dialog.getByRole('button', { name: /^Create draft PR/ })

test('nothing is pushed before the click; then the branch is pushed and gh gets what the human read', async ({
  launch,
  room,
}) => {
  const agreed = storeAgreedPair(room)
  const before = agreed.refs()
  expect(before).not.toContain('fix/upload')
  const { page } = await launch()
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await openPair(page)
  const dialog = await openDialog(page)
  await expect(dialog).toContainText('Pushes fix/upload to origin and creates a draft')
  await expect(create(dialog)).not.toHaveAttribute('aria-disabled')
  const text = dialog.getByRole('textbox', { name: 'Text, as Markdown' })
  await expect(dialog.getByRole('textbox', { name: 'Title' })).toHaveValue('Fix the flaky upload.')
  for (const part of [
    ...['> Keep the public API.', '**passed** · `npm test`', 'Clear the timer on abort'],
    ...['**fixed** by Claude Code', '**rejected** by Claude Code: The caller does.'],
    ...['Approved the plan, version 1.', 'Dismissed finding 1.5: It is right.'],
    ...['The option is not documented.', 'Claude Code (driver) and Codex (navigator), 2 rounds'],
  ])
    await expect(text).toHaveValue(new RegExp(part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
  await axeFindsNothing(page, 'draft pull request')
  await dialog.getByRole('textbox', { name: 'Title' }).fill('Clear the upload’s timer')
  await text.fill('My own words.\n')
  expect(agreed.refs()).toBe(before)
  expect(existsSync(agreed.args)).toBe(false)

  await create(dialog).click()
  await expect(dialog).toContainText('https://github.com/o/r/pull/7')
  expect(agreed.refs()).toContain(`refs/heads/fix/upload ${agreed.git('rev-parse', 'HEAD').trim()}`)
  expect(readFileSync(agreed.args, 'utf8')).toContain('--draft\n--title\nClear the upload’s timer\n')
  expect(readFileSync(agreed.body, 'utf8')).toBe('My own words.\n')
  await axeFindsNothing(page, 'draft that is there')
  await dialog.getByRole('button', { name: 'Done' }).click()

  const pair = new PairWindow(page, room.data)
  await pair.until('pullRequestDrafted', ({ url }) => url === 'https://github.com/o/r/pull/7')
  await expect(pair.timeline.getByText('You created a draft pull request').first()).toBeAttached()
  await expect(page.getByRole('button', { name: 'Open draft PR' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Create draft PR' })).toHaveCount(0)
})

test('what is in the way is said with what to do, and the look can be taken again', async ({
  launch,
  room,
}) => {
  const agreed = storeAgreedPair(room)
  writeFileSync(join(agreed.repo, 'notes.txt'), 'mine')
  const { page } = await launch()
  await openPair(page)
  const dialog = await openDialog(page)
  const problems = dialog.getByRole('region', { name: 'What is in the way' })
  await expect(problems).toHaveText(
    'There is uncommitted work. Commit it first; Duologue commits nothing for you.',
  )
  await expect(create(dialog)).toHaveAttribute('aria-disabled', 'true')
  await create(dialog).click({ force: true })
  rmSync(join(agreed.repo, 'notes.txt'))
  await dialog.getByRole('button', { name: 'Look again' }).click()
  await expect(create(dialog)).not.toHaveAttribute('aria-disabled')
  expect(agreed.refs()).not.toContain('fix/upload')
})

test('without gh there are the text and the commands, and nothing is pushed', async ({ launch, room }) => {
  const agreed = storeAgreedPair(room)
  agreed.dropGh()
  const { app, page } = await launch()
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await openPair(page)
  const dialog = await openDialog(page)
  await expect(dialog).toContainText('“gh” was not found')
  await expect(create(dialog)).toHaveAttribute('aria-disabled', 'true')
  const file = join(room.data, 'pairs', PAIR, 'pull-request.md')
  const byHand = dialog.getByRole('region', { name: 'By hand' })
  await expect(byHand).toContainText('git push --set-upstream origin fix/upload')
  await expect(byHand).toContainText(`--body-file ${file}`)
  await axeFindsNothing(page, 'draft pull request without gh')
  await dialog.getByRole('textbox', { name: 'Title' }).fill('Mine')
  await dialog.getByRole('textbox', { name: 'Text, as Markdown' }).fill('My own words.\n')
  await byHand.getByRole('button', { name: 'Save text and copy commands' }).click()
  const copied = () => app.evaluate(({ clipboard }) => clipboard.readText())
  await expect
    .poll(copied)
    .toBe(
      `git push --set-upstream origin fix/upload\ngh pr create --draft --title Mine --body-file ${file}\n`,
    )
  expect(readFileSync(file, 'utf8')).toBe('My own words.\n')
  expect(statSync(file).mode & 0o077).toBe(0)
  expect(agreed.refs()).not.toContain('fix/upload')
})

test('follow-ups become a file each; what was dismissed does not', async ({ launch, room }) => {
  storeAgreedPair(room)
  const { app, page } = await launch()
  await openPair(page)
  const target = join(room.root, 'exports')
  // The human's answer in the system's own dialog, which no test can press.
  await app.evaluate(({ dialog }, folder) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [folder] })
  }, target)
  await page.keyboard.press('Control+Shift+P')
  const palette = page.getByRole('dialog', { name: 'All commands' })
  await palette.getByRole('combobox').fill('follow-ups')
  await palette.getByRole('option', { name: /^Export the follow-ups/ }).click()
  await expect(page.getByText(/^Exported to .*follow-up-1-3/)).toBeVisible()
  const folder = join(target, `duologue-${PAIR}`)
  expect(readdirSync(folder).sort()).toEqual([
    'follow-up-1-3-the-option-is-not-documented.md',
    'follow-up-1-4-old-uploads-are-not-retried.md',
  ])
  const issue = readFileSync(join(folder, 'follow-up-1-3-the-option-is-not-documented.md'), 'utf8')
  expect(issue).toMatch(/^# The option is not documented\.\n\n/)
  expect(issue).toContain('- Where: `upload.js:5`')
})
