/**
 * The part of a terminal's state that the serialize addon leaves out: scroll region, origin mode, tab stops,
 * character sets, saved cursor, mouse encoding, cursor style and visibility. xterm.js has no API to read these,
 * so its internals are read, as the addon itself does; the exact version is pinned and the tests compare.
 */
import type { Terminal } from '@xterm/headless'

interface BufferInternals {
  readonly x: number
  readonly y: number
  readonly scrollTop: number
  readonly scrollBottom: number
  readonly savedX: number
  readonly savedY: number
  readonly ybase: number
  readonly tabs: Readonly<Record<number, boolean | undefined>>
}

export interface TerminalInternals {
  readonly _bufferService: { readonly buffer: BufferInternals }
  readonly coreService: {
    readonly isCursorHidden: boolean
    readonly decPrivateModes: {
      readonly cursorStyle?: 'block' | 'underline' | 'bar'
      readonly cursorBlink?: boolean
      readonly origin: boolean
    }
  }
  readonly coreMouseService: { readonly activeEncoding: string }
  readonly _charsetService: { readonly glevel: number; readonly _charsets: readonly unknown[] }
}

export const internalsOf = (terminal: Terminal): TerminalInternals =>
  (terminal as Terminal & { readonly _core: TerminalInternals })._core

/** Sequences to follow the addon's text. */
export const unserialized = (terminal: Terminal): string => {
  const core = internalsOf(terminal)
  return [
    tabStops(terminal, core),
    placement(terminal, core),
    charsets(core),
    mouse(core),
    cursor(core),
  ].join('')
}

const TAB_WIDTH = 8

/** Tab stops are set at the cursor, so the cursor goes through them; `placement` puts it back. */
const tabStops = (terminal: Terminal, core: TerminalInternals): string => {
  if (!hasOwnTabs(terminal, core)) return ''
  const { tabs } = core._bufferService.buffer
  const columns = Array.from({ length: terminal.cols }, (_, column) => column).filter(column => tabs[column])
  return `\x1b[?6l\x1b[3g${columns.map(column => `\x1b[1;${column + 1}H\x1bH`).join('')}`
}

const hasOwnTabs = (terminal: Terminal, core: TerminalInternals): boolean => {
  const { tabs } = core._bufferService.buffer
  return Array.from(
    { length: terminal.cols },
    (_, column) => Boolean(tabs[column]) !== (column % TAB_WIDTH === 0),
  ).some(Boolean)
}

/**
 * Scroll region, saved cursor and origin mode each move the cursor, so its place is said again after them.
 * Only then: saying it takes away the state "behind the last column", which a full line leaves.
 */
const placement = (terminal: Terminal, core: TerminalInternals): string => {
  const { x, y, ybase, scrollTop, scrollBottom, savedX, savedY } = core._bufferService.buffer
  const { origin } = core.coreService.decPrivateModes
  const region = scrollTop !== 0 || scrollBottom !== terminal.rows - 1
  const saved = savedX !== 0 || savedY !== 0
  if (!region && !saved && !origin && !hasOwnTabs(terminal, core)) return ''
  return [
    '\x1b[?6l',
    // A saved row counts from the first line of the scrollback.
    saved ? `${at(savedX, Math.max(0, savedY - ybase))}\x1b7` : '',
    region ? `\x1b[${scrollTop + 1};${scrollBottom + 1}r` : '',
    origin ? `\x1b[?6h${at(x, y - scrollTop)}` : at(x, y),
  ].join('')
}

const at = (x: number, y: number): string => `\x1b[${y + 1};${x + 1}H`

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
