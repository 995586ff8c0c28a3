/**
 * How the human is called: on the real app, through its own main process, up to the system's notification. What the
 * desktop makes of it is not seen here: `Notification.show` and `close` are replaced, and nothing else.
 */
import type { ElectronApplication, Page } from '@playwright/test'
import { type Event, expect, test as room } from './app'
import { type Display, ownDisplay } from './display'
import { request } from './looks'
import { PairWindow } from './pages'

interface Shown {
  readonly title: string
  readonly body: string
  /** Milliseconds since 1970, as the journal's times. */
  readonly at: number
  readonly silent: boolean
}

/** Keeps what would be shown, and every call that could take the focus. */
const watch = (app: ElectronApplication): Promise<void> =>
  app.evaluate(({ Notification, BrowserWindow, app: electron }) => {
    const shown: unknown[] = []
    const open = new Set<unknown>()
    const taken: string[] = []
    Reflect.set(globalThis, 'attention', { shown, open, taken })
    Notification.isSupported = () => true
    Notification.prototype.show = function () {
      shown.push({
        title: this.title,
        body: this.body,
        silent: this.silent,
        at: Date.now(),
        notification: this,
      })
      open.add(this)
    }
    Notification.prototype.close = function () {
      open.delete(this)
    }
    for (const name of ['show', 'focus', 'restore', 'moveTop'] as const) {
      const real = BrowserWindow.prototype[name]
      BrowserWindow.prototype[name] = function () {
        taken.push(name)
        real.call(this)
      }
    }
    const real = electron.focus.bind(electron)
    electron.focus = options => {
      taken.push('app.focus')
      real(options)
    }
  })

const shown = (app: ElectronApplication): Promise<readonly Shown[]> =>
  app.evaluate(() =>
    (Reflect.get(globalThis, 'attention').shown as Shown[]).map(({ title, body, silent, at }) => ({
      title,
      body,
      silent,
      at,
    })),
  )
/** How many stand on the screen. */
const standing = (app: ElectronApplication): Promise<number> =>
  app.evaluate(() => Reflect.get(globalThis, 'attention').open.size)
const focusTaken = (app: ElectronApplication): Promise<readonly string[]> =>
  app.evaluate(() => Reflect.get(globalThis, 'attention').taken)
const click = (app: ElectronApplication, index: number): Promise<void> =>
  app.evaluate((_, at) => {
    Reflect.get(globalThis, 'attention').shown.at(at).notification.emit('click')
  }, index)

const TITLE = 'Duologue'
const ours = (app: ElectronApplication): Promise<{ title: string; focused: boolean; visible: boolean }> =>
  app.evaluate(({ BrowserWindow }, name) => {
    const window = BrowserWindow.getAllWindows().find(each => each.getTitle().includes(name))
    if (!window) throw new Error('the window is gone')
    return { title: window.getTitle(), focused: window.isFocused(), visible: window.isVisible() }
  }, TITLE)

/** The human turns to another program: a window beside ours takes the focus. */
const lookAway = async (app: ElectronApplication): Promise<void> => {
  await app.evaluate(({ BrowserWindow }) => {
    const other = new BrowserWindow({ width: 300, height: 200, title: 'Another program' })
    Reflect.set(globalThis, 'otherProgram', other)
    return new Promise<void>(resolve => {
      other.once('focus', () => resolve())
      other.focus()
    })
  })
  await expect.poll(async () => (await ours(app)).focused).toBe(false)
}
const lookBack = async (app: ElectronApplication): Promise<void> => {
  await app.evaluate(({ BrowserWindow }, name) => {
    BrowserWindow.getAllWindows()
      .find(each => each.getTitle().includes(name))
      ?.focus()
  }, TITLE)
  await expect.poll(async () => (await ours(app)).focused).toBe(true)
}

interface Fixtures {
  app: ElectronApplication
  page: Page
  pair: PairWindow
}

const test = room.extend<Fixtures, { display: Display }>({
  display: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures here
    async ({}, use) => {
      const display = await ownDisplay()
      await use(display)
      await display.stop()
    },
    { scope: 'worker' },
  ],
  // The display first: what stands before a room is no part of its family.
  app: async ({ display, launch }, use) => {
    const { app } = await launch(display.env)
    await use(app)
  },
  page: async ({ app }, use) => use(await app.firstWindow()),
  pair: async ({ page, app, room: { data } }, use) => {
    const pair = new PairWindow(page, data)
    await expect(page.getByRole('button', { name: 'Try the practice pair' })).toBeVisible()
    await watch(app)
    await use(pair)
  },
})

