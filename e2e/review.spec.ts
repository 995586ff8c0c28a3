/** Findings, proof, diff and restore in the window: what a person sees of them and does with them. */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { expect } from './app'
import { axeFindsNothing, request } from './looks'
import { openNewest, PairWindow, test } from './pages'
import { storePair } from './reviewed-pair'

const openTab = async (page: Page, name: string): Promise<Locator> => {
  await page.getByRole('tab', { name }).click()
  return page.getByRole('tabpanel', { name })
}

const group = (board: Locator, name: string): Locator => board.getByRole('region', { name, exact: true })
const card = (board: Locator, id: string): Locator =>
  board.getByRole('article', { name: new RegExp(`${id}$`) })

test('a stored pair tells every finding with who saw it, its way, and why two were one', async ({
  launch,
  room,
}) => {
  storePair(room)
  const { page } = await launch()
  await openNewest(page)
  await expect(page.getByRole('tab', { name: /^Findings/ })).toHaveAccessibleName('Findings (1 open)')
  const board = await openTab(page, 'Findings')

  await expect(group(board, 'Open').getByRole('article')).toHaveCount(1)
  await expect(card(group(board, 'Open'), '0.1')).toContainText('Plan v1')
  const shared = card(group(board, 'Fixed'), '1.1')
  await expect(shared).toContainText('Both saw it')
  await expect(shared).toContainText('both speak of a file stored twice')
  await expect(shared).toContainText('Each attempt carries the same key.')
  const rejected = card(group(board, 'Rejected'), '1.2')
  await expect(rejected).toContainText('Only navigator')
  await expect(rejected).toContainText('handoff beef05')
  await expect(rejected).toContainText('has its cause already')
  await expect(card(group(board, 'Left for later'), '1.3')).toContainText('A pause is another task.')
  await expect(card(group(board, 'Follow-ups'), '1.5')).toBeVisible()
  for (const name of ['Uphold', 'Dismiss…', 'Leave for later'])
    await expect(rejected.getByRole('button', { name })).toHaveAccessibleDescription(/closed; go on with it/)

  await board.getByRole('radio', { name: 'Driver' }).check()
  await expect(board.getByRole('article')).toHaveCount(1)
  await expect(card(board, '1.3')).toContainText('Only driver')
})

test('from a finding to its line in the diff, and back', async ({ launch, room }) => {
  storePair(room)
  const { page } = await launch()
  await openNewest(page)
  const board = await openTab(page, 'Findings')
  await board.getByRole('button', { name: 'src/upload.js:6' }).click()
  const diff = page.getByRole('tabpanel', { name: 'Diff' })
  const there = diff.getByRole('button', { name: /major.*rejected/ })
  await expect(there).toBeFocused()
  await expect(there).toHaveAttribute('aria-expanded', 'true')
  await expect(diff.getByText('The last error is thrown without its cause.')).toBeInViewport()
  await diff.getByRole('button', { name: 'Show in findings' }).click()
  await expect(card(page.getByRole('tabpanel', { name: 'Findings' }), '1.2')).toBeFocused()
})

test('the diff shows the whole change or one handoff, and what the plan does not name', async ({
  launch,
  room,
}) => {
  const { trees } = storePair(room)
  const { page } = await launch()
  await openNewest(page)
  const diff = await openTab(page, 'Diff')
  await expect(diff.getByText('1 unplanned')).toBeVisible()
  await expect(diff.getByText('return client.put(file)')).toBeVisible()
  const handoff = await diff.getByRole('option', { name: /^Handoff 1/ }).getAttribute('value')
  await diff.getByRole('combobox', { name: 'What to compare' }).selectOption(handoff)
  await expect(diff.getByText('crypto.randomUUID()')).toBeHidden()
  await expect(diff.getByText('return await client.put(file)')).toBeVisible()
  await diff.getByRole('button', { name: /^Checkpoints/ }).click()
  const list = diff.getByRole('region', { name: 'Checkpoints' })
  await expect(list.getByRole('listitem')).toHaveCount(3)
  await expect(list.getByTitle(trees[1])).toBeVisible()
  await expect(list.getByRole('button', { name: 'Restore checkpoint 6' })).toHaveAccessibleDescription(
    /closed; go on with it/,
  )
  // What was shown is still shown after a look at another tab.
  await openTab(page, 'Plan')
  await openTab(page, 'Diff')
  await expect(diff.getByText('return await client.put(file)')).toBeVisible()
})

