/**
 * The host's own copy of a terminal: it parses what the window parses, answers what a program asks of a
 * terminal, and gives its whole state back as text. It answers with or without a window, so exactly one does.
 */
import { Unicode11Addon } from '@xterm/addon-unicode11'
import { Terminal } from '@xterm/headless'
import { colourReply } from '../../shared/terminal/colours'
import type { PaintedLine } from '../../shared/terminal/painted'
import type { TermColours } from '../../shared/terminal/wire'
import { paintedOf } from './painted'
import { serialize } from './serialize'

/** Lines above the screen; the window keeps as many. */
const SCROLLBACK_LINES = 5_000

export interface Mirror {
  /** `parsed` is called when all of `data` is on the screen, before anything written later is. */
  write(data: string, parsed?: () => void): void
  /** Takes effect after what was written before. */
  resize(cols: number, rows: number): void
  /**
   * Text that gives this terminal's state to an empty one of the same size, with so many lines above the screen at
   * the most; absent: all. Call it from a `parsed`.
   */
  serialize(scrollback?: number): string
  /** The screen as text, without trailing blanks. */
  screen(): string
  /** The screen with its colours and attributes. */
  painted(): readonly PaintedLine[]
  title(): string
  /** Mode 2004 is on. */
  bracketedPaste(): boolean
  dispose(): void
}

export interface MirrorDeps {
  readonly cols: number
  readonly rows: number
  /** Answers to the program's queries. */
  readonly reply: (data: string) => void
  readonly titled: (title: string) => void
  readonly colours: () => TermColours
}

export const createMirror = (deps: MirrorDeps): Mirror => {
  const terminal = new Terminal({
    cols: deps.cols,
    rows: deps.rows,
    scrollback: SCROLLBACK_LINES,
    allowProposedApi: true,
    logLevel: 'off',
  })
  terminal.loadAddon(new Unicode11Addon())
  terminal.unicode.activeVersion = '11'
  answerColours(terminal, deps)
  let title = ''
  terminal.onTitleChange(text => {
    title = text
    deps.titled(text)
  })
  terminal.onData(deps.reply)
  return {
    write: (data, parsed) => terminal.write(data, parsed),
    resize: (cols, rows) => terminal.write('', () => terminal.resize(cols, rows)),
    serialize: scrollback => serialize(terminal, scrollback),
    screen: () => screenOf(terminal),
    painted: () => paintedOf(terminal),
    title: () => title,
    bracketedPaste: () => terminal.modes.bracketedPasteMode,
    dispose: () => terminal.dispose(),
  }
}

/** A headless terminal has no colours, so it leaves these queries unanswered. */
const answerColours = (terminal: Terminal, deps: MirrorDeps): void => {
  for (const code of [4, 10, 11, 12])
    terminal.parser.registerOscHandler(code, query => {
      const reply = colourReply(code, query, deps.colours())
      if (reply) deps.reply(reply)
      return reply !== ''
    })
}

const screenOf = (terminal: Terminal): string => {
  const buffer = terminal.buffer.active
  const lines = Array.from({ length: terminal.rows }, (_, row) =>
    (buffer.getLine(buffer.baseY + row)?.translateToString(true) ?? '').trimEnd(),
  )
  return lines.join('\n').trimEnd()
}
