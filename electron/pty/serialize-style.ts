/**
 * Attributes of a cell, or of what is written next, as the sequences that set them: exactly these and no others.
 * Underlines and links have no API in xterm.js; what is read of its internals for them is in this one place.
 */
import type { IBuffer, IBufferCell, IBufferLine } from '@xterm/headless'
import type { Paint } from '../../shared/terminal/painted'

type PublicAttributes = Pick<
  IBufferCell,
  | 'getFgColor'
  | 'getBgColor'
  | 'isFgRGB'
  | 'isBgRGB'
  | 'isFgPalette'
  | 'isBgPalette'
  | 'isBgDefault'
  | 'getFgColorMode'
  | 'getBgColorMode'
  | 'isBold'
  | 'isDim'
  | 'isItalic'
  | 'isBlink'
  | 'isInverse'
  | 'isInvisible'
  | 'isStrikethrough'
  | 'isOverline'
>

/** `ExtendedAttrs` of xterm.js: bits 0–25 the underline's colour, 26–28 its style. A link hides the style. */
interface ExtendedInternals {
  readonly _ext: number
  readonly urlId: number
}

export interface Attributes extends PublicAttributes {
  /** Colour and attributes in xterm.js's own bits. */
  readonly fg: number
  readonly bg: number
  readonly extended: ExtendedInternals
}

const UNDERLINED = 0x10000000
/** Of `bg`: the cell has `extended` of its own. */
const HAS_EXTENDED = 0x10000000
const STYLE = 0x1c000000
const STYLE_AT = 26
const COLOUR = 0x3ffffff
const MODE = 0x3000000
const RGB = 0xffffff
const MODE_256 = 0x2000000
const MODE_RGB = 0x3000000

export const attributesOf = (cell: IBufferCell): Attributes => cell as IBufferCell & Attributes

export type CellReader = (line: IBufferLine, column: number) => IBufferCell | undefined

/**
 * Reads cells into one object, valid until the next is read: there may be half a million. Into an object that is used
 * again xterm.js writes `extended` only where the cell has it, so that of the cell before is taken away here.
 */
export const cellReader = (buffer: IBuffer): CellReader => {
  const into: IBufferCell & { extended?: unknown } = buffer.getNullCell()
  const none = into.extended
  return (line, column) => {
    const cell = line.getCell(column, into)
    if (cell && (attributesOf(cell).bg & HAS_EXTENDED) === 0) into.extended = none
    return cell
  }
}

/** 1 single, 2 double, 3 curly, 4 dotted, 5 dashed; 0 none, also under a link that is not underlined by itself. */
export const underlineOf = ({ fg, extended }: Attributes): number =>
  fg & UNDERLINED ? Math.max(1, (extended._ext & STYLE) >>> STYLE_AT) : 0

/** Undefined: that of the text. */
export const underlineInkOf = ({ extended }: Attributes): Paint | undefined => {
  const value = extended._ext & COLOUR
  if ((value & MODE) === 0) return undefined
  if ((value & MODE) !== MODE_RGB) return value & 0xff
  return `#${(value & RGB).toString(16).padStart(6, '0')}`
}

/** The number of the link in its terminal; 0: none, also where a restored cursor has put it out of use. */
export const linkOf = ({ bg, extended }: Attributes): number => (bg & HAS_EXTENDED ? extended.urlId : 0)

export const PLAIN = '\x1b[0m'

/** The sequence that sets exactly these attributes, but for the link. */
export const styleOf = (cell: Attributes): string => {
  const underline = underlineOf(cell)
  const codes = [
    '0',
    cell.isBold() ? '1' : '',
    cell.isDim() ? '2' : '',
    cell.isItalic() ? '3' : '',
    underline > 1 ? `4:${underline}` : underline === 1 ? '4' : '',
    cell.isBlink() ? '5' : '',
    cell.isInverse() ? '7' : '',
    cell.isInvisible() ? '8' : '',
    cell.isStrikethrough() ? '9' : '',
    cell.isOverline() ? '53' : '',
    colour(cell.getFgColor(), cell.getFgColorMode(), 30),
    background(cell),
    underlineColour(cell.extended._ext & COLOUR),
  ]
  return `\x1b[${codes.filter(code => code !== '').join(';')}m`
}

/** Most cells look like the one before, and to write a style takes longer than to compare it. */
export const lastStyle = (): ((cell: Attributes) => string) => {
  let [fg, bg, ext, style] = [0, 0, 0, PLAIN]
  return cell => {
    const { _ext } = cell.extended
    if (cell.fg !== fg || cell.bg !== bg || _ext !== ext)
      [fg, bg, ext, style] = [cell.fg, cell.bg, _ext, styleOf(cell)]
    return style
  }
}

/** The code for the background alone; empty for the default. */
export const background = (cell: Attributes): string => colour(cell.getBgColor(), cell.getBgColorMode(), 40)

/** Of the sixteen colours, those named by the palette of 256 are told apart: so are the cells of xterm.js. */
const colour = (value: number, mode: number, base: 30 | 40): string => {
  if (mode === 0) return ''
  if (mode === MODE_RGB) return `${base + 8};2;${channels(value)}`
  if (mode === MODE_256) return `${base + 8};5;${value}`
  return String(value < 8 ? base + value : base + 60 + value - 8)
}

const channels = (value: number): string => [16, 8, 0].map(shift => (value >>> shift) & 0xff).join(';')

const underlineColour = (value: number): string => {
  if ((value & MODE) === 0) return ''
  return (value & MODE) === MODE_RGB ? `58;2;${channels(value)}` : `58;5;${value & 0xff}`
}
