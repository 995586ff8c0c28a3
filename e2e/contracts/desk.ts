/**
 * The app with the real agents in its panes, as a test sees it: the window, the journal on disk, the terminals' text,
 * and what the model servers were asked. After each test nothing of it runs any more, and nothing has left loopback.
 */
import { once } from 'node:events'
import { copyFileSync, existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test as base, type ElectronApplication, expect, type Locator, type Page } from '@playwright/test'
import { type Event, journalOf, launchApp, screen } from '../app'
import type { ModelRequest as ClaudeRequest } from './claude-model-server'
import type { ModelRequest as CodexRequest } from './codex-model-server'
import { makeWorld, type World } from './world'

export type Side = 'left' | 'right'

interface SeatChoice {
  readonly agent: 'claude' | 'codex' | 'opencode'
  readonly model?: string
  readonly permissionMode?: string
}

/** What a pair may be started with beside its intent and its seats. */
interface Terms {
  /** 5, unless told otherwise. */
  readonly rounds?: number
  readonly planFirst?: 'reviewed' | 'approved'
  readonly proof?: { readonly command: string; readonly limitSeconds: number }
  readonly doubleReview?: boolean
  readonly holdUnplanned?: boolean
}

export interface Desk {
  readonly world: World
  /** The app that runs now, and its window. */
  readonly app: ElectronApplication
  readonly page: Page
  /** Ends the app without a warning, starts it anew and opens its pair; both programs are up when this resolves. */
  killAndReopen(): Promise<void>
  /** Starts a pair without the form; its screen is shown when this resolves. */
  start(intent: string, left: SeatChoice, right: SeatChoice, terms?: Terms): Promise<void>
  /** What a button would ask of the pair; refused here means that the button was dead. */
  command(command: Readonly<Record<string, unknown>>): Promise<void>
  /** The pair's journal so far. */
  events(type?: string): readonly Event[]
  /** The first event of this type, once it is in the journal; `where` are fields it must have. */
  event(type: string, where?: Readonly<Record<string, unknown>>): Promise<Event>
  /** The request number `count` to a program's model, once it is there; titles do not count. */
  claudeAsked(count: number): Promise<ClaudeRequest>
  codexAsked(count: number): Promise<CodexRequest>
  /** Waits until the terminal shows the text; runs of white space count as one, because lines are wrapped. */
  see(side: Side, text: string): Promise<void>
  screen(side: Side): Promise<string>
  /** Types into a terminal like a human: focus, then key by key. */
  type(side: Side, text: string): Promise<void>
  press(side: Side, key: string): Promise<void>
  /** A button of the toolbar. */
  control(name: string): Locator
  /** Says something in the composer. */
  steer(to: 'Driver' | 'Navigator' | 'Both', when: 'Next handoff' | 'Now', text: string): Promise<void>
  /** Waits until the composer says so of where such words land. */
  lands(to: 'Driver' | 'Navigator' | 'Both', when: 'Next handoff' | 'Now', words: string): Promise<void>
  /** A card of the inbox, by what its title contains. */
  card(title: string | RegExp): Locator
}

/** A bound for what never comes: two opencode seats need half a minute to begin on a busy machine. */
const SIGNAL_MS = 90_000

const has = (event: Event, where: Readonly<Record<string, unknown>>): boolean =>
  Object.entries(where).every(([field, value]) => JSON.stringify(event[field]) === JSON.stringify(value))

interface Window {
  readonly app: ElectronApplication
  readonly page: Page
}

