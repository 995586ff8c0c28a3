/** The screen of a terminal, without its scrollback, as plain data. Blank ends of lines and of the screen are left out. */
import type { IBufferCell, IBufferLine, Terminal } from '@xterm/headless'
import type { Paint, PaintedLine, Run } from '../../shared/terminal/painted'
import { type Attributes, attributesOf, underlineInkOf, underlineOf } from './serialize-style'

export const paintedOf = (terminal: Terminal): readonly PaintedLine[] => {
  const buffer = terminal.buffer.active
  const lines = Array.from({ length: terminal.rows }, (_, row) =>
    paintedLine(buffer.getLine(buffer.baseY + row), terminal.cols),
  )
  while (lines.at(-1)?.length === 0) lines.pop()
  return lines
}

/** Cells from the first on; `cols` of them. */
export const paintedLine = (line: IBufferLine | undefined, cols: number): PaintedLine => {
  const runs: Run[] = []
  let before: Attributes | undefined
  for (let column = 0; column < cols; column += 1) {
    const cell = line?.getCell(column)
    // The second half of a wide character is in the first.
    if (!cell || cell.getWidth() === 0) continue
    const attributes = attributesOf(cell)
    const last = runs.at(-1)
    if (last && before && !last.wide && cell.getWidth() === 1 && isAlike(before, attributes))
      runs[runs.length - 1] = { ...last, text: last.text + textOf(cell) }
    else runs.push(runOf(cell))
    before = attributes
  }
  return withoutBlankEnd(runs)
}

const isAlike = (one: Attributes, other: Attributes): boolean =>
  one.fg === other.fg &&
  one.bg === other.bg &&
  underlineOf(one) === underlineOf(other) &&
  underlineInkOf(one) === underlineInkOf(other)

/** What a program hides stays hidden. */
const textOf = (cell: IBufferCell): string =>
  cell.isInvisible() ? ' '.repeat(cell.getWidth()) : cell.getChars() || ' '

const withoutBlankEnd = (runs: readonly Run[]): PaintedLine => {
  const last = runs.at(-1)
  if (!last || Object.keys(last).some(key => SEEN_ON_BLANKS.has(key))) return runs
  const text = last.text.trimEnd()
  return text === '' ? withoutBlankEnd(runs.slice(0, -1)) : [...runs.slice(0, -1), { ...last, text }]
}

const SEEN_ON_BLANKS: ReadonlySet<string> = new Set(['ground', 'inverse', 'struck', 'overlined', 'underline'])

const runOf = (cell: IBufferCell): Run => {
  const attributes = attributesOf(cell)
  const underline = underlineOf(attributes)
  const underlineInk = underlineInkOf(attributes)
  const ink = paintOf(cell.getFgColor(), cell.isFgRGB(), cell.isFgDefault())
  const ground = paintOf(cell.getBgColor(), cell.isBgRGB(), cell.isBgDefault())
  return {
    text: textOf(cell),
    ...(cell.getWidth() === 2 && !cell.isInvisible() ? { wide: true } : {}),
    ...(ink === undefined ? {} : { ink }),
    ...(ground === undefined ? {} : { ground }),
    ...(cell.isBold() ? { bold: true } : {}),
    ...(cell.isDim() ? { dim: true } : {}),
    ...(cell.isItalic() ? { italic: true } : {}),
    ...(cell.isInverse() ? { inverse: true } : {}),
    ...(cell.isStrikethrough() ? { struck: true } : {}),
    ...(cell.isOverline() ? { overlined: true } : {}),
    ...(underline === 0 ? {} : { underline }),
    ...(underline === 0 || underlineInk === undefined ? {} : { underlineInk }),
  }
}

const paintOf = (value: number, rgb: boolean, isDefault: boolean): Paint | undefined => {
  if (isDefault) return undefined
  return rgb ? `#${value.toString(16).padStart(6, '0')}` : value
}
