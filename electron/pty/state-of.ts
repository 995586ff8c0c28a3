/** For tests: everything of a terminal that a person or a program could tell apart, as plain data. */
import type { IBufferCell, IBufferLine, Terminal } from '@xterm/headless'
import { internalsOf } from './serialize'
import { attributesOf, linkOf, underlineOf } from './serialize-style'

export const stateOf = (terminal: Terminal) => {
  const core = internalsOf(terminal)
  const { buffer } = core._bufferService
  const { glevel, _charsets } = core._charsetService
  const { normal, active } = terminal.buffer
  return {
    active: active.type,
    cursor: { x: active.cursorX, y: active.cursorY, base: active.baseY },
    normal: linesOf(terminal, normal),
    alternate: active.type === 'alternate' ? linesOf(terminal, active) : undefined,
    // A frame of a synchronised update lasts milliseconds and is not restored.
    modes: { ...terminal.modes, synchronizedOutputMode: false },
    title: core._inputHandler._windowTitle,
    cursorStyle: core.coreService.decPrivateModes.cursorStyle,
    cursorBlink: core.coreService.decPrivateModes.cursorBlink,
    cursorHidden: core.coreService.isCursorHidden,
    mouseEncoding: core.coreMouseService.activeEncoding,
    regions: [buffer, core._bufferService.buffers.normal].map(of => [of.scrollTop, of.scrollBottom]),
    // Never saved and saved at home are the same.
    saved: [buffer.savedX, Math.max(0, buffer.savedY - buffer.ybase)],
    tabs: Array.from({ length: terminal.cols }, (_, column) => Boolean(buffer.tabs[column])),
    charsets: { glevel, drawing: [0, 1, 2, 3].map(level => isDrawing(_charsets[level])) },
  }
}

const isDrawing = (charset: unknown): boolean =>
  typeof charset === 'object' && charset !== null && 'q' in charset && charset.q === '─'

const linesOf = (terminal: Terminal, buffer: Terminal['buffer']['normal']): string[] =>
  Array.from({ length: buffer.length }, (_, row) => lineOf(terminal, buffer.getLine(row), row))

const lineOf = (terminal: Terminal, line: IBufferLine | undefined, row: number): string => {
  const links = internalsOf(terminal)._oscLinkService
  const link = (number: number): string => links.getLinkData(number)?.uri ?? ''
  const cells = Array.from({ length: terminal.cols }, (_, column) => cellOf(line?.getCell(column), link))
  // The first line has none before it to be the rest of.
  return `${row > 0 && line?.isWrapped ? '↩' : ''}${cells.join('').replace(/( \|)+$/, '')}`
}

/** A space and an empty cell look the same. */
const cellOf = (cell: IBufferCell | undefined, uriOf: (link: number) => string): string => {
  if (!cell) return ' |'
  if (cell.getWidth() === 0) return '|'
  const attributes = attributesOf(cell)
  const underline = underlineOf(attributes)
  const style = [
    cell.isFgDefault() ? '' : `f${cell.getFgColorMode()}.${cell.getFgColor()}`,
    cell.isBgDefault() ? '' : `b${cell.getBgColorMode()}.${cell.getBgColor()}`,
    cell.isBold() ? 'B' : '',
    cell.isDim() ? 'D' : '',
    cell.isItalic() ? 'I' : '',
    underline > 0 ? `U${underline}.${(attributes.extended._ext & 0x3ffffff).toString(16)}` : '',
    // One that xterm.js has let go of leads nowhere, and is not restored.
    uriOf(linkOf(attributes)) ? `<${uriOf(linkOf(attributes))}>` : '',
    cell.isBlink() ? 'W' : '',
    cell.isInverse() ? 'R' : '',
    cell.isInvisible() ? 'H' : '',
    cell.isStrikethrough() ? 'S' : '',
    cell.isOverline() ? 'O' : '',
  ].join('')
  const chars = cell.getChars() || ' '
  // The ink of a blank cell cannot be seen.
  return `${chars}${chars === ' ' ? style.replace(/^f[\d.]+/, '').replace(/[BDIHW]/g, '') : style}|`
}