const makeDesk = (world: World, first: Window, launch: () => Promise<Window>): Desk => {
  let { app, page } = first
  const events = (type?: string): readonly Event[] =>
    existsSync(join(world.data, 'pairs'))
      ? journalOf(world.data).filter(event => type === undefined || event.type === type)
      : []
  const event: Desk['event'] = async (type, where = {}) => {
    const find = () => events(type).find(each => has(each, where))
    await expect
      .poll(() => find() !== undefined, { message: `${type} ${JSON.stringify(where)}`, timeout: SIGNAL_MS })
      .toBe(true)
    const found = find()
    if (!found) throw new Error(`${type} is gone from the journal`)
    return found
  }
  const nth = async <T>(requests: () => readonly T[], count: number): Promise<T> => {
    await expect
      .poll(() => requests().length, { message: 'requests to the model', timeout: SIGNAL_MS })
      .toBeGreaterThanOrEqual(count)
    const found = requests()[count - 1]
    if (!found) throw new Error('a request is gone')
    return found
  }
  const request = async (name: string, input: unknown): Promise<unknown> => {
    const reply = await page.evaluate(
      async ([which, what]) => {
        const bridge = Reflect.get(globalThis, 'duologue') as {
          request(name: string, input: unknown): Promise<{ ok: boolean; value?: unknown; message?: string }>
        }
        return bridge.request(String(which), what)
      },
      [name, input] as const,
    )
    expect(reply).toMatchObject({ ok: true })
    return reply.value
  }
  const focus = async (side: Side): Promise<void> => {
    const field = page.getByTestId(`terminal-${side}`).locator('textarea')
    await field.focus()
    await expect(field).toBeFocused()
  }
  return {
    world,
    get app() {
      return app
    },
    get page() {
      return page
    },
    async killAndReopen() {
      const reopened = events('pairReopened').length
      const gone = once(app.process(), 'exit')
      app.process().kill('SIGKILL')
      await gone
      await expect
        .poll(() => world.processes.left(), { message: 'agents outlive the app', timeout: SIGNAL_MS })
        .toEqual([])
      ;({ app, page } = await launch())
      await page
        .getByRole('button', { name: /uploader/ })
        .first()
        .click()
      await page.getByRole('button', { name: 'Go on with this pair' }).first().click()
      const { seq } = await nth(() => events('pairReopened'), reopened + 1)
      const ready = () => events('seatReady').filter(each => each.seq > seq)
      await nth(ready, 2)
    },
    events,
    event,
    claudeAsked: count => nth(() => world.claude.requests.filter(({ title }) => !title), count),
    codexAsked: count => nth(() => world.codex.requests.filter(({ isTitle }) => !isTitle), count),
    async start(intent, left, right, terms = {}) {
      await request('pairs.start', { folder: world.project, intent, left, right, rounds: 5, ...terms })
      await page
        .getByRole('button', { name: /uploader/ })
        .first()
        .click()
      await expect(page.getByTestId('terminal-left')).toBeVisible()
    },
    async command(command) {
      const [started] = events('pairStarted')
      await request('pair.command', { pair: started?.pair, command })
    },
    async see(side, text) {
      const flat = (words: string) => words.replace(/[\s│]+/g, ' ')
      await expect
        .poll(async () => flat(await screen(page, side)), { message: `${side} shows`, timeout: SIGNAL_MS })
        .toContain(flat(text))
    },
    screen: side => screen(page, side),
    async type(side, text) {
      await focus(side)
      await page.keyboard.type(text)
    },
    async press(side, key) {
      await focus(side)
      await page.keyboard.press(key)
    },
    control: name => page.getByRole('toolbar', { name: 'Pair' }).getByRole('button', { name, exact: true }),
    async steer(to, when, text) {
      const composer = page.getByRole('region', { name: 'Steer' })
      await composer.getByRole('radio', { name: to }).check()
      await composer.getByRole('radio', { name: when }).check()
      await composer.getByRole('textbox').fill(text)
      await composer.getByRole('button', { name: 'Send' }).click()
      await expect(composer.getByRole('textbox')).toHaveValue('')
    },
    async lands(to, when, words) {
      const composer = page.getByRole('region', { name: 'Steer' })
      await composer.getByRole('radio', { name: to }).check()
      await composer.getByRole('radio', { name: when }).check()
      await expect(composer.getByRole('textbox')).toHaveAccessibleDescription(words)
    },
    card: title => page.getByRole('region', { name: 'Inbox' }).getByRole('article', { name: title }),
  }
}

interface Options {
  claudeVersion: '2.1.330' | '2.1.197'
  /** Every connection of the app and of all it starts is written to the world's `trace`, by strace. */
  traced: boolean
  /** How long an agent may give no sign, in seconds; minutes, unless told otherwise. */
  quietSeconds: number | undefined
}

const tracing =
  ({ root, trace }: World) =>
  (executable: string): string => {
    const script = join(root, 'traced.sh')
    const strace = `strace -f -Y --seccomp-bpf -o '${trace}' -e trace=connect,sendto`
    writeFileSync(script, `#!/bin/sh\nexec ${strace} '${executable}' "$@"\n`, { mode: 0o755 })
    return script
  }

export const test = base.extend<{ desk: Desk } & Options>({
  claudeVersion: ['2.1.330', { option: true }],
  traced: [false, { option: true }],
  quietSeconds: [undefined, { option: true }],
  desk: async ({ claudeVersion, traced, quietSeconds }, use, info) => {
    const world = await makeWorld({ version: claudeVersion })
    const display = process.env.DISPLAY === undefined ? {} : { DISPLAY: process.env.DISPLAY }
    const quiet = quietSeconds === undefined ? {} : { DUOLOGUE_QUIET_SECONDS: String(quietSeconds) }
    const env = { ...world.env, ...display, ...quiet, DUOLOGUE_EXPOSE_SCREENS: '1' }
    const launch = () => launchApp(env, ...(traced ? [tracing(world)] : []))
    const desk = makeDesk(world, await launch(), launch)
    await use(desk)
    if (info.status !== info.expectedStatus) await attachEvidence(desk, info)
    await desk.app.close()
    await world.leave()
    expect(world.strayed(), 'what tried to leave loopback').toEqual([])
  },
})

type Info = ReturnType<typeof test.info>

/** What a person needs who was not there. */
const attachEvidence = async (desk: Desk, info: Info): Promise<void> => {
  if (existsSync(desk.world.trace)) copyFileSync(desk.world.trace, info.outputPath('connects.txt'))
  const journal = desk.events().map(event => JSON.stringify(event))
  writeFileSync(info.outputPath('journal.jsonl'), journal.join('\n'))
  for (const [name, { requests }] of [
    ['claude', desk.world.claude],
    ['codex', desk.world.codex],
    ['opencode', desk.world.opencode],
  ] as const) {
    writeFileSync(info.outputPath(`${name}-asked.json`), JSON.stringify(requests, null, 2))
  }
  for (const side of ['left', 'right'] as const) {
    writeFileSync(info.outputPath(`${side}.txt`), await desk.screen(side).catch(String))
  }
}

export { expect }
