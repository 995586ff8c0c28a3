/**
 * The whole state of a terminal as text: written to an empty terminal of the same size it gives screen,
 * scrollback, cursor and modes. For part of it xterm.js has no API, so its internals are read; its exact version
 * is pinned and the tests compare. Not kept: a frame of a synchronised update.
 */
import type { IBuffer, Terminal } from '@xterm/headless'
import { cellsOf, type LinkData, linkStart } from './serialize-cells'
import { type Attributes, attributesOf, linkOf, styleOf } from './serialize-style'

interface BufferInternals {
  readonly x: number
  readonly y: number
  readonly scrollTop: number
  readonly scrollBottom: number
  readonly savedX: number
  readonly savedY: number
  readonly savedCurAttrData: Attributes
  readonly savedCharset: unknown
  readonly ybase: number
  readonly tabs: Readonly<Record<number, boolean | undefined>>
}

export interface TerminalInternals {
  readonly _inputHandler: { readonly _curAttrData: Attributes; readonly _windowTitle: string }
  readonly _oscLinkService: { getLinkData: LinkData }
  readonly _bufferService: {
    readonly buffer: BufferInternals
    readonly buffers: { readonly normal: BufferInternals }
  }
  readonly coreService: {
    readonly isCursorHidden: boolean
    readonly decPrivateModes: {
      readonly cursorStyle?: 'block' | 'underline' | 'bar'
      readonly cursorBlink?: boolean
      readonly origin: boolean
    }
  }
  readonly coreMouseService: { readonly activeEncoding: string }
  /** `charset` is in force; a cursor that is restored changes it and leaves what is designated. */
  readonly _charsetService: {
    readonly glevel: number
    readonly charset: unknown
    readonly _charsets: readonly unknown[]
  }
}

export const internalsOf = (terminal: Terminal): TerminalInternals =>
  (terminal as Terminal & { readonly _core: TerminalInternals })._core

/** @param scrollback lines above the screen that are kept at the most. */
export const serialize = (terminal: Terminal, scrollback = Number.POSITIVE_INFINITY): string => {
  const core = internalsOf(terminal)
  const { normal, active } = terminal.buffer
  const links: LinkData = link => core._oscLinkService.getLinkData(link)
  const ink = core._inputHandler._curAttrData
  return [
    cellsOf(terminal, normal, links, Math.max(0, normal.length - terminal.rows - scrollback)),
    // Entering the alternate screen saves the cursor, so it stands where the normal screen left it.
    active.type === 'alternate'
      ? [
          region(terminal, core._bufferService.buffers.normal),
          placed(terminal, normal, cursorOf(normal), 0, links),
          saving(core._bufferService.buffers.normal, '\x1b[?1049h'),
          // It comes filled with the background of the moment in which the cursor was saved.
          `\x1b[2J\x1b[H${cellsOf(terminal, active, links)}`,
        ].join('')
      : '',
    tabStops(terminal, core),
    placement(terminal, core, links),
    styleOf(ink),
    linkOf(ink) === 0 ? '' : linkStart(links(linkOf(ink))),
    restoredCharset(core) ? '' : charsets(core),
    modes(terminal),
    mouse(core),
    cursor(core),
    title(core),
  ].join('')
}

const TAB_WIDTH = 8

