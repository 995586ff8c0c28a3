/**
 * An Electron app that is nothing but a window with one page, as bare as it can be and as closed as ours. Asked for by
 * the environment: BENCH_PAGE (a file; without one the window is empty) and its BENCH_HASH, BENCH_DATA (its own folder), and BENCH_PTY=1 for a page
 * that may start programs in a terminal.
 */
const { app, BrowserWindow, ipcMain } = require('electron')
const { join } = require('node:path')

const { BENCH_PAGE, BENCH_HASH, BENCH_DATA, BENCH_PTY, BENCH_NODE_PTY } = process.env
app.setPath('userData', BENCH_DATA)

/** Characters that the page may owe, as in the app. */
const HIGH_MARK = 200_000
const LOW_MARK = 80_000

/** One program at a time for the page, which acknowledges what it has parsed. */
const servePty = () => {
  const { spawn } = require(BENCH_NODE_PTY)
  ipcMain.on('start', (event, { file, args, cols, rows, env }) => {
    const pty = spawn(file, args, { cols, rows, name: 'xterm-256color', env })
    let owed = 0
    pty.onData(data => {
      owed += data.length
      if (owed > HIGH_MARK) pty.pause()
      // Its last words may come after the page; what is thrown here would wait in a dialog for ever.
      if (!event.sender.isDestroyed()) event.sender.send('data', data)
    })
    ipcMain.on('parsed', (_, chars) => {
      owed -= chars
      if (owed < LOW_MARK) pty.resume()
    })
    ipcMain.on('input', (_, data) => pty.write(data))
    const kill = () => pty.kill()
    pty.onExit(() => app.off('will-quit', kill))
    app.on('will-quit', kill)
  })
}

app.whenReady().then(() => {
  if (BENCH_PTY === '1') servePty()
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    show: false,
    backgroundColor: '#14161a',
    autoHideMenuBar: true,
    webPreferences: {
      preload: join(__dirname, 'preload.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      spellcheck: false,
      backgroundThrottling: false,
    },
  })
  window.once('ready-to-show', () => window.show())
  return BENCH_PAGE ? window.loadFile(BENCH_PAGE, { hash: BENCH_HASH }) : window.loadURL('about:blank')
})
app.on('window-all-closed', () => app.quit())
