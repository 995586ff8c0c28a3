/** Puts an xterm.js terminal into an element. Everything that is started here is stopped by the one `dispose`. */
import { FitAddon } from '@xterm/addon-fit'
import type { Terminal } from '@xterm/xterm'
import { pasted } from '../../shared/terminal/paste'
import type { ProgramExit } from '../../shared/terminal/wire'
import { type Connection, connectTerminal, type TerminalPort } from './connection'
import { keyHandler } from './keys'
import {
  disposeTerminal,
  fontLoaded,
  makeTerminal,
  paintIn,
  type ShownScreen,
  shownOf,
} from './make-terminal'
import { type PaintPace, paceOf } from './paint-pace'
import { coloursAt, themeOf, watchTheme } from './theme'

/** A drag of a divider changes the size at every frame; one fit at its end is enough. */
const FIT_QUIET_MS = 60
/** The first frame of WebGL can take long, above all without a graphics card; the other terminal's snapshot comes before it. */
const PAINT_WITHIN_MS = 50

export interface TerminalOptions {
  readonly element: HTMLElement
  readonly connect: () => Promise<TerminalPort>
  readonly label: string
  readonly screenReader: boolean
  readonly isAppKey: (event: KeyboardEvent) => boolean
  readonly onCopy: (text: string) => void
  readonly onLink: (url: string) => void
  readonly onTitle: (title: string) => void
  readonly onExit: (exit: ProgramExit | undefined) => void
}

export interface OpenTerminal {
  focus(): void
  /** For tests. */
  readonly shown: ShownScreen
  setScreenReader(on: boolean): void
  dispose(): void
}

/** Waits for the font, because the size of a cell is measured once at opening. */
export const openTerminal = async (
  options: TerminalOptions,
  stopped: AbortSignal,
): Promise<OpenTerminal | undefined> => {
  const [port] = await Promise.all([options.connect(), fontLoaded()])
  if (stopped.aborted) {
    port.close()
    return undefined
  }
  return mount(options, port, stopped)
}

const mount = (options: TerminalOptions, port: TerminalPort, stopped: AbortSignal): OpenTerminal => {
  const { element } = options
  const terminal = makeTerminal(options)
  let pace: PaintPace | undefined
  const stops: (() => void)[] = []
  /** Who had the focus when it was asked for, before there was anything to have it. */
  let holder: Element | null = null
  const connection = connectTerminal(terminal, port, {
    ready: () =>
      paintSoon(() => {
        if (stopped.aborted) return
        paintIn(terminal, options)
        pace = paceOf(terminal)
        // Whoever has chosen something else meanwhile keeps it.
        if (holder && [holder, document.body].includes(document.activeElement ?? holder)) terminal.focus()
        stops.push(keepFitting(terminal, element, connection))
      }),
    parsed: chars => pace?.parsed(chars),
    title: options.onTitle,
    exit: options.onExit,
  })
  stops.push(
    connection.close,
    () => pace?.stop(),
    keepInput(terminal, options, connection),
    keepTheme(terminal, element, connection),
  )
  return {
    focus: () => {
      holder = document.activeElement ?? document.body
      terminal.focus()
    },
    shown: shownOf(terminal),
    setScreenReader: on => {
      terminal.options.screenReaderMode = on
    },
    dispose: () => {
      for (const stop of stops) stop()
      disposeTerminal(terminal)
    },
  }
}

/** Terminals that were given their snapshots: they open in one go, because between two of them would come a whole frame. */
const toPaint = new Set<() => void>()

const paintSoon = (paint: () => void): void => {
  toPaint.add(paint)
  const paintAll = (): void => {
    for (const each of toPaint) {
      toPaint.delete(each)
      each()
    }
  }
  requestIdleCallback(paintAll, { timeout: PAINT_WITHIN_MS })
}

const keepInput = (terminal: Terminal, options: TerminalOptions, connection: Connection): (() => void) => {
  const { element } = options
  terminal.onData(connection.input)
  terminal.onBinary(connection.input)
  const mac = navigator.platform.startsWith('Mac')
  terminal.attachCustomKeyEventHandler(
    keyHandler(terminal, { mac, isAppKey: options.isAppKey, copy: options.onCopy, send: connection.input }),
  )
  const paste = (event: ClipboardEvent): void => {
    const text = event.clipboardData?.getData('text/plain')
    event.preventDefault()
    event.stopImmediatePropagation()
    if (text) connection.input(pasted(text, terminal.modes.bracketedPasteMode))
  }
  // In the capturing phase: xterm.js would send the text as it is.
  element.addEventListener('paste', paste, true)
  return () => element.removeEventListener('paste', paste, true)
}

const keepTheme = (terminal: Terminal, element: HTMLElement, connection: Connection): (() => void) => {
  const apply = (): void => {
    const colours = coloursAt(element)
    terminal.options.theme = themeOf(colours)
    connection.send({ type: 'colours', colours })
  }
  apply()
  return watchTheme(apply)
}

const keepFitting = (terminal: Terminal, element: HTMLElement, connection: Connection): (() => void) => {
  const fit = new FitAddon()
  terminal.loadAddon(fit)
  let timer: ReturnType<typeof setTimeout> | undefined
  const fitNow = (): void => {
    // A hidden pane has no size; its program keeps the one it had.
    if (element.clientWidth === 0 || element.clientHeight === 0) return
    fit.fit()
    connection.send({ type: 'resize', cols: terminal.cols, rows: terminal.rows })
  }
  const observer = new ResizeObserver(() => {
    clearTimeout(timer)
    timer = setTimeout(fitNow, FIT_QUIET_MS)
  })
  observer.observe(element)
  fitNow()
  return () => {
    clearTimeout(timer)
    observer.disconnect()
  }
}