/** Tab stops are set at the cursor, so the cursor goes through them; `placement` puts it back. */
const tabStops = (terminal: Terminal, core: TerminalInternals): string => {
  if (!hasOwnTabs(terminal, core)) return ''
  const { tabs } = core._bufferService.buffer
  const columns = Array.from({ length: terminal.cols }, (_, column) => column).filter(column => tabs[column])
  return `\x1b[3g${columns.map(column => `\x1b[1;${column + 1}H\x1bH`).join('')}`
}

const hasOwnTabs = (terminal: Terminal, core: TerminalInternals): boolean => {
  const { tabs } = core._bufferService.buffer
  return Array.from(
    { length: terminal.cols },
    (_, column) => Boolean(tabs[column]) !== (column % TAB_WIDTH === 0),
  ).some(Boolean)
}

/** Scroll region, saved cursor and origin mode each move the cursor, so its place is said after them. */
const placement = (terminal: Terminal, core: TerminalInternals, links: LinkData): string => {
  const { ybase, scrollTop, savedX, savedY } = core._bufferService.buffer
  const { active } = terminal.buffer
  const { origin } = core.coreService.decPrivateModes
  // A saved row counts from the first line of the scrollback.
  const saved = { x: savedX, y: Math.max(0, savedY - ybase) }
  return [
    `${placed(terminal, active, saved, 0, links)}${saving(core._bufferService.buffer, '\x1b7')}`,
    region(terminal, core._bufferService.buffer),
    origin ? '\x1b[?6h' : '',
    restoredCharset(core) ? `${charsets(core)}\x1b8` : '',
    placed(terminal, active, cursorOf(active), origin ? scrollTop : 0, links),
  ].join('')
}

/** Each screen has its own. */
const region = (terminal: Terminal, { scrollTop, scrollBottom }: BufferInternals): string =>
  scrollTop === 0 && scrollBottom === terminal.rows - 1 ? '' : `\x1b[${scrollTop + 1};${scrollBottom + 1}r`

/** A cursor is saved with the attributes and the character set of that moment. */
const saving = ({ savedCurAttrData, savedCharset }: BufferInternals, save: string): string => {
  const drawing = isDrawing(savedCharset)
  return `${styleOf(savedCurAttrData)}${drawing ? '\x1b(0' : ''}${save}${drawing ? '\x1b(B' : ''}\x1b[m`
}

/** Restored with the cursor: plain characters, though line drawing is designated. */
const restoredCharset = (core: TerminalInternals): boolean => {
  const { charset, _charsets, glevel } = core._charsetService
  const { savedCharset } = core._bufferService.buffer
  return isDrawing(_charsets[glevel]) && !isDrawing(charset) && !isDrawing(savedCharset)
}

interface Place {
  readonly x: number
  readonly y: number
}

const cursorOf = (buffer: IBuffer): Place => ({ x: buffer.cursorX, y: buffer.cursorY })

/**
 * Moves the cursor; with origin mode rows count from `top`. Behind the last column, where a full line leaves it,
 * it comes only by writing that column.
 */
const placed = (terminal: Terminal, buffer: IBuffer, place: Place, top: number, links: LinkData): string => {
  const to = (x: number): string => `\x1b[${place.y - top + 1};${x + 1}H`
  if (place.x < terminal.cols) return to(place.x)
  const line = buffer.getLine(buffer.baseY + place.y)
  const wide = line?.getCell(terminal.cols - 1)?.getWidth() === 0
  const last = terminal.cols - (wide ? 2 : 1)
  const cell = line?.getCell(last)
  if (!cell) return `${to(last)} \x1b[m`
  const attributes = attributesOf(cell)
  const linked = `${linkStart(links(linkOf(attributes)))}${cell.getChars() || ' '}${linkStart(undefined)}`
  return `${to(last)}${styleOf(attributes)}${linkOf(attributes) ? linked : cell.getChars() || ' '}\x1b[m`
}

const modes = (terminal: Terminal): string => {
  const on = terminal.modes
  const tracking = { none: '', x10: '9', vt200: '1000', drag: '1002', any: '1003' }[on.mouseTrackingMode]
  return [
    on.applicationCursorKeysMode ? '\x1b[?1h' : '',
    on.applicationKeypadMode ? '\x1b=' : '',
    on.bracketedPasteMode ? '\x1b[?2004h' : '',
    on.sendFocusMode ? '\x1b[?1004h' : '',
    on.reverseWraparoundMode ? '\x1b[?45h' : '',
    tracking ? `\x1b[?${tracking}h` : '',
    on.insertMode ? '\x1b[4h' : '',
    on.wraparoundMode ? '' : '\x1b[?7l',
  ].join('')
}

/** Only the line drawing set matters: the national ones came before Unicode. */
const charsets = (core: TerminalInternals): string => {
  const { _charsets, glevel } = core._charsetService
  const designated = ['(', ')', '*', '+'].map((slot, level) =>
    isDrawing(_charsets[level]) ? `\x1b${slot}0` : '',
  )
  const shift = ['', '\x0e', '\x1bn', '\x1bo'][glevel] ?? ''
  return designated.join('') + shift
}

const isDrawing = (charset: unknown): boolean =>
  typeof charset === 'object' && charset !== null && 'q' in charset && charset.q === '─'

const mouse = (core: TerminalInternals): string =>
  ({ SGR: '\x1b[?1006h', SGR_PIXELS: '\x1b[?1016h' })[core.coreMouseService.activeEncoding] ?? ''

const cursor = (core: TerminalInternals): string => {
  const { cursorStyle, cursorBlink } = core.coreService.decPrivateModes
  const style = cursorStyle ? { block: 2, underline: 4, bar: 6 }[cursorStyle] - (cursorBlink ? 1 : 0) : 0
  return `${style > 0 ? `\x1b[${style} q` : ''}${core.coreService.isCursorHidden ? '\x1b[?25l' : ''}`
}

const title = ({ _inputHandler: { _windowTitle } }: TerminalInternals): string =>
  _windowTitle === '' ? '' : `\x1b]2;${_windowTitle}\x1b\\`
