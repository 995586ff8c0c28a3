/**
 * The screen. It keeps to the normal buffer: the transcript is printed upwards and scrolls away, only the block
 * at the bottom is redrawn. A timer runs only while a turn does.
 */
import type { Answer } from '../../shared/agent/event'
import type { RequestId } from '../../shared/ids'
import { type Block, layout } from './block'
import { EMPTY, edit, written } from './composer'
import { type Dialog, openDialog, press } from './dialog'
import { type Entry, entryLines, type Paint } from './entry'
import { createKeyReader, type Key } from './keys'
import type { Screen } from './screen'
import type { Terminal } from './terminal'
import { cells, plain, wrap } from './width'

export interface UiDeps {
  readonly terminal: Terminal
  readonly paint: Paint
  readonly folder: string
  /** For a terminal of so many columns. */
  readonly header: (cols: number) => readonly string[]
  readonly history: readonly Entry[]
  readonly now: () => number
  readonly onSubmit: (text: string) => void
  readonly onAnswer: (id: RequestId, answer: Answer) => void
  /** False when nothing was running. */
  readonly onInterrupt: () => boolean
  readonly onExit: () => void
}

/** Synchronized output (DEC 2026): the terminal shows a redraw at once or not at all. */
const SYNC = '\u001b[?2026h'
const SYNC_END = '\u001b[?2026l'
/** Milliseconds. */
const FRAME = 120
const ESCAPE_WAIT = 40
const RESIZE_WAIT = 60
/** Passages kept to redraw, and lines of one; more than any screen has rows. */
const MAX_PASSAGES = 1_000
const MAX_LINES = 1_000
/** Entries of a resumed session that are printed again. */
const MAX_HISTORY = 100

/** Lines for a terminal of so many columns: what is printed is wrapped at words, at the width of that moment. */
type Passage = (cols: number) => readonly string[]

