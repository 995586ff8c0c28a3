/** The score: what a person sees of a pair's timeline, and how they find their way in it. */
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { ElectronApplication, Locator, Page } from '@playwright/test'
import { expect } from './app'
import { axeFindsNothing, resize, THEMES, wear } from './looks'
import { openNewest, PairWindow, test } from './pages'
import { storeManyHandoffs, storeScore } from './scored-pair'

/** The pictures of the docs are taken on request only, so that an ordinary run changes no file. */
const PICTURES = process.env.DUOLOGUE_SCREENSHOTS === '1'
const IMAGES = resolve(__dirname, '../docs/images')
const SIZES = [
  [1280, 800],
  [1920, 1080],
  [900, 600],
] as const

const tools = (page: Page): Locator => page.getByRole('toolbar', { name: 'Timeline' })
const row = (pair: PairWindow, text: RegExp | string): Locator =>
  pair.timeline.getByRole('article').filter({ hasText: text })
const toTop = (pair: PairWindow): Promise<void> => pair.timeline.evaluate(box => box.scrollTo(0, 0))
const toEnd = (pair: PairWindow): Promise<void> =>
  pair.timeline.evaluate(box => box.scrollTo(0, box.scrollHeight))

/** How far the end is below what is seen, in pixels. */
const belowEnd = (pair: PairWindow): Promise<number> =>
  pair.timeline.evaluate(box => Math.round(box.scrollHeight - box.scrollTop - box.clientHeight))

interface Drawn {
  /** Left edge, top, right edge, bottom, from the top of the whole score. */
  readonly box: readonly [number, number, number, number]
  readonly classes: string
}

/** All that a selector finds, from the first row to the last, each where it stands in the whole score. */
const drawn = async (pair: PairWindow, selector: string): Promise<readonly Drawn[]> => {
  const found = new Map<string, Drawn>()
  await toTop(pair)
  for (;;) {
    const [seen, more] = await pair.timeline.evaluate(async (box, wanted) => {
      await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))
      const from = box.getBoundingClientRect()
      const all = [...box.querySelectorAll(wanted)].map(each => {
        const { left, right, top, bottom } = each.getBoundingClientRect()
        const y = box.scrollTop - from.top
        return {
          box: [left - from.left, top + y, right - from.left, bottom + y].map(Math.round),
          classes: each.getAttribute('class') ?? '',
        }
      })
      const before = box.scrollTop
      box.scrollTop += box.clientHeight / 2
      return [all, box.scrollTop > before] as const
    }, selector)
    for (const each of seen) found.set(JSON.stringify(each), each as unknown as Drawn)
    if (!more) return [...found.values()].sort((a, b) => a.box[1] - b.box[1])
  }
}

/** Texts that are taller than the room that the layout gave them. */
const tooTall = (pair: PairWindow): Promise<readonly string[]> =>
  pair.timeline.evaluate(box =>
    [...box.querySelectorAll('.row-face')]
      .filter(face => {
        const [inner] = [...face.children].slice(-1)
        if (!inner) return false
        return Math.max(inner.getBoundingClientRect().height, inner.scrollHeight) > face.clientHeight + 1
      })
      .map(face => face.textContent ?? ''),
  )

