/** Many pairs: several at work in one window and in several, and past ones found by what was said in them. */
import type { ElectronApplication, Page } from '@playwright/test'
import { dialogsOf, endingsOf, eventsOf, expect, screen } from './app'
import { type Display, ownDisplay } from './display'
import { axeFindsNothing, request, resize, THEMES, wear } from './looks'
import { PairWindow, test as windows } from './pages'

// biome-ignore lint/complexity/noBannedTypes: there is a fixture of the worker alone
const test = windows.extend<{}, { display: Display }>({
  display: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures here
    async ({}, use) => {
      const display = await ownDisplay()
      await use(display)
      await display.stop()
    },
    { scope: 'worker' },
  ],
})

// A bound for what never comes: each test here has two pairs to run to their end.
test.setTimeout(300_000)

const shownIn = (page: Page): Promise<string | null> =>
  page.evaluate(() => sessionStorage.getItem('duologue.pair'))

const openPairs = (page: Page) => page.getByRole('navigation', { name: 'Open pairs' })
const rowOf = (page: Page, name: string | RegExp) => openPairs(page).getByRole('button', { name })

/** The second task, beside the first pair, up to the approval it asks for. */
const startSecond = async (pair: PairWindow, first: string): Promise<string> => {
  await pair.page.getByRole('button', { name: 'All pairs' }).click()
  await pair.page.getByRole('button', { name: 'Its second task' }).click()
  await expect.poll(() => shownIn(pair.page)).not.toBe(first)
  await expect.poll(() => shownIn(pair.page)).not.toBeNull()
  await expect(pair.inbox.getByText('node --test')).toBeVisible()
  return String(await shownIn(pair.page))
}

const command = async (page: Page, pair: string, given: unknown): Promise<void> =>
  expect(await request(page, 'pair.command', { pair, command: given })).toMatchObject({ ok: true })

/** Answers all that the pair asks until it has ended, whichever window shows it, if any. */
const letEnd = async (page: Page, data: string, pair: string): Promise<void> => {
  const answered = new Set<string>()
  await expect(async () => {
    const events = eventsOf(data, pair)
    for (const { id } of events.filter(({ type }) => type === 'requestClosed')) answered.add(String(id))
    for (const { type, request: asked } of events) {
      const { id, type: kind, questions } = Object(asked)
      if (type !== 'requestOpened' || answered.has(id)) continue
      const options = (questions ?? []).map((each: { id: string; options: { label: string }[] }) => [
        each.id,
        [each.options[0]?.label],
      ])
      const answer =
        kind === 'approval'
          ? { type: kind, choice: 'allow' }
          : { type: kind, answers: Object.fromEntries(options) }
      await command(page, pair, { type: 'answer', id, answer })
      answered.add(id)
    }
    expect(eventsOf(data, pair).some(({ type }) => type === 'ended')).toBe(true)
  }).toPass({ timeout: 60_000 })
}

/** Lines that come from the terminal's own record, without what moves the cursor about. */
const lastWords = (text: unknown): string =>
  String(text)
    .split('\n')
    .filter(line => line.trim() !== '')[0]
    ?.slice(0, 40)
    .trim() ?? ''

const secondWindow = async (app: ElectronApplication, act: () => Promise<void>): Promise<Page> => {
  const opened = app.waitForEvent('window')
  await act()
  const page = await opened
  await expect(page.getByTestId('terminal-left')).toBeVisible()
  return page
}

const choose = async (page: Page, name: string): Promise<void> => {
  await page.keyboard.press('Control+Shift+P')
  await page.getByRole('dialog', { name: 'All commands' }).getByRole('combobox').fill(name)
  await page.getByRole('option', { name }).click()
}

