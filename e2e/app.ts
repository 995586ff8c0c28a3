/** The real app in a room of its own: a data folder, a home and a display that are nobody's. Imports nothing of ours. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { _electron, test as base, type ElectronApplication, expect, type Page } from '@playwright/test'

interface Found {
  readonly executable: string
  readonly args: readonly string[]
}

/** Written by scripts/electron.mjs. */
const found = (): Found => JSON.parse(readFileSync(resolve(__dirname, '../.cache/electron.json'), 'utf8'))

export interface Room {
  readonly root: string
  readonly data: string
  readonly env: Record<string, string>
}

export interface Event {
  readonly type: string
  readonly seq: number
  readonly [field: string]: unknown
}

/** `under`: makes the program that is run instead of Electron, and runs it. */
export const launchApp = async (
  env: Record<string, string>,
  under: (executable: string) => string = executable => executable,
): Promise<{ app: ElectronApplication; page: Page }> => {
  const { executable, args } = found()
  const app = await _electron.launch({ executablePath: under(executable), args: [...args], env })
  const page = await app.firstWindow()
  return { app, page }
}

/** The text on a seat's screen, as the window shows it; empty while there is no terminal. */
export const screen = (page: Page, seat: 'left' | 'right'): Promise<string> =>
  page.evaluate(which => {
    const screens = Reflect.get(globalThis, 'duologueScreens') as Record<string, (() => string) | undefined>
    return screens[which]?.() ?? ''
  }, seat)

/** Every process that carries the room's mark in its environment, by pid; Linux only. */
export const processesOf = (mark: string): readonly number[] =>
  readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .filter(pid => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(mark)
      } catch {
        return false // it ended while we looked, or is not ours to read
      }
    })
    .map(Number)

/** All pairs' journals of a data folder, newest pair first. */
export const journalOf = (data: string): readonly Event[] => {
  const [newest] = readdirSync(join(data, 'pairs')).sort().reverse()
  if (newest === undefined) return []
  const text = readFileSync(join(data, 'pairs', newest, 'journal.jsonl'), 'utf8')
  return text
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as Event)
}

export interface Fixtures {
  room: Room
  /** Starts the app; may be called again after it was closed. All are closed at the end, and nothing may be left. */
  launch: (extra?: Record<string, string>) => Promise<{ app: ElectronApplication; page: Page }>
}

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures here
  room: async ({}, use) => {
    const root = mkdtempSync(join(tmpdir(), 'duologue-e2e-'))
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
    await use({ root, data: env.DUOLOGUE_DATA, env })
    rmSync(root, { recursive: true, force: true })
  },
  launch: async ({ room }, use) => {
    const apps: ElectronApplication[] = []
    await use(async extra => {
      const launched = await launchApp({ ...room.env, ...extra })
      apps.push(launched.app)
      return launched
    })
    for (const app of apps) await app.close()
    await expect
      .poll(() => processesOf(`DUOLOGUE_TEST_ROOM=${room.root}`), { message: 'processes left behind' })
      .toEqual([])
  },
})

export { expect }