/** The id of the request that was asked as the `n`th, counted from 0. */
const requestId = (pair: PairWindow, n: number): string => {
  const asked = approvalsOf(pair)[n]
  return String(Reflect.get(Object(asked?.request), 'id'))
}
const approvalsOf = (pair: PairWindow): readonly Event[] => pair.events('requestOpened')
const command = async (pair: PairWindow, given: unknown, id = idOf(pair)): Promise<void> => {
  const reply = await request(pair.page, 'pair.command', { pair: id, command: given })
  expect(reply).toMatchObject({ ok: true })
}
/** Of the newest pair. */
const idOf = (pair: PairWindow): string => String(pair.events('pairStarted')[0]?.pair)
/** Lets the practice agent of a seat ask for an approval. */
const ask = (pair: PairWindow, to: 'left' | 'right', id = idOf(pair)): Promise<void> =>
  command(pair, { type: 'steer', to, when: 'now', text: 'approve' }, id)
const timeOf = (event: Event | undefined): number => Date.parse(String(event?.at))

/** Milliseconds from the journal's event to what was shown for it: told, never asserted. */
const report = (what: string, delays: readonly number[]): void => {
  const sorted = [...delays].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)]
  console.log(
    `${what}: ${sorted.length} notifications; ms after the journal: p50 ${at(0.5)}, p95 ${at(0.95)}, most ${at(1)}`,
  )
}

test('a hundred approvals are a hundred notifications, each once, and none takes the focus', async ({
  app,
  pair,
}) => {
  test.setTimeout(240_000)
  const RUNS = 100
  await lookBack(app)
  await pair.startPractice()
  await pair.shows('right', 'Type a prompt, or help')
  await lookAway(app)
  const before = (await focusTaken(app)).length
  for (let n = 1; n <= RUNS; n++) {
    await ask(pair, 'right')
    await expect.poll(() => approvalsOf(pair).length, { intervals: [20] }).toBe(n + 1)
    await expect.poll(async () => (await shown(app)).length, { intervals: [20] }).toBe(n)
    const id = requestId(pair, n)
    await command(pair, { type: 'answer', id, answer: { type: 'approval', choice: 'deny' } })
    await expect.poll(() => pair.events('turnEnded').length, { intervals: [20] }).toBe(n)
  }
  const told = await shown(app)
  const asked = approvalsOf(pair).slice(1)
  expect(told).toHaveLength(RUNS)
  expect(asked).toHaveLength(RUNS)
  for (const { title, body, silent } of told) {
    expect(title).toBe('Practice agent (navigator) asks: Run a command')
    expect(body).toBe('echo practice')
    expect(silent).toBe(true)
  }
  report(
    'approvals',
    told.map(({ at }, index) => at - timeOf(asked[index])),
  )
  // Each was taken away when it was answered.
  expect(await standing(app)).toBe(0)
  expect((await focusTaken(app)).slice(before)).toEqual([])
  expect((await ours(app)).focused).toBe(false)
})

/** The first screen, with the first pair going on behind it; then another one is begun. */
const startAnother = async (pair: PairWindow): Promise<string> => {
  const first = idOf(pair)
  await pair.page.getByRole('button', { name: 'All pairs' }).click()
  await pair.page.getByRole('button', { name: 'Try the practice pair' }).click()
  await expect.poll(() => pair.events('pairStarted')[0]?.pair ?? first).not.toBe(first)
  await expect(pair.inbox.getByText('node --test')).toBeVisible()
  return first
}

test('several at once become one that tells how many, and a click shows the oldest', async ({
  app,
  pair,
}) => {
  // Closely after one another is decided by the clock, which stands still here: no machine is too slow for this test.
  await app.evaluate(() => {
    performance.now = () => 0
  })
  await lookBack(app)
  await pair.startPractice()
  const first = await startAnother(pair)
  await pair.shows('right', 'Type a prompt, or help')
  await lookAway(app)
  await ask(pair, 'right', first)
  await expect.poll(async () => (await shown(app)).length).toBe(1)
  expect((await shown(app))[0]?.title).toBe('Practice agent (navigator) asks: Run a command')
  await ask(pair, 'right')
  await expect.poll(async () => (await shown(app)).at(-1)?.title).toBe('2 things wait for you')
  expect((await shown(app)).at(-1)?.body).toContain('Make slugify()')
  expect(await standing(app)).toBe(1)
  expect((await ours(app)).title).toBe('(4) Duologue')
  await click(app, -1)
  await expect.poll(async () => (await ours(app)).focused).toBe(true)
  await expect(pair.inbox.getByRole('article', { name: /^Navigator asks/ })).toBeFocused()
  const shownPair = await pair.page.evaluate(() => sessionStorage.getItem('duologue.pair'))
  expect(shownPair).toBe(first)
  await expect(pair.page.getByRole('button', { name: 'Another pair needs you' })).toBeVisible()
})

