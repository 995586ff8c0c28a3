/** The app with the built-in pair, as a newcomer starts it: by one click. */
import type { ElectronApplication, Page } from '@playwright/test'
import { closeApp, launchApp, makeRoom, type Room } from '../../e2e/app'

export interface AppInRoom {
  readonly app: ElectronApplication
  readonly page: Page
  readonly room: Room
  close(): Promise<void>
}

export const openApp = async (prepare: (room: Room) => void = () => undefined): Promise<AppInRoom> => {
  const { room, leave } = makeRoom()
  prepare(room)
  const { app, page } = await launchApp(room.env)
  const main = app.process()
  const close = async (): Promise<void> => {
    await closeApp(app, main)
    await leave()
  }
  return { app, page, room, close }
}

const button = (page: Page) => page.getByRole('button', { name: 'Try the practice pair' })

/** The first screen is there, and the host can be asked. */
export const isUp = (page: Page): Promise<void> => button(page).waitFor()

export const pressPractice = (page: Page): Promise<void> => button(page).click()

/** Both are up, and the driver waits for an approval that nobody gives. */
export const startPractice = async (page: Page): Promise<void> => {
  await pressPractice(page)
  await page.getByRole('region', { name: 'Inbox' }).getByText('node --test').waitFor()
}
