/** The window itself: its keys, its palette, what a reader finds in it, how it fits, and what it must not do. */
import type { Page } from '@playwright/test'
import { expect, test } from './app'
import { axeFindsNothing, request, resize, THEMES, wear } from './looks'
import { openNewest, PairWindow, type Side } from './pages'

const focused = (page: Page, side: Side): Promise<boolean> =>
  page.getByTestId(`terminal-${side}`).evaluate(pane => pane.contains(document.activeElement))

const hasFocus = (page: Page, selector: string): Promise<void> =>
  expect.poll(() => page.evaluate(to => document.activeElement?.matches(to), selector)).toBe(true)

/** Records what the window sends to programs from now on. */
const spyOnInput = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const sent: string[] = []
    const post = MessagePort.prototype.postMessage
    MessagePort.prototype.postMessage = function (message: unknown) {
      if (message && Reflect.get(Object(message), 'type') === 'input')
        sent.push(Reflect.get(Object(message), 'data'))
      post.call(this, message)
    }
    Reflect.set(globalThis, 'sentInput', sent)
  })

const inputSent = (page: Page): Promise<string> =>
  page.evaluate(() => (Reflect.get(globalThis, 'sentInput') as string[]).join(''))

const openPalette = async (page: Page) => {
  await page.keyboard.press('Control+Shift+P')
  const palette = page.getByRole('dialog', { name: 'All commands' })
  await expect(palette.getByRole('option').first()).toBeVisible()
  return palette
}

test('every command with a key works by it from inside a terminal, and the program gets nothing of it', async ({
  launch,
  room,
}) => {
  const { page } = await launch()
  const pair = new PairWindow(page, room.data)
  await pair.startPractice()
  await pair.shows('right', 'Type a prompt, or help')
  await spyOnInput(page)
  const dialog = async (name: string | RegExp) => {
    await expect(page.getByRole('dialog', { name })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
  }
  const refused = async (words: RegExp) => {
    await expect(page.locator('.toast').filter({ hasText: words }).first()).toBeVisible()
  }
  const row = page.getByRole('navigation', { name: 'Pairs' }).getByRole('listitem').first()
  const keys: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['Ctrl+Shift+P', () => dialog('All commands')],
    ['Ctrl+,', () => dialog('Settings')],
    ['Ctrl+.', () => expect(pair.control('Resume')).toBeVisible()],
    ['Ctrl+Shift+S', () => pair.until('stepAllowed')],
    ['Ctrl+Shift+X', () => expect(pair.control('Keep roles')).toBeVisible()],
    ['Ctrl+Shift+K', () => expect(pair.composer.getByRole('textbox')).toBeFocused()],
    ['Ctrl+Shift+E', () => dialog(/End/)],
    ['Ctrl+Shift+A', () => hasFocus(page, '.inbox article')],
    ['Ctrl+Shift+D', () => expect.poll(() => focused(page, 'left')).toBe(true)],
    ['Ctrl+Shift+G', () => expect.poll(() => focused(page, 'right')).toBe(true)],
    [
      'Ctrl+Shift+I',
      () => expect(page.getByRole('tab', { name: /^Findings/, selected: true })).toBeVisible(),
    ],
    ['Ctrl+Shift+T', () => hasFocus(page, '.row-face')],
    ['Ctrl+Shift+J', () => expect(pair.timeline).toBeHidden()],
    ['Ctrl+Shift+L', () => expect(pair.timeline).toBeVisible()],
    ['Ctrl+Shift+H', () => refused(/End round/)],
    ['Ctrl+Shift+Y', () => refused(/Nothing has failed/)],
    ['Ctrl+Shift+M', () => pair.until('proofStarted')],
    ['Ctrl+Shift+B', () => pair.until('turnInterrupting', ({ purpose }) => purpose === 'hold')],
    ['Ctrl+Shift+R', () => refused(/turn/i)],
    ['Ctrl+Shift+O', () => dialog('Switch to a pair')],
    [
      'Ctrl+Shift+N',
      async () => {
        await expect(page.getByRole('heading', { name: 'Start a pair' })).toBeVisible()
        await row.getByRole('button').click()
      },
    ],
    [
      'Ctrl+Shift+U',
      async () => {
        const replay = page.getByRole('region', { name: 'Replay', exact: true })
        await expect(page.getByTestId('replayed-right')).toBeVisible()
        await page.keyboard.press('Control+Shift+U')
        await expect(replay).toHaveCount(0)
      },
    ],
    ['Ctrl+Shift+W', () => expect(page.getByRole('button', { name: 'Go on with this pair' })).toBeVisible()],
  ]

  const palette = await openPalette(page)
  const hints = await palette.getByRole('option').locator('.hint').allTextContents()
  await page.keyboard.press('Escape')
  expect([...hints, 'Ctrl+Shift+P'].sort()).toEqual(keys.map(([key]) => key).sort())

  for (const [key, works] of keys)
    await test.step(key, async () => {
      await page.getByTestId('terminal-right').click()
      await expect.poll(() => focused(page, 'right')).toBe(true)
      if (key === 'Ctrl+Shift+W') {
        await pair.shows('right', 'Type a prompt, or help')
        expect(await inputSent(page)).toBe('')
        await page.keyboard.type('x')
        await expect.poll(() => inputSent(page)).toBe('x') // the spy does see what is typed
      }
      await page.keyboard.press(key.replace('Ctrl', 'Control'))
      await works()
    })
})

