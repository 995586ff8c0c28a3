/** A window, closed to everything but our own page: no navigation, no other windows, no webviews, no permissions. */
import { join } from 'node:path'
import { BrowserWindow, nativeTheme, type Session } from 'electron'
import { PAGE_ORIGIN } from './protocol'

export interface WindowDeps {
  /** The folder of the built files, `out`. */
  readonly out: string
  readonly icon: string
  /** Lets tests read the terminals' text. */
  readonly exposeScreens: boolean
  readonly size: { readonly width: number; readonly height: number }
  /** In pixels of the screen; without one the system chooses. */
  readonly place: { readonly x?: number; readonly y?: number }
}

export const openWindow = (deps: WindowDeps): BrowserWindow => {
  const window = new BrowserWindow({
    ...deps.size,
    ...deps.place,
    minWidth: 720,
    minHeight: 480,
    show: false,
    title: 'Duologue',
    icon: deps.icon,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#14161a' : '#f4f3f0',
    autoHideMenuBar: true,
    webPreferences: {
      preload: join(deps.out, 'preload', 'preload.js'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      // The sound that calls the human comes when nobody has touched the window for a while.
      autoplayPolicy: 'no-user-gesture-required',
      // The relay does not depend on the window, but its clock and its terminals should not stand still behind others.
      backgroundThrottling: false,
    },
  })
  const { webContents } = window
  webContents.setWindowOpenHandler(() => ({ action: 'deny' }))
  webContents.on('will-navigate', (event, url) => {
    if (!url.startsWith(`${PAGE_ORIGIN}/`)) event.preventDefault()
  })
  webContents.on('will-attach-webview', event => event.preventDefault())
  window.once('ready-to-show', () => window.show())
  void window.loadURL(`${PAGE_ORIGIN}/index.html${deps.exposeScreens ? '?screens' : ''}`)
  return window
}

/** Copying is the one thing a page may ask for. */
export const denyPermissions = (session: Session): void => {
  session.setPermissionRequestHandler((_, permission, answer) =>
    answer(permission === 'clipboard-sanitized-write'),
  )
  session.setPermissionCheckHandler((_, permission) => permission === 'clipboard-sanitized-write')
}
