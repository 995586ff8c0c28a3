/** The bottom block: status, composer or dialog, footer. Pure: every line fits in one row of the terminal. */
import type { Composer } from './composer'
import type { Dialog } from './dialog'
import type { Paint } from './entry'
import { cells, clip, plain } from './width'

export interface BlockState {
  readonly doing: string | null
  /** Whole seconds since the turn began. */
  readonly seconds: number
  readonly frame: number
  readonly waiting: number
  readonly composer: Composer
  readonly dialog: Dialog | null
  readonly hint: string
  readonly folder: string
}

export interface Block {
  readonly lines: readonly string[]
  /** Where the cursor stands, or null to hide it. */
  readonly cursor: { readonly row: number; readonly col: number } | null
}

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']

export function layout(state: BlockState, cols: number, paint: Paint): Block {
  // One column is left free: a full last column leaves some terminals with a pending wrap.
  const width = Math.max(10, cols - 1)
  const status = statusLines(state, width, paint)
  const rule = paint('dim', '─'.repeat(width))
  const footer = paint('dim', clip(`  ${state.hint || `${state.folder} · help lists what I can do`}`, width))
  if (state.dialog !== null) {
    return {
      lines: ['', ...status, rule, ...dialogLines(state.dialog, width, paint), rule, footer],
      cursor: null,
    }
  }
  const { text, col } = composerLine(state.composer, width)
  const shown = text === '' ? paint('dim', clip('Type a prompt, or help', width - 2)) : text
  return {
    lines: ['', ...status, rule, `${paint('accent', '❯')} ${shown}`, rule, footer],
    cursor: { row: status.length + 2, col: col + 2 },
  }
}

function statusLines(state: BlockState, width: number, paint: Paint): readonly string[] {
  if (state.doing === null) return []
  const frame = FRAMES[state.frame % FRAMES.length] ?? ''
  const queued = state.waiting > 0 ? ` · ${state.waiting} waiting` : ''
  const side = state.dialog === null ? 'esc to interrupt' : 'waiting for your answer'
  const tail = ` · ${state.seconds}s · ${side}${queued}`
  const text = clip(plain(state.doing), Math.max(1, width - 2 - cells(tail)))
  return [
    `${paint('accent', frame)} ${text}${paint('dim', clip(tail, Math.max(0, width - 2 - cells(text))))}`,
    '',
  ]
}

/** The part of the line around the cursor that fits, and the cursor's cell in it. */
function composerLine(composer: Composer, width: number): { text: string; col: number } {
  const room = width - 3
  let from = 0
  while (from < composer.at && cells(composer.text.slice(from, composer.at).join('')) > room) from += 1
  let to = composer.at
  while (to < composer.text.length && cells(composer.text.slice(from, to + 1).join('')) <= room) to += 1
  return {
    text: composer.text.slice(from, to).join(''),
    col: cells(composer.text.slice(from, composer.at).join('')),
  }
}

function dialogLines(dialog: Dialog, width: number, paint: Paint): readonly string[] {
  const line = (text: string) => clip(plain(text).replace(/\n/g, ' '), width - 2)
  return [
    `  ${paint('bold', line(dialog.title))}`,
    ...dialog.lines.map(text => `  ${line(text)}`),
    '',
    ...dialog.choices.map(({ label }, at) => {
      const marked = at === dialog.at
      const text = clip(`${marked ? '❯' : ' '} ${at + 1}. ${plain(label)}`, width - 2)
      return `  ${marked ? paint('accent', text) : text}`
    }),
    paint(
      'dim',
      clip(
        `  ↑↓ and Enter · 1–${dialog.choices.length}${dialog.request.type === 'approval' ? ' · y/n' : ''} · Esc`,
        width,
      ),
    ),
  ]
}