test('a click brings back a hidden window, with the pair and the card', async ({ app, pair }) => {
  await lookBack(app)
  await pair.startPractice()
  await pair.page.getByRole('button', { name: 'All pairs' }).click()
  await lookAway(app)
  await app.evaluate(({ BrowserWindow }, name) => {
    BrowserWindow.getAllWindows()
      .find(each => each.getTitle().includes(name))
      ?.hide()
  }, TITLE)
  const before = (await focusTaken(app)).length
  await command(pair, { type: 'steer', to: 'right', when: 'now', text: 'crash' })
  await expect
    .poll(async () => (await shown(app)).map(({ title }) => title))
    .toEqual(['Practice agent (navigator) cannot go on'])
  expect(await ours(app)).toMatchObject({ focused: false, visible: false })
  expect((await focusTaken(app)).slice(before)).toEqual([])
  await click(app, 0)
  await expect.poll(async () => ours(app)).toMatchObject({ focused: true, visible: true })
  await expect(pair.inbox.getByRole('article', { name: /stopped unexpectedly/ })).toBeFocused()
  // Whoever looks need not be called any more.
  await expect.poll(() => standing(app)).toBe(0)
})

test('nobody is called for what is looked at; another pair may call', async ({ app, pair }) => {
  await lookBack(app)
  await pair.startPractice()
  const first = await startAnother(pair)
  await ask(pair, 'right')
  await expect.poll(() => approvalsOf(pair).length).toBe(2)
  await expect.poll(async () => (await ours(app)).title).toBe('(3) Duologue')
  await command(pair, { type: 'pause', now: false }, first)
  await ask(pair, 'right', first)
  await command(pair, { type: 'resume' }, first)
  await expect.poll(async () => (await shown(app)).length).toBe(1)
  expect((await ours(app)).focused).toBe(true)
  // Only the pair that is not on the screen called.
  await click(app, 0)
  await expect(pair.inbox.getByRole('article', { name: /^Navigator asks/ })).toBeFocused()
  expect(await pair.page.evaluate(() => sessionStorage.getItem('duologue.pair'))).toBe(first)
})

test('an end is told, and counts until somebody has looked', async ({ app, pair }) => {
  await lookBack(app)
  await pair.startPractice()
  await lookAway(app)
  await pair.letGo()
  const ended = await pair.until('ended')
  await expect.poll(async () => (await shown(app)).at(-1)?.title).toBe('The pair has agreed')
  report('end', [((await shown(app)).at(-1)?.at ?? 0) - timeOf(ended)])
  expect((await ours(app)).title).toBe('(1) Duologue')
  await click(app, -1)
  await expect.poll(async () => (await ours(app)).title).toBe('Duologue')
  await expect(pair.timeline.getByText(/agreed/i).last()).toBeInViewport()
})

test('the sound is off until it is wanted, and then comes once with each call', async ({
  app,
  page,
  pair,
}) => {
  await page.evaluate(() => {
    const start = OscillatorNode.prototype.start
    Reflect.set(globalThis, 'tones', [])
    OscillatorNode.prototype.start = function (when) {
      Reflect.get(globalThis, 'tones').push(this.frequency.value)
      start.call(this, when)
    }
  })
  const tones = () => page.evaluate(() => Reflect.get(globalThis, 'tones') as number[])
  await lookBack(app)
  await pair.startPractice()
  await pair.shows('right', 'Type a prompt, or help')
  await page.keyboard.press('Control+,')
  const settings = page.getByRole('dialog', { name: 'Settings' })
  await expect(settings.getByRole('switch', { name: 'Sound' })).not.toBeChecked()
  await expect(settings.getByText(/Not for the pair you look at/)).toBeVisible()
  await lookAway(app)
  await ask(pair, 'right')
  await expect.poll(async () => (await shown(app)).length).toBe(1)
  await settings.getByRole('switch', { name: 'Sound' }).check()
  await settings.getByRole('switch', { name: 'Notifications' }).uncheck()
  const id = requestId(pair, 1)
  await command(pair, { type: 'answer', id, answer: { type: 'approval', choice: 'deny' } })
  await pair.until('turnEnded', ({ seat }) => seat === 'right')
  await ask(pair, 'right')
  // Two tones, of this call alone: the one before had none.
  await expect.poll(tones).toHaveLength(2)
  expect(await shown(app)).toHaveLength(1)
})
