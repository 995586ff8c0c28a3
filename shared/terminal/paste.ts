/**
 * Text that goes into a terminal, or from one agent to the other, carries no control bytes: it can neither
 * press keys nor close the bracket it is pasted in.
 */

/**
 * Whole escape sequences, by ECMA-48: strings (DCS, SOS, OSC, PM, APC) up to their terminator or, unterminated,
 * up to the end of the line; CSI with parameters, intermediates and final byte; any other escape. 7-bit and 8-bit.
 */
const SEQUENCES = new RegExp(
  [
    '(?:\\x1b[PX\\]^_]|[\\x90\\x98\\x9d\\x9e\\x9f])[^\\x07\\x1b\\x9c\\n]*(?:\\x07|\\x1b\\\\|\\x9c)?',
    '(?:\\x1b\\[|\\x9b)[\\x30-\\x3f]*[\\x20-\\x2f]*[\\x40-\\x7e]?',
    '\\x1b[\\x20-\\x2f]*[\\x30-\\x7e]?',
  ].join('|'),
  'g',
)

/** C0 and C1 and DEL, but not tab and newline. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters it is about
const CONTROLS = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/g

/** Plain text: no escape sequences, no control characters but `\n` and `\t`, and lines end with `\n`. */
export const stripControl = (text: string): string =>
  text.replace(/\r\n?/g, '\n').replace(SEQUENCES, '').replace(CONTROLS, '')

const PASTE_START = '\x1b[200~'
const PASTE_END = '\x1b[201~'

/**
 * What a terminal sends for a paste: lines end with a carriage return, as from a keyboard, and a program that
 * asked for bracketed paste (mode 2004) gets the brackets.
 */
export const pasted = (text: string, bracketed: boolean): string => {
  const plain = stripControl(text).replaceAll('\n', '\r')
  return bracketed ? `${PASTE_START}${plain}${PASTE_END}` : plain
}