test('the palette lists every command, and those that do not apply with their reason', async ({
  launch,
  room,
}) => {
  const { page } = await launch()
  await expect(page.getByRole('heading', { name: /Two agents/ })).toBeVisible()
  const home = await openPalette(page)
  const labels = (texts: readonly string[]) => texts.map(text => text.trim()).sort()
  const atHome = labels(await home.getByRole('option').locator('> span:first-child').allTextContents())
  expect(atHome.length).toBeGreaterThan(25)
  await expect(home.getByRole('option', { name: 'Pause or resume' })).toContainText('No pair is open.')
  await page.keyboard.press('Escape')

  const pair = new PairWindow(page, room.data)
  await pair.startPractice()
  const palette = await openPalette(page)
  // A command that goes both ways names the way it would go now.
  expect(labels(await palette.getByRole('option').locator('> span:first-child').allTextContents())).toEqual(
    labels(
      atHome.map(
        label =>
          ({
            'Pause or resume': 'Pause',
            'Blind double review, or take it back': 'Blind double review',
            'Replay this pair, or go back': 'Replay this pair',
            'Play or pause the replay': 'Play the replay',
          })[label] ?? label,
      ),
    ),
  )
  const step = palette.getByRole('option', { name: /^Step/ })
  await expect(step).toContainText('Step lets one message pass while the pair is paused.')
  await step.click()
  expect(pair.events('stepAllowed')).toEqual([])
  await palette.getByRole('combobox').fill('export pair')
  await expect(palette.getByRole('option')).toHaveText([/^Export this pair/])
  await palette.getByRole('combobox').fill('pause or')
  await page.keyboard.press('Enter')
  await expect(pair.control('Resume')).toBeVisible()
})

test('axe finds nothing on the first screen, the start form, settings and palette', async ({ launch }) => {
  const { page } = await launch()
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await expect(page.getByRole('heading', { name: /Two agents/ })).toBeVisible()
  await axeFindsNothing(page, 'home')
  await page.keyboard.press('Control+,')
  await axeFindsNothing(page, 'settings')
  await page.keyboard.press('Escape')
  await openPalette(page)
  await axeFindsNothing(page, 'palette')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Start a pair' }).first().click()
  await expect(page.getByRole('radio').first()).toBeVisible()
  await axeFindsNothing(page, 'start form')
})

test('axe finds nothing in a pair, with an inbox and at its end', async ({ launch, room }) => {
  const { page } = await launch()
  const pair = new PairWindow(page, room.data)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await pair.startPractice()
  await pair.steer('Keep the public API.', 'Both', 'Next handoff')
  await expect(pair.timeline.getByRole('article').filter({ hasText: 'Keep the public API.' })).toHaveCount(2)
  await axeFindsNothing(page, 'pair with an inbox')
  await pair.letGo()
  await pair.until('ended')
  const review = pair.timeline
    .getByRole('article')
    .filter({ hasText: /^Review by/ })
    .first()
  await review.getByRole('button').click()
  await axeFindsNothing(page, 'pair that ended')
})