test('two pairs at work in one window: the one in the background ends by itself, and nothing of it is lost', async ({
  pair,
  room,
}) => {
  const { page } = pair
  const first = String(await shownIn(page))
  await expect(openPairs(page)).toHaveCount(0)
  const second = await startSecond(pair, first)
  await expect(rowOf(page, /^Make slugify\(\).* Driver asks Round 1 of 5 · 1 waiting$/)).toBeVisible()
  await expect(rowOf(page, /truncate/).first()).toHaveAttribute('aria-current', 'page')

  await letEnd(page, room.data, first)
  await expect(rowOf(page, /^Make slugify\(\).* Ended: agreed Round \d of 5 · \d+ new$/)).toBeVisible()
  expect(await shownIn(page)).toBe(second)
  await expect(pair.inbox.getByText('node --test')).toBeVisible()

  await rowOf(page, /^Make slugify/)
    .first()
    .click()
  await expect.poll(() => shownIn(page)).toBe(first)
  // A terminal that is asked for before it is there has the focus once it is.
  await page.keyboard.press('Control+Shift+D')
  await expect(page.getByTestId('terminal-left').getByRole('textbox')).toBeFocused()
  const events = eventsOf(room.data, first)
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, at) => at))
  expect(endingsOf(events)).toMatchObject([{ reason: 'agreed' }])
  for (const side of ['left', 'right'] as const) {
    const said = events.filter(({ type, seat }) => type === 'turnEnded' && seat === side).at(-1)?.text
    await expect.poll(() => screen(page, side)).toContain(lastWords(said))
    await expect.poll(() => screen(page, side)).toContain('Type a prompt, or help')
  }
  await expect(pair.timeline.getByText(/agreed/i).last()).toBeVisible()
  await expect(rowOf(page, /^Make slugify\(\).* Ended: agreed Round \d of 5$/)).toBeVisible()

  // It takes what is typed, and the other one stands as it was left.
  await pair.type('left', 'help\r')
  await expect.poll(() => screen(page, 'left')).toContain('crash')
  await page.keyboard.press('Control+Shift+O')
  await expect(
    page.getByRole('dialog', { name: 'Switch to a pair' }).getByRole('option').first(),
  ).toContainText('truncate')
  await page.keyboard.press('Enter')
  await expect.poll(() => shownIn(page)).toBe(second)
  await expect(pair.inbox.getByText('node --test')).toBeVisible()
  await letEnd(page, room.data, second)
  await expect(pair.status).toHaveText('Ended: agreed')
})

test('an edit that was begun stays with its pair, and no other pair sees it', async ({ pair, room }) => {
  const { page } = pair
  const first = String(await shownIn(page))
  await pair.steer('Keep it small.', 'Driver', 'Next handoff')
  const steer = pair.timeline.getByRole('article', { name: /^You to driver, waits/ })
  await steer.getByRole('button').first().click()
  await steer.getByRole('button', { name: 'Edit' }).click()
  const editor = pair.composer.getByRole('textbox', { name: 'Edit the waiting message' })
  await expect(editor).toBeFocused()
  await editor.fill('Keep it smaller.')

  await startSecond(pair, first)
  await expect(pair.composer.getByRole('textbox', { name: 'Steer…' })).toHaveValue('')
  await expect(editor).toHaveCount(0)
  await rowOf(page, /^Make slugify/)
    .first()
    .click()
  await expect(editor).toHaveValue('Keep it smaller.')
  await expect(editor).not.toBeFocused()
  await editor.press('Enter')
  await expect
    .poll(() => eventsOf(room.data, first).find(({ type }) => type === 'deliveryEdited')?.text)
    .toBe('Keep it smaller.')
  await expect(pair.composer.getByRole('textbox', { name: 'Steer…' })).toHaveValue('')
})

