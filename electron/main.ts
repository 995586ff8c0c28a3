/** The desktop app: composition root. Everything is made here once and passed on. */
import { runConsoleProgram } from './console/run'

runConsoleProgram()

import { join } from 'node:path'
import process from 'node:process'
import {
  app,
  type BrowserWindow,
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
import { defaultSettings } from '../shared/default-settings'
import { asPairId } from '../shared/ids'
import type { TerminalPortMessage } from '../shared/ipc'
import type { SeatId } from '../shared/pair/seat'
import type { Settings } from '../shared/settings'
import { compose } from './compose'
import { createHuman, type Human } from './human'
import { createHandlers, type Handlers } from './ipc/handlers'
import { registerRequests } from './ipc/register'
import { attachPort } from './ipc/terminal-port'
import { askBeforeLeaving, type Choice } from './leaving'
import { buildMenu } from './menu'
import type { TerminalSize } from './pair/live'
import { createReplays } from './pair/replays'
import { registerScheme, servePage } from './protocol'
import { pairsFolder, settingsFile } from './store/data-folder'
import { createSearch } from './store/search'
import { openSettings, type SettingsStore } from './store/settings'
import { denyPermissions } from './window'
import { bringToFront } from './windows'

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

const search = createSearch({
  folder: pairsFolder(dataFolder),
  events: pair => engine.live(asPairId(pair))?.events(),
})

// Two apps on one data folder would be two owners of every pair.
app.setPath('userData', join(dataFolder, 'window'))
registerScheme()

/**
 * What a pane of the window will hold, roughly: a program that starts in it prints its first screen before the page has
 * measured, and what is printed too wide stays so. The page's own figures follow.
 */
const terminalSize = (): TerminalSize => {
  const [width = WINDOW.width, height = WINDOW.height] = human?.windows.all()[0]?.getContentSize() ?? []
  const cell = { width: 7, height: 21 }
  const around = { width: 27, height: 157 }
  const pane = Math.round(((width - listWidth(width)) * defaultSettings.layout[0]) / 100)
  return {
    cols: Math.max(40, Math.floor((pane - around.width) / cell.width)),
    rows: Math.max(10, Math.floor((height - around.height) / cell.height)),
  }
}

/** The list of open pairs stands beside a pair that is not the only one; in pixels, as in `renderer/pairs/open-pairs.css`. */
const listWidth = (window: number): number => {
  if (!human || human.standings.all().length === 0) return 0
  return window >= 1_180 && settingsStore?.get().pairsWide ? 216 : 44
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

const handlersFor = (window: BrowserWindow, settings: SettingsStore, human: Human): Handlers =>
  createHandlers({
    engine,
    replays,
    search,
    sharing,
    dataFolder,
    info: () => ({
      version,
      platform: process.platform,
      settings: settings.get(),
      dataFolder,
      warnings: warnings(),
      pair: human.windows.pairOf(window),
    }),
    saveSettings: async change => {
      const saved = await settings.set(change)
      if (!saved.ok) log(saved.error.message)
      applyTheme(settings.get())
      human.windows.toAll('settings.changed', settings.get())
      return settings.get()
    },
    chooseFolder: () => chooseFolder(window, 'The folder the pair works in'),
    chooseExportFolder: () => chooseFolder(window, 'Where to put the export'),
    attachTerminal: (pair, seat) => attachTerminal(window.webContents, pair, seat),
    openLink: url => shell.openExternal(url),
    showPath: path => shell.showItemInFolder(path),
    shown: pair => {
      human.windows.tellShown(window, pair)
      return human.attention.waiting()
    },
    claim: pair => human.windows.claim(window, pair),
    openWindow: pair => human.windows.open(pair, window),
    standings: human.standings.all,
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
  const made = createHuman({
    ...{ engine, wants: settings.get, log, logFolder: join(dataFolder, 'logs') },
    page: {
      out: OUT,
      icon: join(OUT, '..', 'resources', 'icons', 'icon.png'),
      size: WINDOW,
      exposeScreens: process.env.DUOLOGUE_EXPOSE_SCREENS === '1',
    },
    mayNotClose: window => {
      if (quitting !== 'no' || leaving === 'asked' || engine.atWork().length === 0) return false
      void leave(window, 'close')
      return true
    },
    // The session of Windows ends, or the machine is shut down: nobody is there to answer.
    sessionEnds: () => {
      leaving = 'asked'
    },
    quit: () => {
      if (quitting === 'no') app.quit()
    },
  })
  human = made
  const handlers = new WeakMap<BrowserWindow, Handlers>()
  registerRequests(sender => {
    const window = made.windows.of(sender)
    if (!window) return undefined
    const known = handlers.get(window) ?? handlersFor(window, settings, made)
    handlers.set(window, known)
    return known
  }, log)
  Menu.setApplicationMenu(buildMenu(command => made.windows.toLast('menu.command', { command })))
  made.windows.open(null)
  made.windows.all()[0]?.webContents.once('did-finish-load', () => {
    search.warm().catch((error: unknown) => log(`the search was not made ready: ${String(error)}`))
  })
  powerMonitor.on('shutdown', () => {
    leaving = 'asked'
    app.quit()
  })
}

let human: Human | undefined

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
  const window = human?.windows.all()[0]
  if (window) bringToFront(window)
}

/** Agents are ended before the app is: none of their processes may be left behind. */
let quitting: 'no' | 'closing' | 'closed' = 'no'
app.on('before-quit', event => {
  if (quitting === 'closed') return
  event.preventDefault()
  if (quitting === 'closing') return
  if (leaving !== 'asked' && engine.atWork().length > 0) {
    void leave(human?.windows.all()[0], 'quit')
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