test('runs of the proof: how they ended, what they printed, which were sent back, which are stale', async ({
  launch,
  room,
}) => {
  const { trees } = storePair(room)
  const { page } = await launch()
  await openNewest(page)
  const proof = await openTab(page, 'Proof')
  const last = proof.getByRole('region', { name: 'Run 2', exact: true })
  await expect(last).toContainText('Passed')
  await expect(last).toContainText('4.2 s')
  await expect(last).toContainText('Stale')
  await expect(last.getByTitle(trees[1])).toHaveText(trees[1].slice(0, 10))
  await expect(proof.getByRole('region', { name: 'Output of the proof' })).toContainText('# pass 1')
  await proof.getByRole('button', { name: /Run 1/ }).click()
  await expect(proof.getByRole('region', { name: 'Run 1', exact: true })).toContainText('1 of 2')
  await expect(proof.getByRole('region', { name: 'Output of the proof' })).toContainText('# fail 1')
})

test('outside git the diff says what does not work, and why', async ({ launch, room }) => {
  storePair(room, events => events.slice(0, 1).map(event => ({ ...event, git: false, base: null })))
  const { page } = await launch()
  await openNewest(page)
  const diff = await openTab(page, 'Diff')
  await expect(diff).toContainText('No diff outside git')
  await expect(diff).toContainText('git init')
  await expect(await openTab(page, 'Findings')).toContainText('No findings yet')
  await expect(await openTab(page, 'Proof')).toContainText('Not run yet')
})

test('the tabs are one stop, arrows go between them, and widening leaves the terminals their size', async ({
  pair,
}) => {
  const { page } = pair
  await page.getByRole('tab', { name: 'Timeline' }).focus()
  for (const name of ['Findings', 'Diff', 'Plan', 'Proof', 'Timeline']) {
    await page.keyboard.press('ArrowRight')
    await expect(page.getByRole('tab', { name })).toBeFocused()
    await expect(page.getByRole('tab', { name })).toHaveAttribute('aria-selected', 'true')
  }
  const width = (of: Locator) => of.evaluate(each => Math.round(each.getBoundingClientRect().width))
  const side = page.getByRole('complementary', { name: 'Beside the terminals' })
  const before = [await width(side), await width(page.getByTestId('terminal-right'))]
  await page.getByRole('button', { name: 'Widen over the right terminal' }).click()
  await expect.poll(() => width(side)).toBeGreaterThan((before[0] ?? 0) * 1.5)
  expect(await width(page.getByTestId('terminal-right'))).toBe(before[1])
  // Who goes to the terminal sees it again.
  await page.keyboard.press('Control+Shift+G')
  await expect.poll(() => width(side)).toBe(before[0])
})

/** A practice pair whose first review has been given, and which waits for its human. */
const reviewedAndPaused = async (pair: PairWindow): Promise<void> => {
  await pair.letGo()
  await pair.until('turnStarted', ({ seat }) => seat === 'right')
  await pair.control('Pause').click()
  await pair.until('reviewed')
}

test('a person rules on findings and promotes a follow-up', async ({ pair }) => {
  const { page } = pair
  await reviewedAndPaused(pair)
  const board = await openTab(page, 'Findings')
  const found = pair.events('reviewed')[0]?.findings as { id: string; inScope: boolean }[]
  const [first, second] = found.filter(({ inScope }) => inScope).map(({ id }) => id)
  const later = found.find(({ inScope }) => !inScope)?.id
  if (!first || !second || !later) throw new Error('the practice review has findings of both kinds')
  const open = found.filter(({ inScope }) => inScope).length
  const tab = page.getByRole('tab', { name: /^Findings/ })
  await expect(tab).toHaveAccessibleName(`Findings (${open} open)`)

  await card(board, first).getByRole('button', { name: 'Dismiss…' }).click()
  await page.keyboard.type('As it is meant.')
  await card(board, first).getByRole('button', { name: 'Dismiss' }).click()
  await expect(card(group(board, 'Dismissed'), first)).toContainText('As it is meant.')
  await expect(tab).toHaveAccessibleName(`Findings (${open - 1} open)`)
  await card(board, second).getByRole('button', { name: 'Leave for later' }).click()
  await expect(card(group(board, 'Left for later'), second)).toContainText('You left it for later')
  await card(board, second).getByRole('button', { name: 'Uphold' }).click()
  await expect(card(group(board, 'Open'), second)).toContainText('You upheld it')
  await card(board, later).getByRole('button', { name: 'Promote' }).click()
  await expect(card(group(board, 'Open'), later)).toContainText('Promoted')
  expect(pair.events('findingRuled').map(({ id, ruling, reason }) => [id, ruling, reason])).toEqual([
    [first, 'dismissed', 'As it is meant.'],
    [second, 'deferred', ''],
    [second, 'upheld', ''],
  ])
  expect(pair.events('findingPromoted').map(({ id }) => id)).toEqual([later])
})

