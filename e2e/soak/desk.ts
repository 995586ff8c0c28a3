/**
 * The window under a hand that does not tire. Everything goes through the main process, so that it works on when the
 * window's process is killed: requests by the page's own bridge, keys as real input events.
 */
import type { ElectronApplication } from '@playwright/test'

export interface Desk {
  /** Null when it was done, else why not. */
  request(name: string, input: unknown): Promise<string | null>
  /** Shows the pair that was begun last. */
  openNewest(): Promise<void>
  type(side: 'left' | 'right', text: string, submit: boolean): Promise<void>
  reload(): Promise<void>
  killRenderer(): Promise<void>
}

/** Milliseconds for one thing in the window: a page that is being reloaded may never answer. */
const PATIENCE = 15_000

const within = <T>(what: string, promise: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: no answer`)), PATIENCE)
  })
  return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}

export const deskOf = (app: ElectronApplication): Desk => {
  const inPage = <T>(what: string, script: string): Promise<T> =>
    within(
      what,
      app.evaluate(
        ({ BrowserWindow }, code) => BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(code),
        script,
      ) as Promise<T>,
    )
  return {
    async request(name, input) {
      const given = `${JSON.stringify(name)}, ${JSON.stringify(input)}`
      const reply = await inPage<{ ok: boolean; message?: string }>(
        name,
        `window.duologue ? window.duologue.request(${given}) : { ok: false, message: 'the page is loading' }`,
      )
      return reply.ok ? null : (reply.message ?? 'refused')
    },
    async openNewest() {
      await inPage('open', `document.querySelector('nav[aria-label="Pairs"] li button')?.click()`)
    },
    async type(side, text, submit) {
      await inPage('focus', `document.querySelector('[data-testid="terminal-${side}"] textarea')?.focus()`)
      await within(
        'type',
        app.evaluate(
          ({ BrowserWindow }, { characters, enter }) => {
            const contents = BrowserWindow.getAllWindows()[0]?.webContents
            for (const keyCode of characters) contents?.sendInputEvent({ type: 'char', keyCode })
            if (!enter) return
            contents?.sendInputEvent({ type: 'keyDown', keyCode: 'Return' })
            contents?.sendInputEvent({ type: 'char', keyCode: '\r' })
            contents?.sendInputEvent({ type: 'keyUp', keyCode: 'Return' })
          },
          { characters: [...text], enter: submit },
        ),
      )
    },
    reload: () =>
      within(
        'reload',
        app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.reload()),
      ),
    killRenderer: () =>
      within(
        'kill of the renderer',
        app.evaluate(({ BrowserWindow }) =>
          BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
        ),
      ),
  }
}
