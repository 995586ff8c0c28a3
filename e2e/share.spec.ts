/** Transcripts worth sharing: what will be replaced is seen first, and the page is whole by itself. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { ElectronApplication, Locator, Page } from '@playwright/test'
import { expect, screen } from './app'
import { axeFindsNothing, THEMES, wear } from './looks'
import { PairWindow, type Side, test } from './pages'
import { openReader, type Reader } from './reader'

/** The pictures of the docs are taken on request only, so that an ordinary run changes no file. */
const PICTURES = process.env.DUOLOGUE_SCREENSHOTS === '1'
const IMAGES = resolve(__dirname, '../docs/images')
const SIDES: readonly Side[] = ['left', 'right']
const SIZES = [
  [1280, 800],
  [900, 600],
] as const

const dialogOf = (page: Page): Locator => page.getByRole('dialog', { name: 'Export this pair' })

const openDialog = async (page: Page): Promise<Locator> => {
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Export this pair' }).click()
  const dialog = dialogOf(page)
  await expect(dialog.getByRole('status')).toContainText('Not every secret can be told.')
  return dialog
}

/** Whatever folder is asked for, it is this one. */
const answerFolder = (app: ElectronApplication, folder: string): Promise<void> =>
  app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] })
  }, folder)

/** Presses the button; gives the file that was written. */
const exportTo = async (page: Page, folder: string, id: string, file: string): Promise<string> => {
  await dialogOf(page).getByRole('button', { name: 'Choose a folder and export' }).click()
  const path = join(folder, `duologue-${id}`, file)
  await expect(page.locator('.toast').filter({ hasText: path })).toBeVisible()
  await expect(dialogOf(page)).toHaveCount(0)
  return path
}

const trimmed = (text: string): string =>
  text
    .split('\n')
    .map(line => line.trimEnd())
    .join('\n')
    .trimEnd()

const stage = (page: Page): Locator => page.getByRole('dialog', { name: 'Both terminals' })
const screenIn = async (page: Page, side: Side): Promise<string> =>
  trimmed((await stage(page).locator(`pre[data-part="${side}"]`).textContent()) ?? '')

/** The moment of the page's terminals is drawn. */
const drawnAt = (page: Page, moment: string | null): Promise<void> =>
  expect(stage(page)).toHaveAttribute('data-shown', moment ?? '')

test('the page plays both terminals at each handoff as the app’s replay shows them, and asks the network for nothing', async ({
  launch,
  room,
}, info) => {
  test.setTimeout(240_000)
  const { app, page } = await launch(PICTURES ? { DUOLOGUE_PRACTICE_PACE: '350' } : {})
  const pair = new PairWindow(page, room.data)
  await pair.startPractice()
  await pair.letGo()
  await pair.until('ended', ({ reason }) => reason === 'agreed')
  const id = String(pair.events('pairStarted')[0]?.pair)
  await answerFolder(app, room.root)
  const dialog = await openDialog(page)
  await expect(dialog.getByRole('switch', { name: 'Both terminals' })).toBeChecked()
  const path = await exportTo(page, room.root, id, 'transcript.html')
  const reader = await openReader(app, path)

  const buttons = reader.page.getByRole('button', { name: 'Terminals' })
  const queued = pair.events('deliveryQueued').filter(({ kind }) => kind !== 'steer' && kind !== 'notice')
  await expect(buttons).toHaveCount(queued.length)
  for (let at = 0; at < queued.length; at++) {
    const button = buttons.nth(at)
    const moment = await button.getAttribute('data-moment')
    await button.click()
    await drawnAt(reader.page, moment)
    await showInApp(pair, String(queued[at]?.id), Number(moment))
    for (const side of SIDES) {
      const shown = await screenIn(reader.page, side)
      if (at > 0) expect(shown.length).toBeGreaterThan(50)
      await expect
        .poll(async () => trimmed(await screen(page, `replay.${side}`)), {
          message: `${side}, handoff ${at}`,
        })
        .toBe(shown)
    }
    await stage(reader.page).getByRole('button', { name: 'Close' }).click()
  }

  await buttons.first().click()
  await stage(reader.page).getByRole('combobox', { name: 'Speed' }).selectOption('16')
  await stage(reader.page).getByRole('button', { name: 'Play' }).click()
  const last = await reader.page.getByRole('slider', { name: 'Moment' }).getAttribute('max')
  await drawnAt(reader.page, last)
  await expect(stage(reader.page).getByRole('button', { name: 'Play' })).toBeVisible()
  await stage(reader.page).getByRole('button', { name: 'Previous handoff' }).click()
  await drawnAt(reader.page, await buttons.last().getAttribute('data-moment'))
  await pictures(reader, info.outputPath.bind(info))
  const { violations } = await new AxeBuilder({ page: reader.page }).setLegacyMode().analyze()
  expect(
    violations.map(({ id: rule, nodes }) => `${rule}: ${nodes.map(({ html }) => html).join(' ')}`),
  ).toEqual([])
  expect((await reader.asked()).filter(url => !url.startsWith('file:'))).toEqual([])
  expect((await reader.asked()).length).toBe(1)
  await reader.close()
})