test('a pair in a window of its own: it stands in one window, and a window that closes ends nothing', async ({
  launch,
  room,
}) => {
  const { app, page } = await launch()
  const pair = new PairWindow(page, room.data)
  await pair.startPractice()
  const first = String(await shownIn(page))
  const second = await startSecond(pair, first)
  const other = await secondWindow(app, () => choose(page, 'Open this pair in a new window'))
  expect(await shownIn(other)).toBe(second)
  await expect(page.getByRole('heading', { name: /Two agents/ })).toBeVisible()
  await expect.poll(() => screen(other, 'left')).toContain('node --test')

  // Asked for elsewhere, it comes to the front where it is.
  const list = page.getByRole('navigation', { name: 'Pairs' })
  await list.getByRole('button', { name: /truncate/ }).click()
  await expect(page.getByText('This pair is shown in another window, which is in front now.')).toBeVisible()
  expect(await shownIn(page)).toBeNull()
  await list.getByRole('button', { name: /Make slugify/ }).click()
  await expect.poll(() => shownIn(page)).toBe(first)

  // Both are live, each with its own.
  const inOther = new PairWindow(other, room.data)
  await inOther.allow()
  await expect.poll(() => eventsOf(room.data, second).some(({ type }) => type === 'requestClosed')).toBe(true)
  expect(eventsOf(room.data, first).some(({ type }) => type === 'requestClosed')).toBe(false)
  await expect(pair.inbox.getByText('node --test')).toBeVisible()

  // A reload finds its own pair again, in its own window.
  await other.reload()
  await expect.poll(() => shownIn(other)).toBe(second)
  await expect(other.getByTestId('terminal-left')).toBeVisible()

  const closed = await app.evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows().find(each => each.getTitle().includes('truncate'))
    window?.close()
    return window !== undefined
  })
  expect(closed).toBe(true)
  await expect.poll(() => app.windows().length).toBe(1)
  expect(await dialogsOf(app)).toEqual([])
  await letEnd(page, room.data, second)
  await rowOf(page, /truncate/)
    .first()
    .click()
  await expect.poll(() => shownIn(page)).toBe(second)
  await expect(pair.status).toHaveText('Ended: agreed')
})

test('a call leads to the window that has the pair, and the others keep theirs', async ({
  // The display first: what stands before a room is no part of its family.
  display,
  launch,
  room,
}) => {
  const { app, page } = await launch(display.env)
  const pair = new PairWindow(page, room.data)
  await pair.startPractice()
  const first = String(await shownIn(page))
  const second = await startSecond(pair, first)
  await pair.shows('right', 'Type a prompt, or help')
  const other = await secondWindow(app, () => choose(page, 'Open this pair in a new window'))
  await page
    .getByRole('navigation', { name: 'Pairs' })
    .getByRole('button', { name: /Make slugify/ })
    .click()
  await expect.poll(() => shownIn(page)).toBe(first)
  await app.evaluate(({ Notification }) => {
    const shown: unknown[] = []
    Reflect.set(globalThis, 'notifications', shown)
    Notification.isSupported = () => true
    Notification.prototype.show = function () {
      shown.push(this)
    }
  })
  const focus = (title: string) =>
    app.evaluate(({ BrowserWindow }, words) => {
      const window = BrowserWindow.getAllWindows().find(each => each.getTitle().includes(words))
      window?.focus()
      return window?.isFocused() ?? false
    }, title)
  await expect.poll(() => focus('slugify() handle')).toBe(true)
  await command(page, second, { type: 'steer', to: 'right', when: 'now', text: 'approve' })
  const count = () => app.evaluate(() => Reflect.get(globalThis, 'notifications').length)
  await expect.poll(count).toBe(1)
  await app.evaluate(() => Reflect.get(globalThis, 'notifications').at(-1).emit('click'))
  const card = new PairWindow(other, room.data).inbox.getByRole('article', { name: /^Navigator asks/ })
  await expect(card).toBeFocused()
  await expect
    .poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getFocusedWindow()?.getTitle() ?? 'none'))
    .toContain('truncate')
  expect([await shownIn(page), await shownIn(other)]).toEqual([first, second])
})

