/** What is kept: through a reload, a closed app, an export. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from './app'
import { openNewest, PairWindow, test } from './pages'

test('a reload of the window in the middle of a turn loses nothing of terminals and timeline', async ({
  pair,
}) => {
  const { page } = pair
  const before = { left: await pair.screen('left'), rows: await pair.timeline.getByRole('article').count() }
  await page.reload()
  await expect(pair.inbox.getByText('node --test')).toBeVisible()
  // The spinner and its seconds are the one thing that goes on meanwhile.
  const still = (text: string) => text.split('\n').filter(line => !line.includes('waiting for your answer'))
  await expect.poll(async () => still(await pair.screen('left'))).toEqual(still(before.left))
  await expect(pair.timeline.getByRole('article')).toHaveCount(before.rows)
  await pair.letGo()
  await pair.until('ended', ({ reason }) => reason === 'agreed')
})

test('the relay goes on when the window’s process is gone', async ({ launch, room }) => {
  const { app, page } = await launch()
  const pair = new PairWindow(page, room.data)
  await pair.startPractice()
  await pair.letGo()
  await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
  )
  await pair.until('ended', ({ reason }) => reason === 'agreed')
})

test('a pair closed with the app opens again with its timeline, and its agents go on by their exact sessions', async ({
  launch,
  room,
}) => {
  const first = await launch()
  const pair = new PairWindow(first.page, room.data)
  await pair.startPractice()
  await pair.letGo()
  await pair.until('deliveryQueued', ({ kind }) => kind === 'handoff')
  await first.app.close()
  const sessions = pair.events('seatReady').map(({ session }) => session)

  const second = await launch()
  const again = new PairWindow(second.page, room.data)
  await openNewest(second.page)
  await expect(again.timeline.getByRole('article').first()).toContainText('Make slugify()')
  await second.page.getByRole('button', { name: 'Go on with this pair' }).first().click()
  await again.until('pairReopened')
  await again.until(
    'seatReady',
    ({ seq, seat }) => seat === 'left' && seq > Number(again.events('pairReopened')[0]?.seq),
  )
  await again.control('Resume').click()
  // The practice agent asks anew for what it may do in a new process.
  const allowAll = second.page
    .getByRole('region', { name: 'Inbox' })
    .getByRole('button', { name: 'Allow once' })
  await second.page.addLocatorHandler(allowAll, async button => button.click())
  await expect(again.status).toHaveText(/agreed/i, { timeout: 60_000 })
  expect(again.events('ended')[0]).toMatchObject({ reason: 'agreed' })
  expect(new Set(again.events('seatReady').map(({ session }) => session))).toEqual(new Set(sessions))
  const taken = again.events('deliveryAccepted').map(({ id }) => id)
  expect(new Set(taken).size).toBe(taken.length)
})

/** The shape of a real one. */
const KEY = ['sk', 'ant', 'api03', 'A1b2'.repeat(8)].join('-')

test('exports tell the whole story, in one file each', async ({ launch, room }) => {
  const { app, page } = await launch()
  const pair = new PairWindow(page, room.data)
  await pair.startPractice()
  await pair.steer(`My key is ${KEY}, keep it out.`, 'Navigator', 'Next handoff')
  await pair.letGo()
  await pair.until('ended')
  const id = readdirSync(join(room.data, 'pairs'))[0] ?? ''
  const target = join(room.root, 'exports')
  const written: string[] = []
  for (const format of ['markdown', 'html', 'jsonl', 'cast']) {
    const reply = await page.evaluate(
      input =>
        Reflect.get(globalThis, 'duologue').request('pair.export', input) as Promise<{ value: string[] }>,
      { pair: id, format, target },
    )
    written.push(...reply.value)
  }
  expect(written.map(path => path.split('/').at(-1)).sort()).toEqual([
    'driver.cast',
    'journal.jsonl',
    'navigator.cast',
    'transcript.html',
    'transcript.md',
  ])
  for (const path of written) {
    const text = readFileSync(path, 'utf8')
    expect(text, path).not.toContain(KEY)
    expect(text.length, path).toBeGreaterThan(500)
    expect(statSync(path).mode & 0o077, path).toBe(0)
  }
  const folder = join(target, `duologue-${id}`)
  const markdown = readFileSync(join(folder, 'transcript.md'), 'utf8')
  for (const part of ['Make slugify()', 'Practice agent', 'keep it out', 'redacted'])
    expect(markdown).toContain(part)
  const order = ['Run the tests', '**Changes**', '**Pass**'].map(part => markdown.indexOf(part))
  expect(order).toEqual([...order].sort((a, b) => a - b))

  const html = readFileSync(join(folder, 'transcript.html'), 'utf8')
  expect(html).not.toMatch(/(?:src|href)="(?!#)/)
  expect(html).toContain("default-src 'none'")
  // Opened as a person would, in a window of its own without a network.
  const shown = await app.evaluate(
    async ({ BrowserWindow }, path) => {
      const reader = new BrowserWindow({ show: false, webPreferences: { partition: 'reader' } })
      const asked: string[] = []
      reader.webContents.session.webRequest.onBeforeRequest(({ url }, go) => {
        asked.push(url)
        go({ cancel: !url.startsWith('file:') })
      })
      await reader.loadFile(path)
      const text = await reader.webContents.executeJavaScript('document.body.innerText')
      reader.destroy()
      return { asked: asked.length, text: String(text) }
    },
    join(folder, 'transcript.html'),
  )
  expect(shown.asked).toBe(1)
  for (const part of ['Make slugify()', 'Run the tests', 'redacted']) expect(shown.text).toContain(part)
  const [header, ...lines] = readFileSync(join(folder, 'driver.cast'), 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
  expect(header).toMatchObject({ version: 2 })
  expect(lines.some(([, kind, data]) => kind === 'o' && String(data).includes('Practice agent'))).toBe(true)
})