test('a practice pair’s score: bars in their lanes, handoffs across them, verdicts where they land, rounds as measures', async ({
  launch,
  room,
}) => {
  // In the docs' pictures turns take as long as a newcomer sees them take.
  const { app, page } = await launch(PICTURES ? { DUOLOGUE_PRACTICE_PACE: '350' } : {})
  const pair = new PairWindow(page, room.data)
  await pair.startPractice()
  await pair.letGo()
  await pair.until('ended', ({ reason }) => reason === 'agreed')
  await expect(row(pair, 'The end.')).toBeVisible()
  await expect(page.getByText('5 s')).toBeVisible() // the scale is said
  // What steers a pair is gone with its end.
  for (const name of ['Pause', 'Step', 'Swap roles', 'End round', 'End'])
    await expect(pair.control(name)).toHaveCount(0)
  await expect(pair.control('More')).toBeVisible()

  const width = await pair.timeline.evaluate(box => box.clientWidth)
  for (const [lane, role] of [
    ['left', 'driver'],
    ['right', 'navigator'],
  ] as const) {
    const bars = await drawn(pair, `.lane-bar.${lane}`)
    const turns = pair.events('turnStarted').filter(({ seat }) => seat === lane)
    expect(bars.filter(({ classes }) => classes.includes('first'))).toHaveLength(turns.length)
    for (const [index, { box, classes }] of bars.entries()) {
      expect(classes).toContain(role)
      expect(lane === 'left' ? box[2] < width / 3 : box[0] > (width * 2) / 3).toBe(true)
      expect(box[1]).toBeGreaterThanOrEqual(bars[index - 1]?.box[3] ?? 0)
    }
  }

  const handoffs = pair.events('deliveryQueued').filter(({ kind }) => kind === 'handoff')
  const lines = await drawn(pair, '.crossing > svg')
  expect(lines).toHaveLength(handoffs.length)
  for (const { box } of lines) expect(box[2] - box[0]).toBeGreaterThan(width / 2)
  const landings = await drawn(pair, '.crossing.to-left .landing .verdict')
  expect(landings.map(({ classes }) => classes)).toEqual(['verdict changes'])
  expect(landings[0]?.box[0]).toBeLessThan(width / 3)
  expect(await drawn(pair, '.measure')).toHaveLength(1 + pair.events('roundStarted').length)
  await toEnd(pair)
  await expect(row(pair, /^Round 2/)).toHaveCount(1)
  expect(await tooTall(pair)).toEqual([])
  if (PICTURES) await picturesOfWindow(app, pair)
})

const picturesOfWindow = async (app: ElectronApplication, pair: PairWindow): Promise<void> => {
  mkdirSync(IMAGES, { recursive: true })
  for (const size of SIZES) {
    await resize(app, pair.page, size)
    await toEnd(pair)
    for (const theme of THEMES) {
      await wear(pair.page, theme)
      await pair.page.screenshot({ path: join(IMAGES, `window-${size.join('x')}-${theme}.png`) })
    }
  }
}

test('an opened handoff shows its exact text, each station with its time, and what it brought', async ({
  launch,
  room,
}, info) => {
  storeScore(room)
  const { app, page } = await launch()
  await openNewest(page)
  const pair = new PairWindow(page, room.data)
  await expect(row(pair, 'The end.')).toBeVisible()

  const handoff = row(pair, /^Navigator to driver, answered: changes/)
  await handoff.getByRole('button').first().click()
  await expect(handoff.locator('.exact')).toHaveText(
    'changes\n1.1 major src/retry.ts:42 The key is made anew after a restart.\n1.2 minor src/client.ts:88 A 409 counts as a failure.',
  )
  await expect(handoff.getByRole('list', { name: 'Delivery' })).toBeInViewport()
  const stations = handoff.getByRole('list', { name: 'Delivery' }).getByRole('listitem')
  await expect(stations).toHaveText([/^Waiting/, /^Sent/, /^Accepted/, /^Answered/])
  for (const time of await stations.locator('time').allTextContents()) expect(time).toMatch(/\d\d:\d\d:\d\d/)
  await expect(handoff).toContainText('2 in scope')
  await expect(handoff).toContainText('The key is made anew after a restart, so the file is stored twice.')
  await expect(handoff).toContainText('1m 02s')
  await expect(handoff).toContainText('14,100')

  const work = row(pair, /^Driver to navigator.*5 files/)
  await work.getByRole('button').first().click()
  await expect(work).toContainText('src/key.ts')
  await expect(work).toContainText('npm test: passed')
  await page.screenshot({ path: info.outputPath('open.png') })
  await axeFindsNothing(page, 'a score with open rows')
  const ends = () =>
    page.locator('.score-row').evaluateAll(rows =>
      rows
        .map(each => each.getBoundingClientRect())
        .sort((a, b) => a.top - b.top)
        .map(({ top, bottom }) => [top, bottom] as const),
    )
  for (const width of [1100, 1700]) {
    await resize(app, page, [width, 900])
    await expect
      .poll(async () => {
        const all = await ends()
        return all.filter(([top], at) => top < (all[at - 1]?.[1] ?? top) - 1)
      }, `no row stands over another at ${width}`)
      .toEqual([])
    await expect(work.locator('.exact')).toBeInViewport()
  }
  await work.getByRole('button').first().click()
  await expect(work.locator('.exact')).toHaveCount(0)
})