/** Takes the app's replay to the moment of this delivery. */
const showInApp = async (pair: PairWindow, delivery: string, moment: number): Promise<void> => {
  const sent = pair.events('deliverySending').find(({ id }) => id === delivery)
  expect(Date.parse(String(sent?.at))).toBe(moment)
  const slider = pair.page.getByRole('slider', { name: 'Moment of the replay' })
  if ((await slider.count()) === 0) {
    await pair.timeline.evaluate(box => box.scrollTo(0, 0))
    const row = pair.timeline.getByRole('article').filter({ hasText: 'Intent → driver' }).first()
    const face = row.getByRole('button').first()
    if ((await face.getAttribute('aria-expanded')) === 'false') await face.click()
    await row.getByRole('button', { name: 'Show this moment' }).click()
    await expect(slider).toBeVisible()
    return
  }
  await pair.page
    .getByRole('region', { name: 'Replay', exact: true })
    .getByRole('button', { name: 'Next handoff' })
    .click()
}

const pictures = async (reader: Reader, to: (name: string) => string): Promise<void> => {
  const { page } = reader
  if (PICTURES) mkdirSync(IMAGES, { recursive: true })
  for (const size of SIZES) {
    await reader.resize(size)
    for (const theme of THEMES) {
      await page.emulateMedia({ colorScheme: theme })
      const name = `transcript-terminals-${size.join('x')}-${theme}.png`
      await page.screenshot({ path: to(name) })
      if (PICTURES && size[0] === 1280)
        await page.screenshot({ path: join(IMAGES, `transcript-terminals-${theme}.png`) })
    }
  }
  await stage(page).getByRole('button', { name: 'Close' }).click()
  for (const size of SIZES) {
    await reader.resize(size)
    for (const theme of THEMES) {
      await page.emulateMedia({ colorScheme: theme })
      await page.evaluate(() => scrollTo(0, 0))
      await page.screenshot({ path: to(`transcript-${size.join('x')}-${theme}.png`) })
      await page.getByRole('heading', { name: 'The score' }).evaluate(each => each.scrollIntoView())
      await page.screenshot({ path: to(`score-${size.join('x')}-${theme}.png`) })
      if (PICTURES && size[0] === 1280)
        await page.screenshot({ path: join(IMAGES, `transcript-${theme}.png`) })
    }
  }
}

test('it reads in the dark and in the light, on paper, and without its script', async ({
  launch,
  room,
}, info) => {
  const { app, page } = await launch()
  const pair = new PairWindow(page, room.data)
  await pair.startPractice()
  await pair.steer('Keep <b>the</b> public API.', 'Both', 'Next handoff')
  await pair.letGo()
  await pair.until('ended', ({ reason }) => reason === 'agreed')
  const id = String(pair.events('pairStarted')[0]?.pair)
  await answerFolder(app, room.root)
  await openDialog(page)
  const path = await exportTo(page, room.root, id, 'transcript.html')
  const reader = await openReader(app, path)
  const ground = () => reader.page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  await reader.page.emulateMedia({ colorScheme: 'light' })
  const light = await ground()
  await reader.page.getByRole('button', { name: 'Dark', exact: true }).click()
  const dark = await ground()
  expect(dark).not.toBe(light)
  await reader.page.emulateMedia({ colorScheme: 'dark' })
  expect(await ground()).toBe(dark)
  await reader.page.getByRole('button', { name: 'Light', exact: true }).click()
  expect(await ground()).toBe(light)

  // The diff of the first handoff, the finding and how it ended, the human's words.
  const diff = reader.page.locator('.diff').first()
  await expect(diff).toBeHidden()
  await reader.page.getByRole('button', { name: 'Open all' }).click()
  await expect(diff).toContainText('slugify')
  await expect(reader.page.getByRole('table')).toContainText('fixed by')
  await expect(reader.page.getByText('Keep <b>the</b> public API.').first()).toBeVisible()
  await reader.page.locator('.row-delivery .body').nth(1).scrollIntoViewIfNeeded()
  await reader.page.screenshot({ path: info.outputPath('open.png') })
  await reader.page.getByRole('button', { name: 'Close all' }).click()
  await expect(diff).toBeHidden()

  // On paper all is open and no control is left.
  await reader.page.emulateMedia({ media: 'print', colorScheme: 'dark' })
  expect(await ground()).toBe('rgb(255, 255, 255)')
  await expect(reader.page.getByRole('button')).toHaveCount(0)
  await reader.page.evaluate(() => dispatchEvent(new Event('beforeprint')))
  await expect(diff).toBeVisible()
  await reader.page.locator('.row-delivery').nth(4).scrollIntoViewIfNeeded()
  await reader.page.screenshot({ path: info.outputPath('print.png') })
  await reader.page.evaluate(() => dispatchEvent(new Event('afterprint')))
  await expect(diff).toBeHidden()
  await reader.page.emulateMedia({ media: 'screen', colorScheme: 'light' })

  // Without its script.
  const session = await reader.page.context().newCDPSession(reader.page)
  await session.send('Emulation.setScriptExecutionDisabled', { value: true })
  await reader.page.reload()
  await expect(reader.page.getByRole('heading', { level: 1 })).toContainText('slugify')
  await expect(reader.page.getByRole('button')).toHaveCount(0)
  const handoff = reader.page.locator('.row-delivery details').nth(1)
  await handoff.locator('summary').first().click()
  await expect(handoff.locator('.body')).toBeVisible()
  await reader.page.screenshot({ path: info.outputPath('no-script.png') })
  await session.send('Emulation.setScriptExecutionDisabled', { value: false })
  const pdf = await reader.print()
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
  writeFileSync(info.outputPath('transcript.pdf'), pdf)
  await reader.close()
})

