/** The window as a person uses it: by roles and names, never by structure. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { type Event, expect, journalOf, test as room, screen } from './app'

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
const ESCAPES = /\x1b\[[0-9;?<>=]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b./g

export type Side = 'left' | 'right'

export class PairWindow {
  readonly page: Page
  readonly data: string

  constructor(page: Page, data: string) {
    this.page = page
    this.data = data
  }

  get inbox(): Locator {
    return this.page.getByRole('region', { name: 'Inbox' })
  }
  get timeline(): Locator {
    return this.page.getByRole('feed', { name: 'What happened' })
  }
  get composer(): Locator {
    return this.page.getByRole('region', { name: 'Steer' })
  }
  get status(): Locator {
    return this.page.getByRole('banner').getByRole('status')
  }

  control(name: string): Locator {
    return this.page.getByRole('toolbar', { name: 'Pair' }).getByRole('button', { name, exact: true })
  }

  /** Starts the built-in pair, up to the approval it asks for. */
  async startPractice(): Promise<void> {
    await this.page.getByRole('button', { name: 'Try the practice pair' }).click()
    await expect(this.inbox.getByText('node --test')).toBeVisible()
  }

  async allow(): Promise<void> {
    await this.inbox.getByRole('button', { name: 'Allow once' }).click()
  }

  async answer(option: string): Promise<void> {
    await this.inbox.getByRole('radio', { name: option }).check()
    await this.inbox.getByRole('button', { name: 'Answer', exact: true }).click()
  }

  /** Both of the newcomer's questions, answered in the inbox. */
  async letGo(): Promise<void> {
    await this.allow()
    await this.answer('Strip')
  }

  async steer(
    text: string,
    to: 'Driver' | 'Navigator' | 'Both',
    when: 'Next handoff' | 'Now',
  ): Promise<void> {
    await this.composer.getByRole('radio', { name: to, exact: true }).check()
    await this.composer.getByRole('radio', { name: when, exact: true }).check()
    await this.composer.getByRole('textbox').fill(text)
    await this.composer.getByRole('button', { name: /^Send/ }).click()
  }

  /** Types into a seat's terminal, as a human does. */
  async type(side: Side, text: string): Promise<void> {
    await this.page.getByTestId(`terminal-${side}`).click()
    await this.page.keyboard.type(text)
  }

  screen(side: Side): Promise<string> {
    return screen(this.page, side)
  }

  async shows(side: Side, text: string | RegExp): Promise<void> {
    const wanted = typeof text === 'string' ? expect.stringContaining(text) : expect.stringMatching(text)
    await expect.poll(() => this.screen(side), { message: `${side} shows ${text}` }).toEqual(wanted)
  }

  /** Waits until the seat's recording holds the text: what was drawn, also when it has scrolled away since. */
  async drawn(side: Side, text: string): Promise<void> {
    const file = side === 'left' ? 'driver.cast' : 'navigator.cast'
    const all = () =>
      readFileSync(join(this.data, 'pairs', String(this.events('pairStarted')[0]?.pair), file), 'utf8')
        .split('\n')
        .slice(1)
        .flatMap(line => (line === '' ? [] : [JSON.parse(line)]))
        .map(([, kind, data]) => (kind === 'o' ? String(data) : ''))
        .join('')
        .replace(ESCAPES, '')
        .replace(/[\s│]+/g, ' ')
    await expect.poll(all, { message: `${side} drew ${text}` }).toContain(text)
  }

  events(type?: string): readonly Event[] {
    const all = journalOf(this.data)
    return type === undefined ? all : all.filter(event => event.type === type)
  }

  /** Waits until the journal holds an event that fits, and gives it. */
  async until(type: string, fits: (event: Event) => boolean = () => true): Promise<Event> {
    const found = () => this.events(type).find(fits)
    await expect.poll(found, { message: `the journal has ${type}`, timeout: 30_000 }).toBeDefined()
    const event = found()
    if (!event) throw new Error('it was there a moment ago')
    return event
  }
}

/** The app with a practice pair that has just asked for its approval. */
export const test = room.extend<{ pair: PairWindow }>({
  pair: async ({ launch, room: { data } }, use) => {
    const { page } = await launch()
    const pair = new PairWindow(page, data)
    await pair.startPractice()
    await use(pair)
  },
})

/** Opens the pair that stands first in the list, which is the newest. */
export const openNewest = (page: Page): Promise<void> =>
  page
    .getByRole('navigation', { name: 'Pairs' })
    .getByRole('listitem')
    .first()
    .getByRole('button')
    .first()
    .click()