test('the layout is set by keyboard and kept over a restart', async ({ launch, room }) => {
  const first = await launch()
  const pair = new PairWindow(first.page, room.data)
  await pair.startPractice()
  await first.page.getByRole('button', { name: 'Hide the inbox' }).click()
  const widths = (page: Page) =>
    page.evaluate(() =>
      [...document.querySelectorAll('.pane, .timeline')].map(each =>
        Math.round(each.getBoundingClientRect().width),
      ),
    )
  const before = await widths(first.page)
  await first.page.getByRole('separator', { name: 'Width of the left pane' }).press('ArrowRight')
  await first.page.getByRole('separator', { name: 'Width of the timeline' }).press('ArrowLeft')
  await expect.poll(async () => (await widths(first.page))[0]).toBeGreaterThan(before[0] ?? 0)
  await expect.poll(async () => (await widths(first.page))[2]).toBeGreaterThan(before[2] ?? 0)
  const set = await widths(first.page)
  const layoutOf = async (page: Page) => {
    const { value } = await request(page, 'app.info', undefined)
    return Reflect.get(Reflect.get(Object(value), 'settings'), 'layout') as readonly number[]
  }
  const whole = set.reduce((sum, width) => sum + width)
  await expect
    .poll(async () => (await layoutOf(first.page)).map(share => Math.round(share)))
    .toEqual(set.map(width => Math.round((width / whole) * 100)))
  await first.app.close()

  const second = await launch()
  await openNewest(second.page)
  await expect.poll(async () => (await widths(second.page)).length).toBe(3)
  const kept = await widths(second.page)
  for (const [index, width] of kept.entries())
    expect(Math.abs(width - (set[index] ?? 0))).toBeLessThanOrEqual(2)
})

test('nothing overflows at any size, in either theme', async ({ launch, room }, info) => {
  const { app, page } = await launch()
  const pair = new PairWindow(page, room.data)
  const fits = (place: string) =>
    test.step(place, async () => {
      for (const size of [
        [1440, 900],
        [1280, 800],
        [900, 600],
        [720, 480],
      ] as const) {
        await resize(app, page, size)
        for (const theme of THEMES) {
          await wear(page, theme)
          await page.screenshot({ path: info.outputPath(`${place}-${size.join('x')}-${theme}.png`) })
        }
        const wrong = await page.evaluate(() => {
          const root = document.scrollingElement
          const outside = [
            ...document.querySelectorAll('[role=toolbar] button, .composer button, .composer input'),
          ]
            .filter(each => {
              const { left, right, top, bottom, width } = each.getBoundingClientRect()
              return width === 0 || left < 0 || top < 0 || right > innerWidth || bottom > innerHeight
            })
            .map(each => each.getAttribute('aria-label') ?? each.textContent)
          const dialog = document.querySelector('dialog')
          const cut = [...(dialog?.querySelectorAll('.dialog-acts button') ?? [])].filter(each => {
            const { x, y, width, height } = each.getBoundingClientRect()
            return !each.contains(document.elementFromPoint(x + width / 2, y + height / 2))
          })
          const wide = root && (root.scrollWidth > root.clientWidth || root.scrollHeight > root.clientHeight)
          const field = document.querySelector('.composer textarea')
          const tall = field && field.getBoundingClientRect().height > 33 ? ['the empty composer'] : []
          return [
            ...outside,
            ...tall,
            ...cut.map(each => each.textContent),
            ...(wide ? ['the page'] : []),
            ...(dialog && dialog.scrollHeight > dialog.clientHeight ? ['the dialog'] : []),
          ]
        })
        expect(wrong, `${place} at ${size.join(' × ')}`).toEqual([])
      }
    })
  await fits('home')
  await page.keyboard.press('Control+,')
  await fits('settings')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await pair.startPractice()
  await fits('asking')
  // What the sandbox of the window says is not said over what one works with.
  await pair.allow()
  await pair.control('Pause').click()
  await pair.answer('Strip')
  await pair.until('deliveryQueued', ({ kind }) => kind === 'handoff')
  await fits('paused')
  await pair.control('Resume').click()
  await pair.until('ended')
  await expect(pair.status).toHaveText(/agreed/i)
  await fits('ended')
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Close this pair' }).click()
  await expect(page.getByRole('button', { name: 'Go on with this pair' })).toBeVisible()
  await fits('closed')
})