const setProof = async (proof: Locator, open: string, command: string): Promise<void> => {
  await proof.getByRole('button', { name: open }).click()
  await proof.getByRole('textbox', { name: /^Command/ }).fill(command)
  await proof.getByRole('button', { name: 'Set', exact: true }).click()
  await expect(proof.locator('code').filter({ hasText: command })).toBeVisible()
}

test('a proof is set, run and stopped; its output comes while it runs', async ({ launch, room }) => {
  const { page } = await launch()
  const pair = new PairWindow(page, room.data)
  const seat = { agent: 'practice' }
  await request(page, 'pairs.start', { folder: null, intent: 'Nothing.', left: seat, right: seat, rounds: 6 })
  await openNewest(page)
  const proof = await openTab(page, 'Proof')
  await expect(proof.getByRole('button', { name: 'Run proof' })).toHaveAccessibleDescription(
    /no proof command/,
  )
  const gate = join(room.root, 'gate')
  await setProof(
    proof,
    'Set a command…',
    `echo begun; until [ -e ${gate} ]; do sleep 0.1; done; echo gone on; exit 3`,
  )
  await proof.getByRole('button', { name: 'Run proof' }).click()
  const output = proof.getByRole('region', { name: 'Output of the proof' })
  await expect(output).toContainText('begun')
  await expect(proof.getByRole('region', { name: 'Run 1', exact: true })).toContainText('Running')
  await expect(proof.getByRole('button', { name: 'Change…' })).toHaveAccessibleDescription(/stop it first/)
  // A reload in the middle shows what was printed before, and what comes.
  await page.reload()
  await openTab(page, 'Proof')
  await expect(output).toContainText('begun')
  writeFileSync(gate, '')
  await expect(proof.getByRole('region', { name: 'Run 1', exact: true })).toContainText('Exit 3')
  await expect(output).toHaveText(/^begun\s+gone on\s*$/)

  await setProof(proof, 'Change…', 'echo asleep; sleep 600')
  await proof.getByRole('button', { name: 'Run proof' }).click()
  await expect(output).toContainText('asleep')
  await proof.getByRole('button', { name: 'Stop', exact: true }).click()
  await expect(proof.getByRole('region', { name: 'Run 2', exact: true })).toContainText('Stopped')
  expect(pair.events('proofEnded').map(({ result }) => Reflect.get(Object(result), 'outcome'))).toEqual([
    { type: 'exited', code: 3 },
    { type: 'stopped' },
  ])
  await expect(proof.getByRole('button', { name: /Run 1/ })).toContainText('exit 3')
})