test('filters, search and the way to the next hold', async ({ launch, room }) => {
  storeScore(room)
  const { page } = await launch()
  await openNewest(page)
  const pair = new PairWindow(page, room.data)
  await expect(row(pair, 'The end.')).toBeVisible()
  const sift = (name: string) => tools(page).getByRole('button', { name, exact: true })
  const names = async () => (await drawnNames(pair)).map(name => name.split(/[:,.]/)[0])

  await sift('Handoffs').click()
  expect(await names()).toEqual([
    'You to driver',
    'Driver to navigator',
    'Navigator to driver',
    'Driver to navigator',
    'Navigator to driver',
    'Round 2',
    'Driver to navigator',
  ])
  await sift('Questions').click()
  expect((await names()).filter(name => /asks$/.test(name ?? ''))).toEqual(['Driver asks', 'Navigator asks'])
  await sift('Handoffs').click()
  await sift('Questions').click()
  await sift('Findings').click()
  expect(await names()).toEqual([
    'Review by the navigator',
    'Review by the navigator',
    'Round 2',
    'Claude Code (driver) answers findings',
    'Review by the navigator',
  ])
  await sift('Findings').click()
  await sift('Mine').click()
  expect((await names()).filter(name => /^You|^Intent|^Paused/.test(name ?? ''))).toHaveLength(5)
  await sift('Mine').click()

  await tools(page).getByRole('button', { name: 'Search the timeline' }).click()
  const field = page.getByRole('searchbox', { name: 'Search the timeline' })
  await expect(field).toBeFocused()
  const count = page.getByRole('search').getByRole('status')
  await field.fill('stored twice') // in a finding, not on a face
  await expect(count).toHaveText('1 of 1')
  await expect(row(pair, /^Review by the navigator: 2 in scope/)).toBeInViewport()
  await field.fill('public api')
  const [, all] = /of (\d+)/.exec((await count.textContent()) ?? '') ?? []
  expect(Number(all)).toBeGreaterThan(3)
  const places: string[] = []
  for (let step = 0; step < Number(all); step++) {
    places.push((await count.textContent()) ?? '')
    await expect(pair.timeline.locator('.here')).toBeInViewport()
    await page.keyboard.press('Enter')
  }
  expect(new Set(places).size).toBe(Number(all))
  await expect(count).toHaveText(places[0] ?? '') // and begins anew
  await page.keyboard.press('Shift+Enter')
  await expect(count).toHaveText(places.at(-1) ?? '')
  // Every row that holds the words on its face has them marked, those too that came by scrolling.
  await toTop(pair)
  expect(await unmarked(pair, 'public api')).toEqual([])
  await toEnd(pair)
  expect(await unmarked(pair, 'public api')).toEqual([])
  await field.fill('nowhere at all')
  await expect(count).toHaveText('none')
  await page.keyboard.press('Escape')
  await expect(field).toHaveCount(0)

  await toTop(pair)
  await page.keyboard.press('Home')
  const held: string[] = []
  for (let step = 0; step < 4; step++) {
    await tools(page).getByRole('button', { name: 'Next hold' }).click()
    await expect(pair.timeline.locator('.here')).toBeInViewport()
    held.push(
      ((await pair.timeline.locator('.here').getAttribute('aria-label')) ?? '').split(/[:,]/)[0] ?? '',
    )
  }
  expect(held).toEqual(['Driver asks', 'Paused', 'Navigator asks', 'Driver asks'])
})

/** The faces of rows that are there, hold the words, and have no mark on them. */
const unmarked = (pair: PairWindow, words: string): Promise<readonly string[]> =>
  pair.timeline.evaluate(async (box, wanted) => {
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))
    const marks = [...(CSS.highlights.get('score-found') ?? [])]
    return [...box.querySelectorAll('.row-face > [aria-hidden]')]
      .filter(face => face.textContent?.toLowerCase().includes(wanted))
      .filter(face => !marks.some(mark => face.contains(mark.startContainer)))
      .map(face => face.textContent ?? '')
  }, words)

/** What each row is called, from the first to the last. */
const drawnNames = async (pair: PairWindow): Promise<readonly string[]> => {
  const names = new Map<number, string>()
  await toTop(pair)
  for (;;) {
    const [seen, more] = await pair.timeline.evaluate(async box => {
      await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))
      const all = [...box.querySelectorAll('article')].map(
        each => [Number(each.ariaPosInSet), each.ariaLabel ?? ''] as const,
      )
      const before = box.scrollTop
      box.scrollTop += box.clientHeight / 2
      return [all, box.scrollTop > before] as const
    })
    for (const [at, name] of seen) names.set(at, name)
    if (!more) return [...names].sort(([a], [b]) => a - b).map(([, name]) => name)
  }
}

