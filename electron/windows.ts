/**
 * All windows of the app, each on a page of its own over the same engine. A window that closes ends no pair: as long as
 * another one is open the relay goes on and is told there; what the last one asks is in `main`.
 */
import { type BrowserWindow, dialog, type WebContents } from 'electron'
import type { Pushes, PushName } from '../shared/ipc'
import { push } from './ipc/register'
import { createReloads } from './reloads'
import { createShowing } from './showing'
import { openWindow, type WindowDeps } from './window'

export interface WindowsDeps {
  readonly page: Omit<WindowDeps, 'place'>
  readonly logFolder: string
  readonly log: (line: string) => void
  /** True: this window, the only one, must not close yet. */
  readonly mayNotClose: (window: BrowserWindow) => boolean
  /** The session of Windows ends. */
  readonly sessionEnds: () => void
  readonly quit: () => void
  /** Focus, page or pair of a window have changed. */
  readonly looked: () => void
  /** What an open pair is about, in a line. */
  readonly titleOf: (pair: string) => string | undefined
}

export interface Windows {
  /** A new window with this pair; one that shows it already comes to the front instead. */
  open(pair: string | null, beside?: BrowserWindow): void
  /** The one that had the focus last comes first. */
  all(): readonly BrowserWindow[]
  of(sender: WebContents): BrowserWindow | undefined
  /** Takes the pair for this window; false: another one has it, and came to the front. */
  claim(window: BrowserWindow, pair: string | null): boolean
  /** The pair that this window is for, shown or about to be. */
  pairOf(window: BrowserWindow): string | null
  windowOf(pair: string): BrowserWindow | undefined
  /** What the page has on the screen. */
  tellShown(window: BrowserWindow, pair: string | null): void
  /** On the screen of a window; `focused`: of the one that has the focus. */
  shows(pair: string, focused: boolean): boolean
  /** So much waits for the human, in all pairs; it stands in each title, since a taskbar shows that. */
  count(waiting: number): void
  toAll<N extends PushName>(name: N, payload: Pushes[N]): void
  /** To the window that has this pair, if one has. */
  toPair<N extends PushName>(pair: string, name: N, payload: Pushes[N]): void
  toLast<N extends PushName>(name: N, payload: Pushes[N]): void
}

/** A new window lies so far, in pixels, from the one that it was opened from. */
const BESIDE = 32

export const createWindows = (deps: WindowsDeps): Windows => {
  const showing = createShowing<BrowserWindow>()
  const onScreen = new Map<BrowserWindow, string>()
  const reloads = new Map<BrowserWindow, ReturnType<typeof createReloads>>()

  let waiting = 0
  const retitle = (): void => {
    const many = showing.all().length > 1
    for (const window of showing.all()) {
      const pair = showing.pairOf(window)
      // One of several must be told from the others.
      const about = many && pair !== null ? deps.titleOf(pair) : undefined
      const title = [waiting > 0 ? `(${waiting}) ` : '', about ? `${about} · ` : '', 'Duologue'].join('')
      if (!window.isDestroyed() && window.getTitle() !== title) window.setTitle(title)
    }
  }
  const looked = (): void => {
    retitle()
    deps.looked()
  }

  const forget = (window: BrowserWindow): void => {
    if (onScreen.delete(window)) looked()
  }

  const open = (pair: string | null, beside?: BrowserWindow): void => {
    const shown = pair === null ? undefined : showing.windowOf(pair)
    if (shown) return bringToFront(shown)
    const [x = 0, y = 0] = beside?.getPosition() ?? []
    const place = beside ? { x: x + BESIDE, y: y + BESIDE } : {}
    const window = openWindow({ ...deps.page, place })
    showing.opened(window)
    showing.claim(window, pair)
    reloads.set(window, createReloads(Date.now))
    window.on('page-title-updated', event => event.preventDefault())
    // A page that is gone, or not there yet, shows nothing.
    window.webContents.on('did-start-loading', () => forget(window))
    window.webContents.on('render-process-gone', (_, details) => {
      deps.log(`a window's process is gone: ${details.reason}`)
      forget(window)
      void comeBack(window)
    })
    window.on('focus', () => {
      showing.focused(window)
      looked()
    })
    window.on('close', event => {
      if (showing.all().length === 1 && deps.mayNotClose(window)) event.preventDefault()
    })
    window.on('closed', () => {
      showing.closed(window)
      onScreen.delete(window)
      reloads.delete(window)
      looked()
    })
    window.on('session-end', deps.sessionEnds)
  }

  /** The agents and the relay do not need the page; a page that keeps dying is no reason to end them. */
  const comeBack = async (window: BrowserWindow): Promise<void> => {
    const mine = reloads.get(window)
    if (window.isDestroyed() || !mine) return
    if (mine.allow()) return window.reload()
    const { response } = await dialog.showMessageBox({
      type: 'error',
      title: 'Duologue',
      message: 'The window stopped working several times.',
      detail: `Your agents and the relay go on without it. Try again; if it stops again, quit and start Duologue with --disable-gpu. The log is in ${deps.logFolder}.`,
      buttons: ['Try again', 'Quit'],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    })
    if (window.isDestroyed()) return
    if (response === 1) return deps.quit()
    mine.reset()
    window.reload()
  }

  const to = <N extends PushName>(window: BrowserWindow | undefined, name: N, payload: Pushes[N]): void => {
    if (window && !window.isDestroyed()) push(window.webContents, name, payload)
  }

  return {
    open,
    all: showing.all,
    of: sender => showing.all().find(window => !window.isDestroyed() && window.webContents === sender),
    claim: (window, pair) => {
      const other = showing.claim(window, pair)
      if (other) bringToFront(other)
      return other === null
    },
    pairOf: showing.pairOf,
    windowOf: showing.windowOf,
    tellShown: (window, pair) => {
      if (pair === null) onScreen.delete(window)
      else onScreen.set(window, pair)
      looked()
    },
    shows: (pair, focused) =>
      [...onScreen].some(
        ([window, shown]) =>
          shown === pair && !window.isDestroyed() && window.isVisible() && (!focused || window.isFocused()),
      ),
    count: count => {
      waiting = count
      retitle()
    },
    toAll: (name, payload) => {
      for (const window of showing.all()) to(window, name, payload)
    },
    toPair: (pair, name, payload) => to(showing.windowOf(pair), name, payload),
    toLast: (name, payload) => to(showing.all()[0], name, payload),
  }
}

export const bringToFront = (window: BrowserWindow): void => {
  if (window.isDestroyed()) return
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}
