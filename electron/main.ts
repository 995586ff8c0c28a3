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
  nativeTheme,
  powerMonitor,
  session,
  shell,
  type WebContents,
} from 'electron'
import { version } from '../package.json'
import { asPairId } from '../shared/ids'
import type { TerminalPortMessage } from '../shared/ipc'
import type { SeatId } from '../shared/pair/seat'
import { defaultSettings, type Settings } from '../shared/settings'
import { compose } from './compose'
import { bringToFront, createDesktop, type Desktop } from './desktop'
import { createHandlers, type Handlers } from './ipc/handlers'
import { push, registerRequests } from './ipc/register'
import { attachPort } from './ipc/terminal-port'
import { askBeforeLeaving, type Choice } from './leaving'
import { buildMenu } from './menu'
import type { TerminalSize } from './pair/live'
import { createReplays } from './pair/replays'
import { registerScheme, servePage } from './protocol'
import { createReloads } from './reloads'
import { settingsFile } from './store/data-folder'
import { openSettings, type SettingsStore } from './store/settings'
import { denyPermissions, openWindow } from './window'

const OUT = join(__dirname, '..')
const WINDOW = { width: 1440, height: 900 }

let settingsStore: SettingsStore | undefined
const quietMs = (): number => (settingsStore?.get() ?? defaultSettings).quietMinutes * 60_000
const { engine, dataFolder, log, buildKeyframes, sharing } = compose(
  __dirname,
  version,
  true,
  () => terminalSize(),
  quietMs,
)

const replays = createReplays({ engine, build: buildKeyframes, now: Date.now })

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

const handlersFor = (window: BrowserWindow, settings: SettingsStore, desktop: Desktop): Handlers =>
  createHandlers({
    engine,
    replays,
    sharing,
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
    shown: desktop.shown,
  })

const applyTheme = ({ theme }: Settings): void => {
  nativeTheme.themeSource = theme
}

const start = async (): Promise<void> => {
  const settings = await openSettings(settingsFile(dataFolder))
  settingsStore = settings
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
  const desktop = createDesktop(window, {
    live: pair => engine.live(pair) !== undefined,
    wants: settings.get,
  })
  const { attention } = desktop
  const handlers = handlersFor(window, settings, desktop)
  registerRequests(sender => (sender === window.webContents ? handlers : undefined), log)
  Menu.setApplicationMenu(buildMenu(command => push(window.webContents, 'menu.command', { command })))
  engine.listen({
    events: (pair, events, state) => {
      push(window.webContents, 'pair.events', { pair, events })
      attention.events(pair, events, state)
    },
    trouble: (pair, storageTrouble) => {
      push(window.webContents, 'pair.trouble', { pair, storageTrouble })
      const state = engine.live(pair)?.state()
      if (state) attention.trouble(pair, state, storageTrouble)
    },
    proofOutput: (pair, run, text) => push(window.webContents, 'pair.proof', { pair, run, text }),
    changed: () => {
      push(window.webContents, 'pairs.changed', null)
      attention.changed()
    },
  })
  window.webContents.on('render-process-gone', (_, details) => {
    log(`the window's process is gone: ${details.reason}`)
    void comeBack(window)
  })
  window.on('close', event => {
    if (quitting !== 'no' || leaving === 'asked' || engine.atWork().length === 0) return
    event.preventDefault()
    void leave(window, 'close')
  })
  // The session of Windows ends, or the machine is shut down: nobody is there to answer.
  window.on('session-end', () => {
    leaving = 'asked'
  })
  powerMonitor.on('shutdown', () => {
    leaving = 'asked'
    app.quit()
  })
}

const reloads = createReloads(Date.now)

/** The agents and the relay do not need the page; a page that keeps dying is no reason to end them. */
const comeBack = async (window: BrowserWindow): Promise<void> => {
  if (window.isDestroyed() || quitting !== 'no') return
  if (reloads.allow()) return window.reload()
  const { response } = await dialog.showMessageBox({
    type: 'error',
    title: 'Duologue',
    message: 'The window stopped working several times.',
    detail: `Your agents and the relay go on without it. Try again; if it stops again, quit and start Duologue with --disable-gpu. The log is in ${join(dataFolder, 'logs')}.`,
    buttons: ['Try again', 'Quit'],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  })
  if (window.isDestroyed()) return
  if (response === 1) return app.quit()
  reloads.reset()
  window.reload()
}

let leaving: 'no' | 'asking' | 'asked' = 'no'

/** Asks, once at a time, what becomes of the pairs at work, and does it. */
const leave = async (window: BrowserWindow | undefined, by: 'close' | 'quit'): Promise<void> => {
  if (leaving === 'asking') return
  leaving = 'asking'
  const pairs = engine.atWork()
  const { buttons, ...words } = askBeforeLeaving(
    by,
    pairs.map(pair => pair.state().intent),
  )
  const cancel = buttons.length - 1
  const options = {
    ...words,
    type: 'question' as const,
    title: 'Duologue',
    buttons: buttons.map(({ label }) => label),
    defaultId: 0,
    cancelId: cancel,
    noLink: true,
  }
  const { response } = await (window?.isVisible()
    ? dialog.showMessageBox(window, options)
    : dialog.showMessageBox(options))
  leaving = 'no'
  await doChosen(buttons[response]?.choice ?? 'cancel', window)
}

const doChosen = async (choice: Choice, window: BrowserWindow | undefined): Promise<void> => {
  if (choice === 'cancel') return
  if (choice === 'background') return window?.hide()
  if (choice === 'endAndQuit') {
    for (const pair of engine.atWork()) {
      const ended = await pair.command({ type: 'end' })
      if (!ended.ok) log(`${pair.pair} was not ended: ${ended.error.message}`)
    }
  }
  leaving = 'asked'
  app.quit()
}

const showWindow = (): void => {
  const [window] = BrowserWindow.getAllWindows()
  if (window) bringToFront(window)
}

/** Agents are ended before the app is: none of their processes may be left behind. */
let quitting: 'no' | 'closing' | 'closed' = 'no'
app.on('before-quit', event => {
  if (quitting === 'closed') return
  event.preventDefault()
  if (quitting === 'closing') return
  if (leaving !== 'asked' && engine.atWork().length > 0) {
    void leave(BrowserWindow.getAllWindows()[0], 'quit')
    return
  }
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
  app.on('second-instance', showWindow)
  app.on('activate', showWindow)
  // Whoever ends the process from outside is not there to answer.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
    process.on(signal, () => {
      leaving = 'asked'
      app.quit()
    })
  void app.whenReady().then(start)
} else {
  process.stderr.write(
    'duologue: it is running already with this data folder; its window comes to the front.\n',
  )
  app.exit(0)
}