test('who is at the end follows what is live; who has scrolled up is left there, and told how much is new', async ({
  launch,
  room,
}) => {
  const { app, page } = await launch()
  const pair = new PairWindow(page, room.data)
  await resize(app, page, [900, 600])
  await pair.startPractice()
  await pair.steer('Keep the public API.', 'Both', 'Next handoff')
  await expect.poll(() => belowEnd(pair)).toBeLessThan(4)
  await pair.allow()
  await pair.inbox.getByRole('radio', { name: 'Strip' }).waitFor()
  await expect.poll(() => belowEnd(pair)).toBeLessThan(4)
  await expect(page.getByRole('button', { name: /jump to now/i })).toHaveCount(0)

  await toTop(pair)
  await expect(page.getByRole('button', { name: 'Jump to now' })).toBeVisible()
  await pair.answer('Strip')
  await pair.until('ended')
  const pill = page.getByRole('button', { name: /^\d+ new: jump to now$/ })
  await expect(pill).toBeVisible()
  expect(await pair.timeline.evaluate(box => box.scrollTop)).toBe(0)
  const rows = Number(await pair.timeline.getByRole('article').first().getAttribute('aria-setsize'))
  const news = Number.parseInt((await pill.textContent()) ?? '', 10)
  expect(news).toBeGreaterThan(5)
  expect(news).toBeLessThan(rows)
  await pill.click()
  await expect.poll(() => belowEnd(pair)).toBeLessThan(4)
  await expect(row(pair, 'The end.')).toBeInViewport()
  await expect(pill).toHaveCount(0)
})

test('the keyboard reaches every row, and rows far away too', async ({ launch, room }) => {
  storeScore(room)
  const { page } = await launch()
  await openNewest(page)
  const pair = new PairWindow(page, room.data)
  await expect(row(pair, 'The end.')).toBeVisible()
  await page.keyboard.press('Control+Shift+T')
  const focused = () =>
    page.evaluate(() => document.activeElement?.closest('article')?.getAttribute('aria-posinset') ?? '')
  const total = Number(await pair.timeline.getByRole('article').first().getAttribute('aria-setsize'))
  await expect.poll(focused).toBe(String(total))
  await page.keyboard.press('Home')
  await expect.poll(focused).toBe('1')
  await expect(row(pair, /^Intent/).first()).toBeInViewport()
  for (let at = 2; at <= total; at++) {
    await page.keyboard.press('ArrowDown')
    await expect.poll(focused).toBe(String(at))
  }
  await page.keyboard.press('h')
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.textContent ?? ''))
    .toMatch(/^Driver asks/)
  await page.keyboard.press('Enter')
  await expect(row(pair, /^Driver asks/)).toContainText('npm install p-retry')
  const field = page.getByRole('searchbox', { name: 'Search the timeline' })
  await page.keyboard.press('/')
  await expect(field).toBeFocused()
  await page.keyboard.press('Escape')
  await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toBe('row-face')

  const askToSearch = async () => {
    await page.keyboard.press('Control+Shift+P')
    await page.getByRole('combobox').fill('search the timeline')
    await page.keyboard.press('Enter')
    await expect(field).toBeFocused()
  }
  await page.getByRole('tab', { name: 'Findings' }).click()
  await askToSearch()
  await page.keyboard.press('Control+Shift+J')
  await expect(pair.timeline).toBeHidden()
  await askToSearch()
  await page.keyboard.press('Control+Shift+J')
  await expect(pair.timeline).toBeHidden()
  await page.keyboard.press('Control+Shift+T')
  await expect.poll(focused).toBe(String(total))
})

test('a look at another tab leaves the reader where they were', async ({ launch, room }) => {
  storeScore(room)
  const { page } = await launch()
  await openNewest(page)
  const pair = new PairWindow(page, room.data)
  await expect(row(pair, 'The end.')).toBeVisible()
  await row(pair, /^Driver to navigator.*5 files/)
    .getByRole('button')
    .first()
    .click()
  await pair.timeline.evaluate(box => box.scrollBy(0, 150))
  const place = () => pair.timeline.evaluate(box => [box.scrollTop, box.scrollHeight])
  await expect(page.getByRole('button', { name: 'Jump to now' })).toBeVisible()
  const before = await place()
  await page.getByRole('tab', { name: 'Plan' }).click()
  await expect(pair.timeline).toBeHidden()
  await page.getByRole('tab', { name: 'Timeline' }).click()
  await expect(pair.timeline).toBeVisible()
  expect(await place()).toEqual(before)
})

