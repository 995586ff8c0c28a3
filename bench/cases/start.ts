/** `npm start`, when everything is installed and built, until both prompts are drawn. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Page } from '@playwright/test'
import type { Terminal } from '@xterm/xterm'
import { closeApp, launchApp, makeRoom, type Room } from '../../e2e/app'
import { openBare } from '../app/bare'
import { buildPages } from '../app/pages'
import { pressPractice } from '../app/practice'
import type { Bench, BenchContext, Figure } from '../bench'
import { ratioOf } from '../samples'

const ROOT = resolve(__dirname, '..', '..')
const MOST = 1.5

type Screens = Readonly<Record<string, { readonly xterm: Terminal } | undefined>>

interface Started {
  /** Milliseconds from the start of the program. */
  readonly painted: number
  readonly prompts: number
}

/** When these terminals have shown these words for a frame, in milliseconds since the epoch. */
const drawnAt = (page: Page, words: Readonly<Record<string, string>>): Promise<number> =>
  page.evaluate(
    wanted =>
      new Promise<number>(done => {
        const shows = ([name, text]: readonly [string, string]): boolean => {
          const screens = Reflect.get(globalThis, 'duologueScreens') as Screens | undefined
          const terminal = screens?.[name]?.xterm
          if (!terminal?.element) return false
          const { active } = terminal.buffer
          return Array.from({ length: terminal.rows }, (_, row) =>
            active.getLine(active.viewportY + row)?.translateToString(true),
          ).some(line => line?.includes(text))
        }
        const look = (): void => {
          if (Object.entries(wanted).every(shows)) requestAnimationFrame(() => done(Date.now()))
          else requestAnimationFrame(look)
        }
        look()
      }),
    words,
  )

const firstPaint = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const [paint] = performance.getEntriesByName('first-paint')
    return performance.timeOrigin + (paint?.startTime ?? Number.NaN)
  })

/** What Playwright runs in place of Electron: the command that a person types. */
const npmStart = (room: Room): string => {
  const script = join(room.root, 'npm-start.sh')
  writeFileSync(script, `#!/bin/sh\ncd '${ROOT}' && exec npm start --silent -- "$@"\n`, { mode: 0o755 })
  return script
}

const startApp = async (room: Room, under?: () => string): Promise<Started> => {
  const begun = Date.now()
  // It would ask the registry whether there is a newer npm.
  const { app, page } = await launchApp({ ...room.env, npm_config_update_notifier: 'false' }, under)
  const main = app.process()
  try {
    await pressPractice(page)
    const prompts = (await drawnAt(page, { left: 'Practice agent', right: 'Practice agent' })) - begun
    return { prompts, painted: (await firstPaint(page)) - begun }
  } finally {
    await closeApp(app, main)
  }
}

const startBare = async (folder: string, file: string): Promise<Started> => {
  const begun = Date.now()
  const bare = await openBare({ folder, page: file, hash: 'prompt' })
  try {
    const prompts = (await drawnAt(bare.page, { left: '$ prompt' })) - begun
    return { prompts, painted: (await firstPaint(bare.page)) - begun }
  } finally {
    await bare.close()
  }
}

const figureOf = (
  what: string,
  ours: readonly number[],
  other: readonly number[],
  goal: 'judged' | 'told',
  notes: string,
): Figure => ({
  ...{ what, unit: 'ms', ours, other, notes },
  goal: goal === 'judged' ? `≤ ${MOST} ×` : '',
  reached: goal === 'judged' ? (ratioOf(ours, other) ?? Number.NaN) <= MOST : null,
})

const measure = async (
  room: Room,
  { folder, rounds, short, log }: BenchContext,
): Promise<readonly Figure[]> => {
  const file = join(await buildPages(folder), 'terminal.html')
  const [whole, alone, bare]: [Started[], Started[], Started[]] = [[], [], []]
  const script = npmStart(room)
  // One of each before it counts: files are read for the first time, and the app makes its folders.
  for (let round = short ? 1 : 0; round <= rounds; round += 1) {
    const own = mkdtempSync(join(folder, 'start-'))
    const times = [
      await startApp(room, () => script),
      await startBare(own, file),
      await startApp(room),
    ] as const
    rmSync(own, { recursive: true, force: true })
    if (round === 0) continue
    whole.push(times[0])
    bare.push(times[1])
    alone.push(times[2])
    log(`${times.map(({ prompts }) => prompts.toFixed(0)).join(' · ')} ms`)
  }
  const prompts = (of: readonly Started[]) => of.map(each => each.prompts)
  const painted = (of: readonly Started[]) => of.map(each => each.painted)
  const judged = short ? 'told' : 'judged'
  const click =
    'the built-in pair, begun by a click as soon as its button is there; its repository is made meanwhile'
  return [
    figureOf('npm start → both prompts', prompts(whole), prompts(bare), judged, click),
    figureOf(
      'the app alone → both prompts',
      prompts(alone),
      prompts(bare),
      'told',
      'without npm and its script',
    ),
    figureOf('the app alone → first paint', painted(alone), painted(bare), 'told', ''),
  ]
}

export const bench: Bench = {
  name: 'start',
  title: 'A warm start, until both prompts are drawn',
  against: 'a bare Electron window with one xterm.js that shows a prompt',
  unit: 'ms',
  goal: `≤ ${MOST} ×`,
  async run(context) {
    const { room, leave } = makeRoom()
    try {
      return { figures: await measure(room, context) }
    } finally {
      await leave()
    }
  },
}
