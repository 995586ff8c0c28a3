import { Unicode11Addon } from '@xterm/addon-unicode11'
import { Terminal } from '@xterm/headless'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DARK_COLOURS } from '../../shared/terminal/colours'
import { createMirror } from './mirror'
import { serialize } from './serialize'
import { stateOf } from './state-of'

const size = { cols: 40, rows: 10 }

const terminalLikeTheWindows = () => {
  const terminal = new Terminal({ ...size, scrollback: 100, allowProposedApi: true, logLevel: 'off' })
  terminal.loadAddon(new Unicode11Addon())
  terminal.unicode.activeVersion = '11'
  return terminal
}
const written = (terminal: Terminal, data: string): Promise<void> =>
  new Promise(resolve => terminal.write(data, resolve))

/** The state after `data`, and that of an empty terminal given the snapshot of it. */
const bothStates = async (data: string) => {
  const original = terminalLikeTheWindows()
  await written(original, data)
  const restored = terminalLikeTheWindows()
  await written(restored, serialize(original))
  return { original, restored }
}

const text = 'first line\r\n\x1b[1;31mbold red\x1b[0m 漢字 wide\r\n'
test.each([
  ['plain', text],
  ['scrolled', text.repeat(30)],
  ['an empty screen', ''],
  ['a full line, cursor behind its last column', 'x'.repeat(size.cols)],
  ['a wrapped line', 'word '.repeat(30)],
  ['mouse tracking with SGR', `${text}\x1b[?1003h\x1b[?1006h`],
  ['mouse pixels', `${text}\x1b[?1002h\x1b[?1016h`],
  ['bracketed paste, focus and application cursor', `${text}\x1b[?2004h\x1b[?1004h\x1b[?1h\x1b=`],
  ['hidden cursor', `${text}\x1b[?25l`],
  ['cursor style', `${text}\x1b[5 q`],
  ['steady block', `${text}\x1b[2 q`],
  ['alternate screen', `${text}\x1b[?1049h\x1b[3;5Hfull \x1b[44mscreen\x1b[0m\x1b[5;2H`],
  ['alternate screen, with attributes on', `\x1b[1;32m${text}\x1b[7m\x1b[?1049h\x1b[3;5Hplain\x1b[42m`],
  [
    'alternate screen, entered on a coloured ground and erased',
    `${text}\x1b[44m\x1b[?1049h\x1b[m\x1b[3;1H\x1b[J`,
  ],
  ['a scroll region', `${text}\x1b[3;7r\x1b[5;5Hin`],
  ['a scroll region behind the alternate screen', `${text}\x1b[3;7r\x1b[5;5H\x1b[?1049hfull`],
  ['origin mode', `${text}\x1b[3;7r\x1b[?6h\x1b[2;4Hin`],
  ['a saved cursor', `${text}\x1b[4;9H\x1b7\x1b[1;1H`],
  ['a saved cursor, scrolled', `${text.repeat(20)}\x1b[4;9H\x1b7\x1b[1;1H`],
  [
    'a saved cursor with its colours and character set',
    `${text}\x1b[4;9H\x1b[1;31m\x1b(0\x1b7\x1b[m\x1b(B\x1b[1;1H`,
  ],
  ['a saved cursor at home', `${text}\x1b[H\x1b[7m\x1b7\x1b[m`],
  ['a restored character set', `${text}\x1b7\x1b(0qq\x1b8q`],
  [
    'alternate screen, entered in colours and line drawing',
    `${text}\x1b[32m\x1b(0\x1b[?1049h\x1b[m\x1b(B\x1b[3;5Hplain`,
  ],
  ['tab stops', `\x1b[3g\x1b[1;5H\x1bH\x1b[1;20H\x1bH${text}`],
  ['no tab stops', `\x1b[3g${text}`],
  ['line drawing', `${text}\x1b(0lqqk`],
  ['line drawing in G1', `${text}\x1b)0\x0elqqk`],
  ['insert mode without wrapping', `${text}\x1b[4h\x1b[?7l`],
  ['attributes of what comes next', `${text}\x1b[1;4;38;5;200;48;2;1;2;3m`],
  [
    'underlines of every shape and colour',
    '\x1b[4ma\x1b[4:2mb\x1b[4:3;58;5;9mc\x1b[4:4;58;2;1;2;3md\x1b[4:5me\x1b[24m\x1b[21;59mf',
  ],
  ['the colour of an underline that comes next', `${text}\x1b[58;5;120m`],
  ['blinking and overlined', '\x1b[5;53mblink\x1b[0m'],
  ['a palette colour below sixteen', '\x1b[38;5;3;48;5;12mnamed by 256\x1b[33mnot\x1b[m'],
  [
    'a link over two lines',
    `see \x1b]8;;https://example.invalid/a?b=c;d\x1b\\${'far '.repeat(12)}\x1b]8;;\x1b\\ end`,
  ],
  ['a link with an id, underlined, not ended', '\x1b]8;id=7;https://example.invalid\x07\x1b[4:3mover there'],
  ['a link at the end of a full line', `\x1b]8;;https://example.invalid\x07${'x'.repeat(size.cols)}`],
  ['a title', `\x1b]0;first\x07\x1b]2;✳ Fix the upload; quickly\x07${text}`],
  ['a saved cursor with attributes', `${text}\x1b[4;9H\x1b[1;35;4:3m\x1b7\x1b[m\x1b[1;1H`],
  ['background to the end of the line', '\x1b[44mblue\x1b[K\x1b[0m\r\nnot'],
])('%s comes back', async (_, data) => {
  const { original, restored } = await bothStates(data)
  expect(stateOf(restored)).toEqual(stateOf(original))
  // And it goes on in the same way: attributes, character sets and tab stops that show only then.
  const next = '\x1b8saved\tq\x1b[31mred\r\nqqq'
  await written(original, next)
  await written(restored, next)
  expect(stateOf(restored).normal).toEqual(stateOf(original).normal)
  expect(stateOf(restored).alternate).toEqual(stateOf(original).alternate)
})

