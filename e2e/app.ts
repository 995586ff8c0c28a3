/** The real app in a room of its own: a data folder, a home and a display that are nobody's. Imports nothing of ours. */
import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { _electron, test as base, type ElectronApplication, expect, type Page } from '@playwright/test'
import { type Watch, watchFamily } from './family'

interface Found {
  readonly executable: string
  readonly args: readonly string[]
}

/** Written by scripts/electron.mjs. */
export const found = (): Found =>
  JSON.parse(readFileSync(resolve(__dirname, '../.cache/electron.json'), 'utf8'))

export interface Room {
  readonly root: string
  readonly data: string
  readonly env: Record<string, string>
  /** All that was started here; none of it may be left at the end. */
  readonly processes: Watch
}

export interface Event {
  readonly type: string
  readonly seq: number
  readonly [field: string]: unknown
}

/** What the human presses in each native dialog from now on. What they were asked: `dialogsOf`. */
export const answerDialogs = (app: ElectronApplication, label: string): Promise<void> =>
  app.evaluate(({ dialog }, wanted) => {
    const asked: string[] = Reflect.get(globalThis, 'duologueAsked') ?? []
    Reflect.set(globalThis, 'duologueAsked', asked)
    const answer = async (...args: readonly unknown[]) => {
      const options = args[args.length - 1] as { message: string; buttons: string[] }
      asked.push(options.message)
      const response = options.buttons.indexOf(wanted)
      return { response: response < 0 ? options.buttons.length - 1 : response, checkboxChecked: false }
    }
    dialog.showMessageBox = answer as typeof dialog.showMessageBox
  }, label)

/** The messages of the native dialogs that were shown, oldest first. */
export const dialogsOf = (app: ElectronApplication): Promise<readonly string[]> =>
  app.evaluate(() => (Reflect.get(globalThis, 'duologueAsked') ?? []) as readonly string[])

/** `under`: makes the program that is run instead of Electron, and runs it. */
export const launchApp = async (
  env: Record<string, string>,
  under: (executable: string) => string = executable => executable,
): Promise<{ app: ElectronApplication; page: Page }> => {
  const { executable, args } = found()
  const app = await _electron.launch({ executablePath: under(executable), args: [...args], env })
  await answerDialogs(app, 'Quit, go on later')
  const page = await app.firstWindow()
  return { app, page }
}

/** The text on a seat's screen, as the window shows it; empty while there is no terminal. */
export const screen = (
  page: Page,
  seat: 'left' | 'right' | 'replay.left' | 'replay.right',
): Promise<string> =>
  page.evaluate(which => {
    const screens = (Reflect.get(globalThis, 'duologueScreens') ?? {}) as Record<
      string,
      { text(): string } | undefined
    >
    return screens[which]?.text() ?? ''
  }, seat)

/** Whatever a test had the dialogs answered with, in the end the app is to go. One that is gone already is well. */
export const closeApp = async (app: ElectronApplication, main: ChildProcess): Promise<void> => {
  if (!isUp(main)) return
  await answerDialogs(app, 'Quit, go on later')
  await app.close()
}

const isUp = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode === null && signalCode === null

/** A pair's events as far as they are written: none before its journal begins, and no line that is still on its way. */
export const eventsOf = (data: string, pair: string): readonly Event[] => {
  const path = join(data, 'pairs', pair, 'journal.jsonl')
  if (!existsSync(path)) return []
  const whole = readFileSync(path, 'utf8').split('\n').slice(0, -1)
  return whole.map(line => JSON.parse(line) as Event)
}

/** The newest pair's events; none while there is no pair. */
export const journalOf = (data: string): readonly Event[] => {
  const [newest] = readdirSync(join(data, 'pairs')).sort().reverse()
  return newest === undefined ? [] : eventsOf(data, newest)
}

export interface OwnRoom {
  readonly room: Room
  /** Rejects when something that was started in it still runs. */
  leave(): Promise<void>
}

export const makeRoom = (): OwnRoom => {
  const root = mkdtempSync(join(tmpdir(), 'duologue-e2e-'))
  const processes = watchFamily(`DUOLOGUE_TEST_ROOM=${root}`)
  const env = {
    HOME: root,
    PATH: process.env.PATH ?? '',
    SHELL: '/bin/sh',
    LANG: 'C.UTF-8',
    DUOLOGUE_DATA: join(root, 'data'),
    DUOLOGUE_PRACTICE_PACE: '0',
    DUOLOGUE_EXPOSE_SCREENS: '1',
    DUOLOGUE_TEST_ROOM: root,
    ...(process.env.DISPLAY === undefined ? {} : { DISPLAY: process.env.DISPLAY }),
  }
  const leave = async () => {
    try {
      await processes.nothingLeft()
    } finally {
      processes.stop()
      rmSync(root, { recursive: true, force: true })
    }
  }
  return { room: { root, data: env.DUOLOGUE_DATA, env, processes }, leave }
}

/** What agents tell until they are closed may follow the ending. */
export const endingsOf = (events: readonly Event[]): readonly Event[] =>
  events.filter(({ type }) => type === 'ended')

export interface Fixtures {
  room: Room
  /** Starts the app; may be called again after it was closed. All are closed at the end, and nothing may be left. */
  launch: (extra?: Record<string, string>) => Promise<{ app: ElectronApplication; page: Page }>
}

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures here
  room: async ({}, use) => {
    const { room, leave } = makeRoom()
    await use(room)
    await leave()
  },
  launch: async ({ room }, use) => {
    // Playwright forgets the process of an app that has closed.
    const apps: { readonly app: ElectronApplication; readonly main: ChildProcess }[] = []
    await use(async extra => {
      const launched = await launchApp({ ...room.env, ...extra })
      apps.push({ app: launched.app, main: launched.app.process() })
      return launched
    })
    for (const { app, main } of apps) await closeApp(app, main)
  },
})

export { expect }
