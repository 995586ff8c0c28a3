/**
 * Attributes of a cell, or of what is written next, as the sequences that set them: exactly these and no others.
 * Underlines and links have no API in xterm.js; what is read of its internals for them is in this one place.
 */
import type { IBufferCell } from '@xterm/headless'
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
  readonly fg: number
  readonly bg: number
  readonly extended: ExtendedInternals
}

const UNDERLINED = 0x10000000
const STYLE = 0x1c000000
const STYLE_AT = 26
const COLOUR = 0x3ffffff
const MODE = 0x3000000
const RGB = 0xffffff
const MODE_256 = 0x2000000
const MODE_RGB = 0x3000000

export const attributesOf = (cell: IBufferCell): Attributes => cell as IBufferCell & Attributes

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

/** The number of the link in its terminal; 0: none. */
export const linkOf = ({ extended }: Attributes): number => extended.urlId

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

/** Whether both have the same `styleOf`, which takes longer to write than all else of a cell. */
export const sameStyle = (one: Attributes, other: Attributes): boolean =>
  one.fg === other.fg && one.bg === other.bg && one.extended._ext === other.extended._ext

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