export function createUi(deps: UiDeps): Screen {
  const { terminal, paint } = deps
  const keys = createKeyReader()
  const transcript: Passage[] = []
  const dialogs: Dialog[] = []
  let composer = EMPTY
  let doing: string | null = null
  let began = 0
  let frame = 0
  let waiting = 0
  let hint = ''
  let drawn: Block | null = null
  let ticker: NodeJS.Timeout | null = null
  let escapeTimer: NodeJS.Timeout | null = null
  let resizeTimer: NodeJS.Timeout | null = null

  const block = (): Block => {
    const seconds = Math.floor((deps.now() - began) / 1000)
    const dialog = dialogs[0] ?? null
    const state = { doing, seconds, frame, waiting, composer, dialog, hint, folder: deps.folder }
    return layout(state, terminal.size().cols, paint)
  }

  /**
   * Back to the block's first row, everything from there on gone. After a resize the terminal has wrapped the
   * block's lines again, so rows are counted by today's width; the transcript above is left to the terminal.
   */
  const lift = (): string => {
    if (drawn === null) return ''
    const { cols } = terminal.size()
    const above = drawn.lines.slice(0, drawn.cursor?.row ?? drawn.lines.length - 1)
    const row = above.reduce((sum, line) => sum + rowsOf(line, cols), 0)
    return `${row > 0 ? `\u001b[${row}A` : ''}\r\u001b[J`
  }

  const draw = (before: string, lines: readonly string[]) => {
    const next = block()
    const last = next.lines.length - 1
    const { cursor } = next
    const up = cursor === null ? 0 : last - cursor.row
    const place = cursor === null ? '' : `${up > 0 ? `\u001b[${up}A` : ''}\r\u001b[${cursor.col}C\u001b[?25h`
    const printed = lines.map(line => `${line}\r\n`).join('')
    terminal.write(`${SYNC}\u001b[?25l${before}${printed}${next.lines.join('\r\n')}${place}${SYNC_END}`)
    drawn = next
  }

  const print = (passage: Passage) => {
    transcript.push(passage)
    if (transcript.length > MAX_PASSAGES) transcript.shift()
    draw(lift(), passage(terminal.size().cols))
  }
  const refresh = () => draw(lift(), [])

  /** Ctrl-L: the rows on screen written anew, the scrollback left alone. */
  const redraw = () => {
    const { cols, rows } = terminal.size()
    const room = Math.max(0, rows - block().lines.length)
    const lines: string[] = []
    for (let at = transcript.length - 1; at >= 0 && lines.length < room; at -= 1)
      lines.unshift(...(transcript[at]?.(cols) ?? []))
    drawn = null
    draw('\u001b[H\u001b[2J', lines.slice(Math.max(0, lines.length - room)))
  }

  /** While it waits for the human nothing moves: a window would paint all the time that nobody is there. */
  const tick = () => {
    if (dialogs.length > 0) return
    frame += 1
    refresh()
  }

  const onKey = (key: Key) => {
    const dialog = dialogs[0]
    if (key.type === 'press' && key.name === 'ctrl-c') return onCtrlC()
    if (hint !== '') hint = ''
    if (dialog !== undefined) return onDialogKey(dialog, key)
    if (key.type === 'press' && key.name === 'enter') {
      const text = written(composer)
      composer = EMPTY
      refresh()
      if (text.trim() !== '') deps.onSubmit(text)
      return
    }
    if (key.type === 'press' && key.name === 'escape') return void deps.onInterrupt()
    if (key.type === 'press' && key.name === 'ctrl-l') return redraw()
    composer = edit(composer, key)
    refresh()
  }

  const onDialogKey = (dialog: Dialog, key: Key) => {
    const step = press(dialog, key)
    switch (step.type) {
      case 'open':
        dialogs[0] = step.dialog
        return refresh()
      case 'answered':
        return deps.onAnswer(dialog.request.id, step.answer)
      case 'escaped':
        // As in other agents: Esc refuses an approval, and leaves a question by ending the turn.
        if (dialog.request.type === 'question') return void deps.onInterrupt()
        return deps.onAnswer(dialog.request.id, { type: 'approval', choice: 'deny' })
    }
  }

  const onCtrlC = () => {
    if (hint !== '') return deps.onExit()
    if (!deps.onInterrupt()) composer = EMPTY
    hint = 'Press Ctrl-C again to exit'
    refresh()
  }

  terminal.onInput(text => {
    if (escapeTimer !== null) clearTimeout(escapeTimer)
    escapeTimer = null
    for (const key of keys.push(text)) onKey(key)
    if (!keys.pending()) return
    escapeTimer = setTimeout(() => {
      for (const key of keys.flush()) onKey(key)
    }, ESCAPE_WAIT)
  })
  terminal.onResize(() => {
    if (resizeTimer !== null) clearTimeout(resizeTimer)
    resizeTimer = setTimeout(refresh, RESIZE_WAIT)
  })
  print(deps.header)
  for (const entry of deps.history.slice(-MAX_HISTORY)) print(cols => entryLines(entry, paint, cols))

  return {
    show: entry => print(cols => entryLines(entry, paint, cols)),
    print(lines) {
      const kept = lines.slice(-MAX_LINES).map(plain)
      print(cols => kept.flatMap(line => wrap(line, Math.max(10, cols - 1))))
    },
    doing(what) {
      if (doing === null && what !== null) began = deps.now()
      doing = what
      if (what !== null) ticker ??= setInterval(tick, FRAME)
      else if (ticker !== null) {
        clearInterval(ticker)
        ticker = null
      }
      refresh()
    },
    open(request) {
      dialogs.push(openDialog(request))
      refresh()
    },
    close(id) {
      const at = dialogs.findIndex(dialog => dialog.request.id === id)
      if (at >= 0) dialogs.splice(at, 1)
      refresh()
    },
    waiting(count) {
      waiting = count
      refresh()
    },
  }
}

/** Rows that a line with colours takes. */
const rowsOf = (line: string, cols: number): number =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours take no cells
  Math.max(1, Math.ceil(cells(line.replace(/\u001b\[[0-9;]*m/g, '')) / cols))
