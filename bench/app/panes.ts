/** The app with a pair of two terminal programs that do what they are told (`programs/pane.sh`). */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import { closeApp, journalOf, launchApp, makeRoom, type Room, screen } from '../../e2e/app'
import { openNewest } from '../../e2e/pages'
import { deskOf } from '../../e2e/soak/desk'
import { isUp } from './practice'
import type { Side } from './probe'
import { until } from './until'

const PROGRAM = resolve(__dirname, '..', 'programs', 'pane.sh')
export const SIDES: readonly Side[] = ['left', 'right']

export interface Panes {
  readonly app: ElectronApplication
  readonly page: Page
  readonly room: Room
  /** Has the shell in a pane run a line. It takes the next one when it is done with this. */
  tell(side: Side, line: string): Promise<void>
  /** Ends what runs in the pane, as Ctrl-C would, and waits until its shell listens again. */
  interrupt(side: Side): Promise<void>
  close(): Promise<void>
}

const seatOf = (side: Side, room: Room) => ({
  agent: 'command',
  command: { name: `Pane ${side}`, command: '/bin/sh', args: [PROGRAM, fifoOf(room, side)], hooks: 'own' },
})

const fifoOf = (room: Room, side: Side): string => join(room.root, `${side}.fifo`)

export const request = async (app: ElectronApplication, name: string, input: unknown): Promise<void> => {
  const refused = await deskOf(app).request(name, input)
  if (refused !== null) throw new Error(`${name}: ${refused}`)
}

const startPair = async (app: ElectronApplication, page: Page, room: Room): Promise<void> => {
  const folder = join(room.root, 'work')
  mkdirSync(folder)
  for (const side of SIDES) execFileSync('mkfifo', ['-m', '600', fifoOf(room, side)])
  await isUp(page)
  await request(app, 'pairs.start', {
    ...{ folder, intent: 'Show what comes.', rounds: 1 },
    ...{ left: seatOf('left', room), right: seatOf('right', room) },
  })
  await openNewest(page)
  for (const side of SIDES)
    await until(`${side} is ready`, async () => (await screen(page, side)).includes('ready'))
  // The first message finds a prompt that does not echo, so it is refused, and nothing is typed any more.
  await until('the pair is held', () => journalOf(room.data).some(({ type }) => type === 'held'))
}

export const openPanes = async (): Promise<Panes> => {
  const { room, leave } = makeRoom()
  const { app, page } = await launchApp(room.env)
  const main = app.process()
  const close = async (): Promise<void> => {
    await closeApp(app, main)
    await leave()
  }
  try {
    await startPair(app, page, room)
    // Whoever descends from it is known by now, and to look again and again would be in the figures.
    room.processes.look()
    room.processes.stop()
    const tell = (side: Side, line: string): Promise<void> => writeFile(fifoOf(room, side), `${line}\n`)
    const interrupt = async (side: Side): Promise<void> => {
      await page.getByTestId(`terminal-${side}`).locator('textarea').focus()
      await page.keyboard.press('Control+c')
      const mark = join(room.root, `${side}.listens`)
      writeFileSync(mark, '')
      await tell(side, `echo yes > '${mark}'`)
      await until(`${side} listens`, () => readFileSync(mark, 'utf8') !== '')
    }
    return { app, page, room, tell, interrupt, close }
  } catch (error) {
    await close()
    throw error
  }
}
