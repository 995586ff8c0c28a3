/** An exported page as a person opens it: in a window of its own, with a network that answers nothing and notes who asks. */
import type { ElectronApplication, Page } from '@playwright/test'
import { expect } from './app'

export interface Reader {
  readonly page: Page
  /** All addresses that the page asked for, itself included. */
  asked(): Promise<readonly string[]>
  resize(size: readonly [number, number]): Promise<void>
  /** Bytes of the page as a PDF. */
  print(): Promise<Buffer>
  close(): Promise<void>
}

export const openReader = async (app: ElectronApplication, path: string): Promise<Reader> => {
  const [page, id] = await Promise.all([
    app.waitForEvent('window'),
    app.evaluate(({ BrowserWindow }, file) => {
      const window = new BrowserWindow({
        ...{ width: 1280, height: 800, useContentSize: true },
        webPreferences: { partition: `reader-${performance.now()}`, sandbox: true },
      })
      const asked: string[] = []
      Reflect.set(globalThis, `asked-${window.id}`, asked)
      window.webContents.session.webRequest.onBeforeRequest(({ url }, go) => {
        asked.push(url)
        go({ cancel: !url.startsWith('file:') })
      })
      void window.loadFile(file)
      return window.id
    }, path),
  ])
  await expect(page.locator('footer')).toBeAttached()
  return {
    page,
    asked: () => app.evaluate((_, which) => Reflect.get(globalThis, `asked-${which}`) as string[], id),
    resize: async ([width, height]) => {
      await app.evaluate(
        ({ BrowserWindow }, [which, w, h]) => BrowserWindow.fromId(which)?.setContentSize(w, h),
        [id, width, height] as const,
      )
      await expect.poll(() => page.evaluate(() => [innerWidth, innerHeight])).toEqual([width, height])
    },
    print: async () =>
      Buffer.from(
        await app.evaluate(async ({ BrowserWindow }, which) => {
          const pdf = await BrowserWindow.fromId(which)?.webContents.printToPDF({ printBackground: true })
          return pdf?.toString('base64') ?? ''
        }, id),
        'base64',
      ),
    close: async () => {
      await app.evaluate(({ BrowserWindow }, which) => BrowserWindow.fromId(which)?.destroy(), id)
    },
  }
}
