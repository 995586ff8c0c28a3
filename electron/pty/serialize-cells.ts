/**
 * The cells of a terminal as text that writes them again. Cells are always right; that a line goes on in the
 * next one is kept where a terminal could have wrapped there, and is otherwise a plain line break. (The addon of
 * xterm.js forces the wrap with characters that may stay visible after lines were inserted or deleted.)
 */
import type { IBuffer, IBufferCell, IBufferLine, Terminal } from '@xterm/headless'
import {
  type Attributes,
  attributesOf,
  background,
  linkOf,
  PLAIN,
  sameStyle,
  styleOf,
} from './serialize-style'

/** `uri` and `id` as the program gave them (OSC 8); undefined for a link that xterm.js has let go of. */
export type LinkData = (link: number) => { readonly uri: string; readonly id?: string } | undefined

/** All lines of a buffer, written from the home of an empty screen with plain attributes. */
export const cellsOf = (terminal: Terminal, buffer: IBuffer, dataOf: LinkData): string => {
  const parts: string[] = []
  const links = linkPen(dataOf)
  for (let row = 0; row < buffer.length; row += 1) {
    const line = buffer.getLine(row)
    if (!line) continue
    const before = row > 0 ? buffer.getLine(row - 1) : undefined
    const wraps = line.isWrapped && before !== undefined && couldWrap(before, line, terminal.cols)
    if (row > 0 && !wraps) parts.push('\r\n')
    parts.push(textOf(line, terminal.cols, wraps, links.to))
  }
  parts.push(links.to(0))
  return parts.join('')
}

/** Keeps a link open over line ends, so that its parts stay one link. */
const linkPen = (dataOf: LinkData): { to(link: number): string } => {
  let open = 0
  return {
    to: link => {
      if (link === open) return ''
      open = link
      return linkStart(link === 0 ? undefined : dataOf(link))
    },
  }
}

/** Opens the link, or ends the one that is open. */
export const linkStart = (data: ReturnType<LinkData>): string =>
  `\x1b]8;${data?.id === undefined ? '' : `id=${data.id}`};${data?.uri ?? ''}\x1b\\`

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

const textOf = (
  line: IBufferLine,
  cols: number,
  wrapped: boolean,
  toLink: (link: number) => string,
): string => {
  let text = ''
  let style = PLAIN
  let styled: { readonly by: Attributes; readonly as: string } | undefined
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
    const cell = line.getCell(column)
    if (!cell) break
    if (!isWritten(cell) || cell.getWidth() === 0) {
      const wanted = cell.isBgDefault() ? PLAIN : `\x1b[0;${background(attributesOf(cell))}m`
      if (wanted !== blankStyle) putBlanks(false)
      blankStyle = wanted
      blank += 1
      continue
    }
    putBlanks(false)
    const attributes = attributesOf(cell)
    if (!styled || !sameStyle(styled.by, attributes)) styled = { by: attributes, as: styleOf(attributes) }
    put(styled.as)
    text += toLink(linkOf(attributes))
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