test('a checkpoint is restored after a warning: the files are back, and nothing else was touched', async ({
  pair,
}) => {
  const { page } = pair
  await reviewedAndPaused(pair)
  const folder = String(pair.events('pairStarted')[0]?.folder)
  const file = join(folder, 'src/slugify.js')
  const git = (...args: readonly string[]) =>
    execFileSync('git', [...args], { cwd: folder, encoding: 'utf8' })
  const beside = () => [
    git('rev-parse', 'HEAD'),
    git('branch', '-a'),
    git('stash', 'list'),
    git('ls-files', '--stage'),
    git('symbolic-ref', 'HEAD'),
  ]
  const worked = readFileSync(file, 'utf8')
  const before = beside()
  const diff = await openTab(page, 'Diff')
  await expect(diff.getByText('src/').first()).toBeVisible()
  await diff.getByRole('button', { name: /^Checkpoints/ }).click()
  const list = diff.getByRole('region', { name: 'Checkpoints' })
  await list.getByRole('button', { name: 'Restore checkpoint 0' }).click()
  const dialog = page.getByRole('dialog', { name: 'Restore checkpoint 0?' })
  for (const words of ['kept as a checkpoint', 'HEAD, the index, branches, the stash and hooks', 'pauses'])
    await expect(dialog).toContainText(words)
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  expect(readFileSync(file, 'utf8')).toBe(worked)

  await list.getByRole('button', { name: 'Restore checkpoint 0' }).click()
  await dialog.getByRole('button', { name: 'Restore this checkpoint' }).click()
  const restored = await pair.until('restored')
  expect(restored).toMatchObject({ checkpoint: 0, problem: null })
  expect(readFileSync(file, 'utf8')).toBe(git('show', 'HEAD:src/slugify.js'))
  expect(beside()).toEqual(before)
  await expect(pair.status).toHaveText('Paused')
  await expect(diff).toContainText('Nothing changed')
  expect(
    pair.events('deliveryQueued').filter(({ text }) => String(text).includes('checkpoint 0')).length,
  ).toBe(2)

  // And back to what was kept.
  await list.getByRole('button', { name: `Restore checkpoint ${restored.kept}` }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Restore this checkpoint' }).click()
  await pair.until('restored', ({ checkpoint }) => checkpoint === restored.kept)
  expect(readFileSync(file, 'utf8')).toBe(worked)
  expect(beside()).toEqual(before)
})

test('a proof that fails goes back to the driver, a rejected finding waits for the human, and both stay to be seen', async ({
  launch,
  room,
}) => {
  const { page } = await launch()
  const pair = new PairWindow(page, room.data)
  const seat = { agent: 'practice' }
  const intent =
    'Add truncate(slug, max), which shortens a slug without cutting a word; leave slugify() as it is.'
  const proof = { command: 'node --test', limitSeconds: 300 }
  await request(page, 'pairs.start', { folder: null, intent, left: seat, right: seat, rounds: 6, proof })
  await openNewest(page)
  const view = await openTab(page, 'Proof')
  await page.addLocatorHandler(page.getByRole('button', { name: 'Allow once' }), button =>
    button.first().click(),
  )
  await expect(view.getByRole('button', { name: /^Run 1/ })).toContainText('sent back 1 of 2')
  await expect(pair.status).toHaveText(/agreed/i)
  await expect(view.getByRole('region', { name: /^Run \d+$/ })).toContainText('Passed')
  await expect(view.getByText('Stale')).toHaveCount(0)
  const board = await openTab(page, 'Findings')
  const rejected = group(board, 'Rejected').getByRole('article').first()
  await expect(rejected).toContainText('Driver rejected it')
  await expect(rejected.locator('q')).not.toBeEmpty()
  await expect(group(board, 'Follow-ups').getByRole('article').first()).toBeVisible()

  // The human has the last word, after the end too; what is promoted begins another round.
  await rejected.getByRole('button', { name: 'Dismiss…' }).click()
  await rejected.getByRole('button', { name: 'Dismiss' }).click()
  await expect(group(board, 'Rejected')).toHaveCount(0)
  await group(board, 'Follow-ups').getByRole('button', { name: 'Promote' }).first().click()
  await pair.until('continued')
  await expect(group(board, 'Open').getByRole('article').first()).toContainText('Promoted')
})

test('axe finds nothing in the tabs', async ({ launch, room }) => {
  storePair(room)
  const { page } = await launch()
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await openNewest(page)
  await openTab(page, 'Findings')
  await axeFindsNothing(page, 'findings')
  await openTab(page, 'Proof')
  await axeFindsNothing(page, 'proof')
  const diff = await openTab(page, 'Diff')
  await diff.getByRole('button', { name: /^Checkpoints/ }).click()
  await expect(diff.getByText('1 unplanned')).toBeVisible()
  await axeFindsNothing(page, 'diff')
  await page.getByRole('button', { name: 'Widen over the right terminal' }).click()
  await axeFindsNothing(page, 'wide diff')
})
