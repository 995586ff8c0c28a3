/**
 * Everything that a terminal of the window is: each cell, the scrollback, cursor, modes, title. Read from the real
 * xterm.js in the page, its internals included, because its API tells only a part.
 */
import type { ElectronApplication } from '@playwright/test'

export interface Shown {
  readonly size: readonly [number, number]
  readonly active: string
  /** Lines from the oldest of the scrollback, a cell `[characters, width, foreground, background, underline, link]`. */
  readonly normal: readonly string[]
  readonly alternate: readonly string[]
  readonly cursor: unknown
  readonly modes: unknown
  readonly title: string
}

/** Runs in the page, so it stands alone. Foreground and background are xterm.js's own bits: colours and all attributes. */
const READ = `(() => {
  const screens = globalThis.duologueScreens ?? {}
  if (!screens.left || !screens.right) return null
  const read = ({ xterm }) => {
    const core = xterm._core
    const links = core._oscLinkService
    const extended = cell => {
      const uri = links.getLinkData(cell.extended.urlId)?.uri ?? ''
      return cell.hasExtendedAttrs() ? [cell.extended._ext, uri] : []
    }
    const cellsOf = line => Array.from({ length: xterm.cols }, (_, column) => {
      const cell = line.getCell(column)
      return [cell.getChars(), cell.getWidth(), cell.fg, cell.bg, ...extended(cell)].join(' ')
    })
    const linesOf = buffer => Array.from({ length: buffer.length }, (_, row) => {
      const line = buffer.getLine(row)
      // The first line has none before it to be the rest of.
      return (row > 0 && line.isWrapped ? '↩' : '') + cellsOf(line).join('|')
    })
    const { normal, alternate, active } = xterm.buffer
    const own = core._bufferService.buffer
    const ink = core._inputHandler._curAttrData
    return {
      size: [xterm.cols, xterm.rows],
      active: active.type,
      normal: linesOf(normal),
      alternate: linesOf(alternate),
      cursor: {
        place: [active.cursorX, active.cursorY, active.baseY, active.viewportY],
        hidden: core.coreService.isCursorHidden,
        saved: [own.savedX, own.savedY, own.savedCurAttrData.fg, own.savedCurAttrData.bg],
        next: [ink.fg, ink.bg, ink.extended._ext],
      },
      modes: {
        ...xterm.modes,
        ...core.coreService.decPrivateModes,
        mouse: [core.coreMouseService.activeProtocol, core.coreMouseService.activeEncoding],
        region: [own.scrollTop, own.scrollBottom],
        tabs: Object.keys(own.tabs).filter(column => own.tabs[column] && column < xterm.cols),
        charsets: [core._charsetService.glevel, [0, 1, 2, 3].map(slot => core._charsetService._charsets[slot]?.q === '─')],
      },
      title: core._inputHandler._windowTitle,
    }
  }
  return { left: read(screens.left), right: read(screens.right) }
})()`

export interface BothShown {
  readonly left: Shown
  readonly right: Shown
}

/** Null while one of the two terminals is not there. Asks through the main process: Playwright loses a page that was killed. */
export const shown = (app: ElectronApplication): Promise<BothShown | null> =>
  app.evaluate(
    ({ BrowserWindow }, read) =>
      BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(read) as Promise<BothShown | null>,
    READ,
  )

/** Costs nothing, as reading all cells does: a snapshot ends with the title, so both titles say that both are there. */
const TITLES = `(() => {
  const { left, right } = globalThis.duologueScreens ?? {}
  const titleOf = ({ xterm }) => xterm._core._inputHandler._windowTitle
  return left && right ? [left, right].map(titleOf).join('|') : null
})()`

/** Ends when both have begun to paint and the second frame since then begins: the first is painted. */
const PAINTED = `new Promise(done => {
  const look = () => {
    const { left, right } = globalThis.duologueScreens
    const begun = left?.xterm.element && right?.xterm.element
    requestAnimationFrame(begun ? () => requestAnimationFrame(() => done()) : look)
  }
  look()
})`

/**
 * Kills the process of the window's page with SIGKILL, and waits until both terminals show exactly `before` again, for
 * `patience` milliseconds at most. Gives what they show then, and the milliseconds from the kill until the page had
 * loaded, until both had their snapshots, and until both were painted.
 */
export const killPage = (
  app: ElectronApplication,
  before: BothShown,
  patience: number,
): Promise<{
  readonly after: BothShown | null
  readonly loadedMs: number
  readonly restoredMs: number
  readonly paintedMs: number
}> =>
  app.evaluate(
    async ({ BrowserWindow }, { read, titles, painted, wanted, wantedTitles, limit }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents
      if (!contents) throw new Error('no window')
      const loaded = new Promise<void>(resolve => contents.once('did-finish-load', () => resolve()))
      const begun = performance.now()
      process.kill(contents.getOSProcessId(), 'SIGKILL')
      await loaded
      const loadedMs = performance.now() - begun
      const inTime = () => performance.now() - begun < limit
      while ((await contents.executeJavaScript(titles)) !== wantedTitles && inTime());
      const restoredMs = performance.now() - begun
      await contents.executeJavaScript(painted)
      const paintedMs = performance.now() - begun
      let after: BothShown | null = null
      do {
        after = (await contents.executeJavaScript(read)) as BothShown | null
      } while (JSON.stringify(after) !== wanted && inTime())
      return { after, loadedMs, restoredMs, paintedMs }
    },
    {
      read: READ,
      titles: TITLES,
      painted: PAINTED,
      wanted: JSON.stringify(before),
      wantedTitles: `${before.left.title}|${before.right.title}`,
      limit: patience,
    },
  )
