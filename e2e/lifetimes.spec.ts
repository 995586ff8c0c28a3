/** Windows that die, windows that are closed, agents that fall silent: what goes on, what is asked, what is left. */
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronApplication } from '@playwright/test'
import { answerDialogs, dialogsOf, expect } from './app'
import { openNewest, PairWindow, test } from './pages'

const crash = (app: ElectronApplication) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer())

const closeWindow = (app: ElectronApplication) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())

const isVisible = (app: ElectronApplication) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible() ?? false)

/** Resolves when the window's page is up again after a crash. */
const reloaded = (app: ElectronApplication) =>
  app.evaluate(
    ({ BrowserWindow }) =>
      new Promise<void>(resolve =>
        BrowserWindow.getAllWindows()[0]?.webContents.once('did-finish-load', () => resolve()),
      ),
  )

test('a page that keeps dying is loaded three times, then the human is asked; the relay goes on', async ({
  launch,
  room,
}) => {
  const { app, page } = await launch()
  const pair = new PairWindow(page, room.data)
  await pair.startPractice()
  await pair.letGo()
  for (const _ of [1, 2, 3]) {
    const back = reloaded(app)
    await crash(app)
    await back
  }
  expect(await dialogsOf(app)).toEqual([])
  await answerDialogs(app, 'Try again')
  const back = reloaded(app)
  await crash(app)
  await back
  expect(await dialogsOf(app)).toEqual(['The window stopped working several times.'])
  await pair.until('ended', ({ reason }) => reason === 'agreed')
})

test('closing the window with a pair at work asks: cancelled, nothing happens; in the background, it goes on', async ({
  launch,
  room,
}) => {
  const { app, page } = await launch()
  const pair = new PairWindow(page, room.data)
  await pair.startPractice()
  await answerDialogs(app, 'Cancel')
  await closeWindow(app)
  await expect.poll(() => dialogsOf(app)).toEqual(['A pair is at work.'])
  expect(await isVisible(app)).toBe(true)
  await pair.letGo()
  await answerDialogs(app, 'Keep running in the background')
  await pair.steer('wait', 'Driver', 'Now')
  await closeWindow(app)
  await expect.poll(() => isVisible(app)).toBe(false)
  expect(pair.events('ended')).toEqual([])
  await app.evaluate(({ app: running }) => void running.emit('activate'))
  await expect.poll(() => isVisible(app)).toBe(true)
})

test('quitting with a pair at work ends it, if that is chosen', async ({ launch, room }) => {
  const { app, page } = await launch()
  const pair = new PairWindow(page, room.data)
  await pair.startPractice()
  await answerDialogs(app, 'End the pair and quit')
  const gone = app.waitForEvent('close')
  await closeWindow(app)
  await gone
  expect(pair.events('ended').map(({ reason }) => reason)).toEqual(['human'])
})

test('a closed pair shows its last screens as past, and its agents begin below them', async ({
  launch,
  room,
}) => {
  const first = await launch()
  const before = new PairWindow(first.page, room.data)
  await before.startPractice()
  const gone = first.app.waitForEvent('close')
  await closeWindow(first.app)
  await gone
  expect(before.events('ended')).toEqual([])

  const { page } = await launch()
  const pair = new PairWindow(page, room.data)
  await openNewest(page)
  await expect(page.getByRole('region', { name: 'Last screen of the driver' })).toContainText('node --test')
  await expect(page.getByRole('region', { name: 'Last screen of the navigator' })).toBeVisible()
  await page.getByRole('button', { name: 'Go on with this pair' }).first().click()
  await pair.until('pairReopened')
  const reopened = Number(pair.events('pairReopened')[0]?.seq)
  await pair.until('seatReady', ({ seq, seat }) => seat === 'left' && seq > reopened)
})

test('an agent that works and gives no sign seems stuck, until its next one', async ({ launch, room }) => {
  const { page } = await launch({ DUOLOGUE_QUIET_SECONDS: '2' })
  const pair = new PairWindow(page, room.data)
  await pair.startPractice()
  await pair.allow()
  await pair.inbox.getByRole('radio', { name: 'Strip' }).waitFor()
  await pair.steer('wait', 'Driver', 'Now')
  await pair.answer('Strip')
  const quiet = await pair.until('seatQuiet', ({ seat }) => seat === 'left')
  expect(quiet).toMatchObject({ last: expect.any(String), since: expect.stringMatching(/Z$/) })
  const driver = page.getByRole('region', { name: /^Driver: / })
  await expect(driver.getByText('seems stuck')).toBeVisible()
  await expect(driver.getByText(/last seen: .+, \d\d:\d\d/)).toBeVisible()
  await expect(pair.status).toHaveText('Driver seems stuck')
  await pair.control('Pause').click()
  await pair.page.getByTestId('terminal-left').click()
  await pair.page.keyboard.press('Escape')
  await pair.until('seatHeard', ({ seq }) => seq > quiet.seq)
  await expect(driver.getByText('seems stuck')).toHaveCount(0)
})

test('a proof ends with an app that is killed', async ({ launch, room }) => {
  const folder = join(room.root, 'plain')
  mkdirSync(folder)
  writeFileSync(join(folder, 'notes.txt'), 'one\n')
  const { app, page } = await launch()
  const reply = await page.evaluate(
    input =>
      Reflect.get(globalThis, 'duologue').request('pairs.start', input) as Promise<{
        value: { pair: string }
      }>,
    {
      folder,
      intent: 'Look around.',
      left: { agent: 'practice' },
      right: { agent: 'practice' },
      rounds: 1,
      proof: { command: `echo $$ > ${folder}/pid; sleep 600`, limitSeconds: 600 },
    },
  )
  await page.evaluate(
    input => Reflect.get(globalThis, 'duologue').request('pair.command', input) as Promise<unknown>,
    { pair: reply.value.pair, command: { type: 'runProof' } },
  )
  await expect
    .poll(() => existsSync(join(folder, 'pid')) && readFileSync(join(folder, 'pid'), 'utf8'))
    .toMatch(/\d/)
  const main = app.process()
  main.kill('SIGKILL')
  await once(main, 'exit')
  // That nothing is left, the fixture finds out.
})