test('past pairs are found by a handoff and by a finding, and opened there', async ({ pair, room }) => {
  const { page } = pair
  const first = String(await shownIn(page))
  await letEnd(page, room.data, first)
  const second = await startSecond(pair, first)
  await letEnd(page, room.data, second)
  for (const each of [first, second]) await request(page, 'pairs.close', { pair: each })

  const field = page.getByRole('searchbox', { name: 'Search pairs' })
  const rows = page.getByRole('navigation', { name: 'Pairs' }).getByRole('listitem')
  const wordsIn = (text: unknown): string => String(text).split(/\s+/).slice(2, 6).join(' ').toUpperCase()
  const handoffs = (id: string) => eventsOf(room.data, id).filter(({ type }) => type === 'turnEnded')
  const said = wordsIn(handoffs(first)[0]?.text)
  await choose(page, 'Search past pairs…')
  await expect(field).toBeFocused()
  await field.fill(said)
  await expect(rows.filter({ has: page.locator('mark') }).first()).toContainText('Handoff')
  if (process.env.DUOLOGUE_SCREENSHOTS)
    for (const theme of THEMES) {
      await wear(page, theme)
      await page.screenshot({ path: `test-results/many-search-${theme}.png` })
    }
  await axeFindsNothing(page, 'what was found')
  await rows
    .filter({ has: page.locator('mark'), hasText: 'slugify' })
    .getByRole('button')
    .click()
  await expect.poll(() => shownIn(page)).toBe(first)
  await expect(pair.timeline.locator('.row.open, [data-seq].open').first()).toBeInViewport()

  const findings = eventsOf(room.data, second).flatMap(event =>
    event.type === 'reviewed' ? (event.findings as readonly { id: string; text: string }[]) : [],
  )
  const [finding] = findings
  if (!finding) throw new Error('the second task has a finding')
  await choose(page, 'Search past pairs…')
  await field.fill(finding.text.split(/\s+/).slice(0, 6).join('  '))
  await expect(rows).toHaveCount(1)
  await expect(rows).toContainText(`Finding ${finding.id}`)
  await rows.getByRole('button').click()
  await expect.poll(() => shownIn(page)).toBe(second)
  await expect(
    page.getByRole('article', { name: new RegExp(`${finding.id.replace('.', '\\.')}$`) }),
  ).toBeInViewport()

  await choose(page, 'Search past pairs…')
  await field.fill('nobody said this')
  await expect(rows).toHaveText(['No pair matches.'])
})

test('the list of open pairs leaves the panes their room, and axe finds nothing in it', async ({
  launch,
  room,
}) => {
  const { app, page } = await launch()
  const pair = new PairWindow(page, room.data)
  await pair.startPractice()
  const first = String(await shownIn(page))
  await startSecond(pair, first)
  for (const size of [
    [1280, 800],
    [1920, 1080],
    [900, 600],
  ] as const) {
    await resize(app, page, size)
    const list = await openPairs(page).boundingBox()
    expect(list?.width).toBeLessThanOrEqual(size[0] < 1180 ? 44 : 216)
    for (const side of ['left', 'right'])
      expect((await page.getByTestId(`terminal-${side}`).boundingBox())?.width).toBeGreaterThan(215)
    if (process.env.DUOLOGUE_SCREENSHOTS)
      for (const theme of THEMES) {
        await wear(page, theme)
        await page.screenshot({ path: `test-results/many-${size.join('x')}-${theme}.png` })
      }
  }
  await resize(app, page, [1280, 800])
  await axeFindsNothing(page, 'two open pairs')
  await page.getByRole('button', { name: 'Narrow this list' }).click()
  await expect.poll(async () => (await openPairs(page).boundingBox())?.width).toBe(44)
  await page.keyboard.press('Control+Shift+O')
  await axeFindsNothing(page, 'the switcher')
  if (process.env.DUOLOGUE_SCREENSHOTS) await page.screenshot({ path: 'test-results/many-switcher.png' })
})
