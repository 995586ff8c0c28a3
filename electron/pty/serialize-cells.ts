/**
 * The cells of a terminal as text that writes them again. Cells are always right; that a line goes on in the
 * next one is kept where a terminal could have wrapped there, and is otherwise a plain line break. (The addon of
 * xterm.js forces the wrap with characters that may stay visible after lines were inserted or deleted.)
 */
import type { IBuffer, IBufferCell, IBufferLine, Terminal } from '@xterm/headless'

export type Attributes = Pick<
  IBufferCell,
  | 'getFgColor'
  | 'getBgColor'
  | 'isFgRGB'
  | 'isBgRGB'
  | 'isFgPalette'
  | 'isBgPalette'
  | 'isBgDefault'
  | 'isBold'
  | 'isDim'
  | 'isItalic'
  | 'isUnderline'
  | 'isBlink'
  | 'isInverse'
  | 'isInvisible'
  | 'isStrikethrough'
  | 'isOverline'
>

/** The lines of a buffer from the row `first` on, written from the home of an empty screen with plain attributes. */
export const cellsOf = (terminal: Terminal, buffer: IBuffer, first = 0): string => {
  const parts: string[] = []
  // One object for all of them: there may be half a million.
  const cell = buffer.getNullCell()
  for (let row = first; row < buffer.length; row += 1) {
    const line = buffer.getLine(row)
    if (!line) continue
    const before = row > first ? buffer.getLine(row - 1) : undefined
    const wraps = line.isWrapped && before !== undefined && couldWrap(before, line, terminal.cols)
    if (row > first && !wraps) parts.push('\r\n')
    parts.push(textOf(line, terminal.cols, wraps, cell))
  }
  return parts.join('')
}

/** A terminal wraps behind a full line, or before a wide character that has one column left. */
const couldWrap = (line: IBufferLine, next: IBufferLine, cols: number): boolean => {
  const first = next.getCell(0)
  if (!first?.getChars()) return false
  const last = line.getCell(cols - 1)
  if (last && isWritten(last)) return true
  const lastButOne = line.getCell(cols - 2)
  return (
    first.getWidth() === 2 &&
    last?.isBgDefault() === true &&
    lastButOne !== undefined &&
    isWritten(lastButOne)
  )
}

/** A character, the second half of a wide one, or a blank that shows more than its background. */
const isWritten = (cell: IBufferCell): boolean =>
  cell.getChars() !== '' ||
  cell.getWidth() === 0 ||
  Boolean(cell.isInverse() || cell.isUnderline() || cell.isStrikethrough() || cell.isOverline())

const textOf = (line: IBufferLine, cols: number, wrapped: boolean, into: IBufferCell): string => {
  let text = ''
  let style = PLAIN
  const styleNow = lastStyle()
  let blank = 0
  let blankStyle = PLAIN
  const put = (wanted: string): void => {
    if (wanted !== style) text += wanted
    style = wanted
  }
  const putBlanks = (last: boolean): void => {
    if (blank === 0) return
    if (blankStyle !== PLAIN) {
      put(blankStyle)
      text += `\x1b[${blank}X`
    }
    if (!last) text += `\x1b[${blank}C`
    blank = 0
  }
  for (let column = 0; column < cols; column += 1) {
    const cell = line.getCell(column, into)
    if (!cell) break
    if (!isWritten(cell) || cell.getWidth() === 0) {
      const wanted = cell.isBgDefault() ? PLAIN : `\x1b[0;${background(cell)}m`
      if (wanted !== blankStyle) putBlanks(false)
      blankStyle = wanted
      blank += 1
      continue
    }
    putBlanks(false)
    put(styleNow(cell))
    text += cell.getChars() || ' '
    // A wrap that scrolls fills the new line with the background of the moment.
    if (wrapped && column === 0) {
      put(PLAIN)
      text += '\x1b[K'
    }
    if (cell.getWidth() === 2) column += 1
  }
  putBlanks(true)
  put(PLAIN)
  return text
}

/** Most cells look like the one before, and to write a style takes longer than to compare it. */
const lastStyle = (): ((cell: Attributes) => string) => {
  let [ink, rest, style] = [-1, -1, '']
  return cell => {
    const inkNow = cell.getFgColor() * 4 + kindOf(cell.isFgRGB(), cell.isFgPalette())
    const restNow =
      (cell.getBgColor() * 4 + kindOf(cell.isBgRGB(), cell.isBgPalette())) * 0x400 + flagsOf(cell)
    if (inkNow !== ink || restNow !== rest) [ink, rest, style] = [inkNow, restNow, styleOf(cell)]
    return style
  }
}

const kindOf = (rgb: unknown, palette: unknown): number => (rgb ? 2 : palette ? 1 : 0)

const flagsOf = (cell: Attributes): number =>
  (cell.isBold() ? 1 : 0) +
  (cell.isDim() ? 2 : 0) +
  (cell.isItalic() ? 4 : 0) +
  (cell.isUnderline() ? 8 : 0) +
  (cell.isBlink() ? 16 : 0) +
  (cell.isInverse() ? 32 : 0) +
  (cell.isInvisible() ? 64 : 0) +
  (cell.isStrikethrough() ? 128 : 0) +
  (cell.isOverline() ? 256 : 0)

const PLAIN = '\x1b[0m'

/** The sequence that sets exactly these attributes. */
export const styleOf = (cell: Attributes): string => {
  const codes = [
    '0',
    cell.isBold() ? '1' : '',
    cell.isDim() ? '2' : '',
    cell.isItalic() ? '3' : '',
    cell.isUnderline() ? '4' : '',
    cell.isBlink() ? '5' : '',
    cell.isInverse() ? '7' : '',
    cell.isInvisible() ? '8' : '',
    cell.isStrikethrough() ? '9' : '',
    cell.isOverline() ? '53' : '',
    colour(cell.getFgColor(), cell.isFgRGB(), cell.isFgPalette(), 30),
    background(cell),
  ]
  return `\x1b[${codes.filter(code => code !== '').join(';')}m`
}

const background = (cell: Attributes): string =>
  colour(cell.getBgColor(), cell.isBgRGB(), cell.isBgPalette(), 40)

const colour = (value: number, rgb: unknown, palette: unknown, base: 30 | 40): string => {
  if (rgb) return `${base + 8};2;${(value >>> 16) & 0xff};${(value >>> 8) & 0xff};${value & 0xff}`
  if (!palette) return ''
  if (value >= 16) return `${base + 8};5;${value}`
  return String(value < 8 ? base + value : base + 60 + value - 8)
}
