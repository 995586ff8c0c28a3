/** An xterm.js terminal in an element, as every pane has it: font, colours, links, painting. It is given no program. */
import { Unicode11Addon } from '@xterm/addon-unicode11'
import { WebLinksAddon } from '@xterm/addon-web-links'
import { WebglAddon } from '@xterm/addon-webgl'
import { Terminal } from '@xterm/xterm'
import { safeLink } from './link'
import { silence } from './quiet'
import { strictDocument } from './strict-document'
import { coloursAt, themeOf } from './theme'

/** As many as the host's mirror keeps, so that a reload loses none. */
const SCROLLBACK_LINES = 5_000
export const FONT_SIZE_PX = 12.5
const FONT_FAMILY = '"JetBrains Mono Variable", "JetBrains Mono", ui-monospace, monospace'

/** The size of a cell is measured once at opening. */
export const fontLoaded = async (): Promise<void> => {
  await document.fonts.load(`${FONT_SIZE_PX}px "JetBrains Mono Variable"`)
}

export interface MakeOptions {
  readonly element: HTMLElement
  readonly label: string
  readonly screenReader: boolean
  readonly onLink: (url: string) => void
}

/** It is not opened: `paintIn` shows it. */
export const makeTerminal = (options: MakeOptions): Terminal => {
  const terminal = new Terminal(terminalOptions(options))
  terminal.loadAddon(new Unicode11Addon())
  terminal.unicode.activeVersion = '11'
  terminal.loadAddon(new WebLinksAddon((_, uri) => follow(uri, options.onLink)))
  silence(terminal)
  return terminal
}

/**
 * Begins to paint. Best after a long state was written: a terminal that paints would draw all that scrolls by, and
 * takes many times as long. WebGL is there before the opening, or a DOM renderer would be made and thrown away; that one stays
 * where WebGL is missing, and takes over when its context is lost.
 */
export const paintIn = (terminal: Terminal, options: MakeOptions): void => {
  if (hasWebgl()) {
    const webgl = new WebglAddon()
    webgl.onContextLoss(() => webgl.dispose())
    terminal.loadAddon(webgl)
  }
  terminal.open(options.element)
  terminal.textarea?.setAttribute('aria-label', options.label)
}

const terminalOptions = (options: MakeOptions): ConstructorParameters<typeof Terminal>[0] => ({
  allowProposedApi: true,
  scrollback: SCROLLBACK_LINES,
  fontFamily: FONT_FAMILY,
  fontSize: FONT_SIZE_PX,
  lineHeight: 1.25,
  theme: themeOf(coloursAt(options.element)),
  // Programs choose colours for a dark screen; on a light one they must be readable too.
  minimumContrastRatio: 4.5,
  screenReaderMode: options.screenReader,
  macOptionIsMeta: true,
  documentOverride: strictDocument(document),
  linkHandler: { activate: (_, uri) => follow(uri, options.onLink) },
})

const follow = (uri: string, onLink: (url: string) => void): void => {
  const url = safeLink(uri)
  if (url) onLink(url)
}

/**
 * Chromium takes the oldest context away when there are sixteen, and lets go of unused ones only when memory is
 * collected: the live terminals would lose theirs after some replays.
 */
const giveBack = (context: WebGL2RenderingContext): void =>
  context.getExtension('WEBGL_lose_context')?.loseContext()

export const disposeTerminal = (terminal: Terminal): void => {
  const canvases = [...(terminal.element?.querySelectorAll('canvas') ?? [])]
  const contexts = canvases.flatMap(canvas => canvas.getContext('webgl2') ?? [])
  terminal.dispose()
  for (const context of contexts) giveBack(context)
}

const hasWebgl = (): boolean => {
  const trial = document.createElement('canvas').getContext('webgl2')
  if (trial) giveBack(trial)
  return trial !== null
}

/** For tests: a canvas has no text. */
export interface ShownScreen {
  text(): string
  /** The cells of the screen with their colours and attributes, and the cursor. */
  cells(): string
  readonly xterm: Terminal
}

export const shownOf = (terminal: Terminal): ShownScreen => ({
  // Nothing is shown, and no key is taken, before it is opened.
  text: () => (terminal.element ? screenOf(terminal) : ''),
  cells: () => cellsOf(terminal),
  xterm: terminal,
})

const screenOf = (terminal: Terminal): string => {
  const buffer = terminal.buffer.active
  const lines = Array.from({ length: terminal.rows }, (_, row) =>
    (buffer.getLine(buffer.viewportY + row)?.translateToString(true) ?? '').trimEnd(),
  )
  return lines.join('\n').trimEnd()
}

const cellsOf = (terminal: Terminal): string => {
  const { active } = terminal.buffer
  const lines = Array.from({ length: terminal.rows }, (_, row) => {
    const line = active.getLine(active.baseY + row)
    return Array.from({ length: terminal.cols }, (_, column) => {
      const cell = line?.getCell(column)
      if (!cell) return ' '
      const flags = [cell.isBold(), cell.isDim(), cell.isItalic(), cell.isUnderline(), cell.isInverse()]
      const ink = cell.getChars().trim() === '' ? '' : `${cell.getFgColorMode()}.${cell.getFgColor()}`
      const set = cell.getChars().trim() === '' ? '' : flags.map(flag => (flag ? 1 : 0)).join('')
      return `${cell.getChars() || ' '}|${ink}|${cell.getBgColorMode()}.${cell.getBgColor()}|${set}`
    }).join(' ')
  })
  return [`${terminal.cols}x${terminal.rows}`, `${active.cursorX},${active.cursorY}`, ...lines].join('\n')
}
