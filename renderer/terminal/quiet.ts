/**
 * The host's mirror of a terminal answers every query of a program, so the window's terminal answers none, or a
 * program would read each answer twice. It also keeps a program from the clipboard and from notifications.
 */
import type { Terminal } from '@xterm/xterm'

export const silence = (terminal: Pick<Terminal, 'parser'>): void => {
  const { parser } = terminal
  const swallow = (): boolean => true
  // Device attributes 1, 2 and 3; device status and cursor position, also in DEC's form; version; window reports.
  for (const prefix of [undefined, '>', '=']) parser.registerCsiHandler(csi('c', prefix), swallow)
  for (const prefix of [undefined, '?']) parser.registerCsiHandler(csi('n', prefix), swallow)
  parser.registerCsiHandler(csi('q', '>'), swallow)
  parser.registerCsiHandler(csi('t'), swallow)
  for (const prefix of [undefined, '?'])
    parser.registerCsiHandler({ ...csi('p', prefix), intermediates: '$' }, swallow)
  parser.registerDcsHandler({ intermediates: '$', final: 'q' }, swallow)
  // A colour may be set, but not asked for.
  for (const code of [4, 10, 11, 12]) parser.registerOscHandler(code, text => text.split(';').includes('?'))
  // Clipboard; notifications of iTerm, rxvt and kitty.
  for (const code of [52, 9, 777, 99]) parser.registerOscHandler(code, swallow)
}

const csi = (final: string, prefix?: string): { final: string; prefix?: string } =>
  prefix === undefined ? { final } : { final, prefix }