const piece = fc.oneof(
  fc.constantFrom(
    '\r\n',
    '\x1b[2J',
    '\x1b[H',
    '\x1b[K',
    '\x1b[1K',
    '\x1b[J',
    '\x1b[3;8H',
    '\x1b[10;39H',
    '\x1b[5A',
    '\x1b[31m',
    '\x1b[0m',
    '\x1b[1m',
    '\x1b[7m',
    '\x1b[48;5;22m',
    '\x1b[4:3;58;5;9m',
    '\x1b[24m',
    '\x1b]8;;https://example.invalid\x07',
    '\x1b]8;;\x07',
    '\x1b]2;title\x07',
    '\x1b[?1049h',
    '\x1b[?1049l',
    '\x1b[?25l',
    '\x1b[?25h',
    '\x1b[?1003h\x1b[?1006h',
    '\x1b[?2004h',
    '\x1b[2;6r',
    '\x1b[r',
    '\x1b7',
    '\x1b8',
    '\x1b[L',
    '\x1b[M',
    '\x1b[3P',
    '\x1b[2@',
    '\x1bM',
    '\x1b[S',
    '\t',
    '漢字',
    'é',
    '\x1b[3 q',
    '\x1b(0',
    '\x1b(B',
    'x'.repeat(40),
    '漢'.repeat(25),
  ),
  fc.string({ minLength: 1, maxLength: 60 }),
)

/** That a line goes on in the next is kept only where it shows; see `serialize-cells.ts`. */
const withoutWraps = (terminal: Terminal) => {
  const state = stateOf(terminal)
  const plain = (lines: string[] | undefined) => lines?.map(line => line.replace('↩', ''))
  return { ...state, normal: plain(state.normal), alternate: plain(state.alternate) }
}

/** xterm.js ties an open link to the line it was opened in, and a restored cursor may bring one back: see ADR 6. */
const withoutLinks = (terminal: Terminal) => {
  const state = withoutWraps(terminal)
  const plain = (lines: string[] | undefined) =>
    lines?.map(line => line.replaceAll('<https://example.invalid>', '').replace(/( \|)+$/, ''))
  return { ...state, normal: plain(state.normal), alternate: plain(state.alternate) }
}

test('any program comes back', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(piece, { maxLength: 40 }),
      fc.array(piece, { maxLength: 10 }),
      async (pieces, more) => {
        const { original, restored } = await bothStates(pieces.join(''))
        expect(withoutWraps(restored)).toEqual(withoutWraps(original))
        // And it goes on in the same way.
        await written(original, more.join(''))
        await written(restored, more.join(''))
        expect(withoutLinks(restored)).toEqual(withoutLinks(original))
      },
    ),
    { numRuns: 300 },
  )
})

test('every query is answered by the mirror', async () => {
  const replies: string[] = []
  const mirror = createMirror({
    ...size,
    reply: data => replies.push(data),
    titled: () => undefined,
    colours: () => DARK_COLOURS,
  })
  const queries =
    '\x1b[3;4H\x1b[c\x1b[>c\x1b[5n\x1b[6n\x1b[?6n\x1b[?2026$p\x1bP$qm\x1b\\\x1b]10;?\x07\x1b]11;?\x1b\\\x1b]4;1;?\x07'
  await new Promise<void>(resolve => mirror.write(queries, resolve))
  expect(replies).toEqual([
    '\x1b[?1;2c',
    '\x1b[>0;276;0c',
    '\x1b[0n',
    '\x1b[3;4R',
    '\x1b[?3;4R',
    '\x1b[?2026;2$y',
    '\x1bP1$r0m\x1b\\',
    '\x1b]10;rgb:e9e9/ebeb/eeee\x1b\\',
    '\x1b]11;rgb:1010/1212/1515\x1b\\',
    '\x1b]4;1;rgb:efef/7d7d/6b6b\x1b\\',
  ])
  mirror.dispose()
})
