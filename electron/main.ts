/** The desktop app: composition root. Everything is made here once and passed on. */
import { runConsoleProgram } from './console/run'

runConsoleProgram()

import { join } from 'node:path'
import process from 'node:process'
import {
  app,
  BrowserWindow,
  dialog,
  Menu,
  MessageChannelMain,
  Notification,
  nativeTheme,
  session,
  shell,
  type WebContents,
} from 'electron'
import { version } from '../package.json'
import { asPairId } from '../shared/ids'
import type { TerminalPortMessage } from '../shared/ipc'
import type { Stamped } from '../shared/pair/events'
import type { PairState } from '../shared/pair/model'
import type { SeatId } from '../shared/pair/seat'
import { defaultSettings, type Settings } from '../shared/settings'
import { compose } from './compose'
import { createHandlers, type Handlers } from './ipc/handlers'
import { push, registerRequests } from './ipc/register'
import { attachPort } from './ipc/terminal-port'
import { buildMenu } from './menu'
import { noticeFor } from './notify'
import type { TerminalSize } from './pair/live'
import { registerScheme, servePage } from './protocol'
import { settingsFile } from './store/data-folder'
import { openSettings, type SettingsStore } from './store/settings'
import { denyPermissions, openWindow } from './window'

const OUT = join(__dirname, '..')
const WINDOW = { width: 1440, height: 900 }

const { engine, dataFolder, log } = compose(__dirname, version, true, () => terminalSize())

// Two apps on one data folder would be two owners of every pair.
app.setPath('userData', join(dataFolder, 'window'))
registerScheme()

/**
 * What a pane of the window will hold, roughly: a program that starts in it prints its first screen before the page has
 * measured, and what is printed too wide stays so. The page's own figures follow.
 */
const terminalSize = (): TerminalSize => {
  const [width = WINDOW.width, height = WINDOW.height] =
    BrowserWindow.getAllWindows()[0]?.getContentSize() ?? []
  const cell = { width: 7, height: 21 }
  const around = { width: 30, height: 166 }
  const pane = (width * defaultSettings.layout[0]) / 100
  return {
    cols: Math.max(40, Math.floor((pane - around.width) / cell.width)),
    rows: Math.max(10, Math.floor((height - around.height) / cell.height)),
  }
}

const warnings = (): readonly string[] =>
  process.argv.includes('--no-sandbox')
    ? ['Chromium’s own sandbox is off, because the app runs as root. Agents’ permissions are not affected.']
    : []

const attachTerminal = (to: WebContents, pair: string, seat: SeatId): boolean => {
  const terminal = engine.live(asPairId(pair))?.terminal(seat)
  if (!terminal) return false
  const { port1, port2 } = new MessageChannelMain()
  attachPort(port1, terminal, why => log(`a message of the ${seat} terminal was refused: ${why}`))
  const message: TerminalPortMessage = { type: 'duologue.terminal', pair, seat }
  to.postMessage('duologue.port', message, [port2])
  return true
}

const chooseFolder = async (window: BrowserWindow, title: string): Promise<string | null> => {
  const chosen = await dialog.showOpenDialog(window, {
    title,
    properties: ['openDirectory', 'createDirectory'],
  })
  return chosen.filePaths[0] ?? null
}

const handlersFor = (window: BrowserWindow, settings: SettingsStore): Handlers =>
  createHandlers({
    engine,
    dataFolder,
    info: () => ({
      version,
      platform: process.platform,
      settings: settings.get(),
      dataFolder,
      warnings: warnings(),
    }),
    saveSettings: async change => {
      const saved = await settings.set(change)
      if (!saved.ok) log(saved.error.message)
      applyTheme(settings.get())
      push(window.webContents, 'settings.changed', settings.get())
      return settings.get()
    },
    chooseFolder: () => chooseFolder(window, 'The folder the pair works in'),
    chooseExportFolder: () => chooseFolder(window, 'Where to put the export'),
    attachTerminal: (pair, seat) => attachTerminal(window.webContents, pair, seat),
    openLink: url => shell.openExternal(url),
    showPath: path => shell.showItemInFolder(path),
  })

const applyTheme = ({ theme }: Settings): void => {
  nativeTheme.themeSource = theme
}

const start = async (): Promise<void> => {
  const settings = await openSettings(settingsFile(dataFolder))
  if (settings.trouble) log(settings.trouble)
  servePage(join(OUT, 'renderer'))
  denyPermissions(session.defaultSession)
  // With a language chosen Chromium fetches its dictionary from the network, whatever the window's preference says.
  session.defaultSession.setSpellCheckerLanguages([])
  applyTheme(settings.get())
  const window = openWindow({
    out: OUT,
    icon: join(OUT, '..', 'resources', 'icons', 'icon.png'),
    size: WINDOW,
    exposeScreens: process.env.DUOLOGUE_EXPOSE_SCREENS === '1',
  })
  const handlers = handlersFor(window, settings)
  registerRequests(sender => (sender === window.webContents ? handlers : undefined), log)
  Menu.setApplicationMenu(buildMenu(command => push(window.webContents, 'menu.command', { command })))
  engine.listen({
    events: (pair, events, state) => {
      push(window.webContents, 'pair.events', { pair, events })
      if (settings.get().notifications && !window.isFocused()) notify(window, events, state)
    },
    trouble: (pair, storageTrouble) => push(window.webContents, 'pair.trouble', { pair, storageTrouble }),
    proofOutput: (pair, run, text) => push(window.webContents, 'pair.proof', { pair, run, text }),
    changed: () => push(window.webContents, 'pairs.changed', null),
  })
  window.webContents.on('render-process-gone', (_, details) => {
    log(`the window's process is gone: ${details.reason}`)
    if (!window.isDestroyed()) window.reload()
  })
}

const notify = (window: BrowserWindow, events: readonly Stamped[], state: PairState): void => {
  if (!Notification.isSupported()) return
  for (const event of events) {
    const notice = noticeFor(event, state)
    if (!notice) continue
    const shown = new Notification(notice)
    shown.on('click', () => {
      if (window.isDestroyed()) return
      window.show()
      window.focus()
    })
    shown.show()
  }
}

/** Agents are ended before the app is: none of their processes may be left behind. */
let quitting: 'no' | 'closing' | 'closed' = 'no'
app.on('before-quit', event => {
  if (quitting === 'closed') return
  event.preventDefault()
  if (quitting === 'closing') return
  quitting = 'closing'
  const closed = (): void => {
    quitting = 'closed'
    app.quit()
  }
  engine.closeAll().then(closed, (error: unknown) => {
    log(`while closing: ${String(error)}`)
    closed()
  })
})
app.on('window-all-closed', () => app.quit())
app.on('web-contents-created', (_, contents) =>
  contents.on('will-attach-webview', event => event.preventDefault()),
)

if (app.requestSingleInstanceLock()) {
  app.on('second-instance', () => {
    const window = BrowserWindow.getAllWindows()[0]
    if (window?.isMinimized()) window.restore()
    window?.focus()
  })
  void app.whenReady().then(start)
} else {
  process.stderr.write(
    'duologue: it is running already with this data folder; its window comes to the front.\n',
  )
  app.exit(0)
}