/** The shape of a real one. */
const KEY = ['sk', 'ant', 'api03', 'A1b2'.repeat(8)].join('-')

test('what will be replaced is seen first: what the human keeps stays, and their own words go', async ({
  launch,
  room,
}, info) => {
  const { app, page } = await launch()
  const pair = new PairWindow(page, room.data)
  await pair.startPractice()
  await pair.steer(`The key ${KEY} and password=hunter2 are for Falcon.`, 'Navigator', 'Next handoff')
  await pair.letGo()
  await pair.until('ended')
  const id = String(pair.events('pairStarted')[0]?.pair)
  await answerFolder(app, room.root)
  const dialog = await openDialog(page)
  const hit = (kind: string) =>
    dialog.getByRole('listitem').filter({ has: page.getByText(kind, { exact: true }) })
  await expect(hit('Anthropic key')).toContainText(KEY)
  await expect(hit('password')).toContainText('texts')
  await hit('password').getByRole('checkbox').uncheck()
  await expect(hit('password')).toContainText('kept')
  await expect(dialog.getByRole('status')).toContainText('1 of 2')
  await dialog.getByRole('textbox').fill('falcon')
  for (const theme of THEMES) {
    await wear(page, theme)
    await page.screenshot({ path: info.outputPath(`preview-${theme}.png`) })
    if (PICTURES) await page.screenshot({ path: join(IMAGES, `export-preview-${theme}.png`) })
  }
  await axeFindsNothing(page, 'the preview of an export')
  const terminals = dialog.getByRole('switch', { name: 'Both terminals' })
  const seen = (await hit('Anthropic key').textContent())?.includes('screens') ?? false
  expect(await terminals.isChecked()).toBe(!seen)
  await terminals.check()
  const html = await exportTo(page, room.root, id, 'transcript.html')
  await openDialog(page)
  await dialog.getByRole('radio', { name: 'Markdown' }).check()
  const markdown = await exportTo(page, room.root, id, 'transcript.md')
  for (const path of [html]) {
    const text = readFileSync(path, 'utf8')
    expect(text, path).not.toContain(KEY)
    expect(text, path).toContain('hunter2')
    expect(text, path).not.toMatch(/falcon/i)
  }
  const text = readFileSync(markdown, 'utf8')
  expect(text).not.toContain(KEY)
  expect(text).not.toContain('hunter2') // the choice was for one export
  expect(text).toContain('Falcon')

  const reader = await openReader(app, html)
  const buttons = reader.page.getByRole('button', { name: 'Terminals' })
  for (const button of await buttons.all()) {
    await button.click()
    await drawnAt(reader.page, await button.getAttribute('data-moment'))
    for (const side of SIDES)
      expect((await screenIn(reader.page, side)).replace(/[\s│]+/g, '')).not.toContain(KEY)
    await stage(reader.page).getByRole('button', { name: 'Close' }).click()
  }
  await reader.close()
})