test('an export from the menu tells where it is, and that redaction has limits', async ({ launch, room }) => {
  const { app, page } = await launch()
  const pair = new PairWindow(page, room.data)
  await pair.startPractice()
  await app.evaluate(({ dialog }, folder) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [folder] })
  }, room.root)
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Export this pair' }).click()
  const dialog = page.getByRole('dialog', { name: 'Export this pair' })
  await dialog.getByRole('radio', { name: 'Markdown' }).check()
  await dialog.getByRole('button', { name: 'Choose a folder and export' }).click()
  const told = page.locator('.toast')
  await expect(told).toContainText(`${room.root}/duologue-`)
  await expect(told).toContainText('transcript.md')
  await expect(told).toContainText('Not every secret can be told')
})

test('a link in a terminal is opened when it is the web’s, and never otherwise', async ({ launch, room }) => {
  const { app, page } = await launch()
  const pair = new PairWindow(page, room.data)
  await pair.startPractice()
  await app.evaluate(({ shell }) => {
    const opened: string[] = []
    Reflect.set(globalThis, 'openedLinks', opened)
    shell.openExternal = async url => void opened.push(url)
  })
  const opened = () => app.evaluate(() => Reflect.get(globalThis, 'openedLinks') as string[])
  const address = page.url()
  const web = 'https://a.invalid/x'
  const script = 'javascript:hacked=1//'
  await pair.type('right', `${script} ${web}`)
  await pair.shows('right', web)
  /** Clicks into the middle of a text on the right screen, when it is seen to be a link or none. The terminal's text field has the size of one cell. */
  const clickOn = async (text: string, link: boolean) => {
    const lines = (await pair.screen('right')).split('\n')
    const row = lines.findIndex(line => line.includes(text))
    const column = (lines[row] ?? '').indexOf(text) + Math.floor(text.length / 2)
    const [left, top, width, height] = await page.getByTestId('terminal-right').evaluate(pane => {
      const box = pane.querySelector('.xterm-screen')?.getBoundingClientRect()
      const cell = pane.querySelector('textarea')?.style
      return [
        box?.left ?? 0,
        box?.top ?? 0,
        Number.parseFloat(cell?.width ?? ''),
        Number.parseFloat(cell?.height ?? ''),
      ]
    })
    const at = [left + (column + 0.5) * width, top + (row + 0.5) * height] as const
    await page.mouse.move(...at)
    await expect(page.getByTestId('terminal-right').locator('.xterm-cursor-pointer')).toHaveCount(
      link ? 1 : 0,
    )
    await page.mouse.click(...at)
  }
  await clickOn(web, true)
  await expect.poll(opened).toEqual([web])
  await clickOn(script, false)
  await clickOn(web, true)
  await expect.poll(opened).toEqual([web, web])
  expect(await page.evaluate(() => Reflect.get(globalThis, 'hacked'))).toBeUndefined()
  for (const url of ['javascript:alert(1)', 'file:///etc/passwd', 'data:text/html,x'])
    expect(await request(page, 'link.open', { url })).toMatchObject({ ok: false })
  expect(await opened()).toEqual([web, web])
  expect(page.url()).toBe(address)
  expect(app.windows()).toHaveLength(1)
})

test('a burst of output leaves the window answering, and its end is on the screen', async ({
  launch,
  room,
}) => {
  const { page } = await launch()
  const pair = new PairWindow(page, room.data)
  await pair.startPractice()
  // The buffer tells what came; the picture may be of before.
  await page.evaluate(() => {
    const { xterm } = Reflect.get(globalThis, 'duologueScreens').right
    xterm.onRender(() => {
      const { active } = xterm.buffer
      const rows = Array.from({ length: xterm.rows }, (_, row) => active.getLine(active.viewportY + row))
      Reflect.set(globalThis, 'painted', rows.map(line => line?.translateToString(true)).join('\n'))
    })
  })
  await pair.type('right', 'flood 5000\r')
  await pair.until('turnStarted', ({ seat }) => seat === 'right')
  await page.keyboard.press('Control+.')
  await expect(pair.control('Resume')).toBeVisible()
  await pair.shows('right', /line 4999 of 5000\n\s*line 5000 of 5000\n/)
  await expect
    .poll(() => page.evaluate(() => Reflect.get(globalThis, 'painted')))
    .toContain('line 5000 of 5000')
  await pair.type('right', 'still here')
  await pair.shows('right', '❯ still here')
})