test('a reader hears what matters, also while the timeline is hidden', async ({ pair }) => {
  await pair.page.keyboard.press('Control+Shift+J')
  await expect(pair.timeline).toBeHidden()
  await pair.letGo()
  await expect(pair.page.getByRole('log', { name: 'Latest' })).toHaveText(/^The end\. /)
})

test('five thousand handoffs: few rows exist, and scrolled from end to end none is missing', async ({
  launch,
  room,
}) => {
  storeManyHandoffs(room, 5_000)
  const { page } = await launch()
  await openNewest(page)
  const pair = new PairWindow(page, room.data)
  await expect(row(pair, /Mend piece 2500/)).toBeInViewport()
  const total = Number(await pair.timeline.getByRole('article').first().getAttribute('aria-setsize'))
  expect(total).toBeGreaterThan(15_000)

  const { blanks, most, times, steps } = await pair.timeline.evaluate(async box => {
    const frame = () => new Promise<number>(done => requestAnimationFrame(done))
    /** Pixels of what is seen that no row covers. */
    const bare = (): number => {
      const seen = box.getBoundingClientRect()
      let covered = seen.top
      const rows = [...box.querySelectorAll('article')]
        .map(each => each.getBoundingClientRect())
        .sort((a, b) => a.top - b.top)
      let missing = 0
      for (const { top, bottom } of rows) {
        if (bottom <= covered || top >= seen.bottom) continue
        missing += Math.max(0, top - covered)
        covered = Math.max(covered, bottom)
      }
      return missing
    }
    const blanks: number[] = []
    const times: number[] = []
    let most = 0
    box.scrollTo(0, 0)
    await frame()
    const steps = 400
    for (let step = 0; step <= steps; step++) {
      const before = performance.now()
      box.scrollTop = ((box.scrollHeight - box.clientHeight) * step) / steps
      await frame()
      await frame()
      times.push((performance.now() - before) / 2)
      most = Math.max(most, box.querySelectorAll('article').length)
      const missing = Math.round(bare())
      if (missing > 2) blanks.push(missing)
    }
    return { blanks, most, times: times.sort((a, b) => a - b), steps }
  })
  const at = (share: number) => (times[Math.floor(share * (times.length - 1))] ?? 0).toFixed(1)
  console.log(
    `${total} rows, ${steps} jumps: a frame took ${at(0.5)} ms (median), ${at(0.95)} ms (95 %), ${at(1)} ms (most)`,
  )
  expect(blanks).toEqual([])
  expect(most).toBeLessThan(80)

  await tools(page).getByRole('button', { name: 'Search the timeline' }).click()
  await page.getByRole('searchbox').fill('mend piece 1234.')
  await expect(page.getByRole('search').getByRole('status')).toHaveText('1 of 1')
  await expect(row(pair, /Mend piece 1234\./)).toBeInViewport()
  await page.keyboard.press('Escape')
  await tools(page).getByRole('button', { name: 'Next hold' }).click()
  await expect(row(pair, /^Paused/)).toBeInViewport()
})

test('at every size and in both themes each face keeps to its room, and axe finds nothing', async ({
  launch,
  room,
}, info) => {
  storeScore(room)
  const { app, page } = await launch()
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await openNewest(page)
  const pair = new PairWindow(page, room.data)
  await expect(row(pair, 'The end.')).toBeVisible()
  for (const size of SIZES) {
    await resize(app, page, size)
    for (const place of ['top', 'end'] as const) {
      await (place === 'top' ? toTop(pair) : toEnd(pair))
      expect(await tooTall(pair)).toEqual([])
      for (const theme of THEMES) {
        await wear(page, theme)
        await page.screenshot({ path: info.outputPath(`score-${place}-${size.join('x')}-${theme}.png`) })
      }
    }
  }
  await axeFindsNothing(page, 'score')
  if (PICTURES) await pictureOfScore(app, pair)
})

/** The score alone, tall enough for two rounds. */
const pictureOfScore = async (app: ElectronApplication, pair: PairWindow): Promise<void> => {
  mkdirSync(IMAGES, { recursive: true })
  await resize(app, pair.page, [1420, 1060])
  await toEnd(pair)
  for (const theme of THEMES) {
    await wear(pair.page, theme)
    await pair.page
      .getByRole('complementary', { name: 'Beside the terminals' })
      .screenshot({ path: join(IMAGES, `score-${theme}.png`) })
  }
}
