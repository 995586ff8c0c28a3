/**
 * A terminal that shows a recording. It has the size that was recorded and is drawn smaller where that does not fit;
 * keys and pastes go nowhere, and whoever makes it is told of them.
 */
import { FitAddon } from '@xterm/addon-fit'
import type { Terminal } from '@xterm/xterm'
import { atOnce, type ReplayFrame, type ReplayStep } from '../../shared/replay/frames'
import { EMPTIED } from '../../shared/terminal/keyframe'
import {
  disposeTerminal,
  FONT_SIZE_PX,
  fontLoaded,
  type MakeOptions,
  makeTerminal,
  paintIn,
  type ShownScreen,
  shownOf,
} from './make-terminal'
import { coloursAt, themeOf, watchTheme } from './theme'

export interface ReplayTerminalOptions extends MakeOptions {
  readonly isAppKey: (event: KeyboardEvent) => boolean
  readonly onCopy: (text: string) => void
  /** A key or a paste that a program would have got. */
  readonly onTyped: () => void
}

export interface ReplayTerminal {
  /** For tests. */
  readonly shown: ShownScreen
  /** Resolves when it is on the screen. */
  show(frame: ReplayFrame | null): Promise<void>
  play(steps: readonly ReplayStep[]): Promise<void>
  focus(): void
  dispose(): void
}

const LEAST_FONT_PX = 5

export const openReplayTerminal = async (
  options: ReplayTerminalOptions,
  stopped: AbortSignal,
): Promise<ReplayTerminal | undefined> => {
  await fontLoaded()
  if (stopped.aborted) return undefined
  const { element } = options
  const terminal = makeTerminal(options)
  const fit = new FitAddon()
  terminal.loadAddon(fit)
  paintIn(terminal, options)
  refuseInput(terminal, options)
  const scale = (): void => {
    terminal.options.fontSize = FONT_SIZE_PX
    const room = fit.proposeDimensions()
    if (!room) return
    const ratio = Math.min(1, room.cols / terminal.cols, room.rows / terminal.rows)
    if (ratio < 1)
      terminal.options.fontSize = Math.max(LEAST_FONT_PX, Math.floor(FONT_SIZE_PX * ratio * 4) / 4)
  }
  const resize = (cols: number, rows: number): void => {
    if (cols === terminal.cols && rows === terminal.rows) return
    terminal.resize(cols, rows)
    scale()
  }
  const written = (data: string): Promise<void> => new Promise(resolve => terminal.write(data, resolve))
  const play = async (steps: readonly ReplayStep[]): Promise<void> => {
    for (const step of joined(steps)) {
      if (step.type === 'output') await written(step.data)
      else resize(step.cols, step.rows)
    }
  }
  // One after another: a frame must not come between the steps of what was played before it.
  let last: Promise<void> = Promise.resolve()
  const then = (work: () => Promise<void>): Promise<void> => {
    last = last.then(work)
    return last
  }
  const observer = new ResizeObserver(scale)
  observer.observe(element)
  const unwatch = watchTheme(() => {
    terminal.options.theme = themeOf(coloursAt(element))
  })
  return {
    show: frame =>
      then(async () => {
        if (!frame) return written(EMPTIED)
        resize(frame.cols, frame.rows)
        const [first, ...rest] = joined(frame.steps)
        const output = first?.type === 'output' ? first.data : ''
        await written(EMPTIED + atOnce(frame.screen + output))
        await play(first?.type === 'resize' ? frame.steps : rest)
      }),
    play: steps => then(() => play(steps)),
    focus: () => terminal.focus(),
    shown: shownOf(terminal),
    dispose: () => {
      observer.disconnect()
      unwatch()
      disposeTerminal(terminal)
    },
  }
}

/** Output that follows output is written at once. */
const joined = (steps: readonly ReplayStep[]): readonly ReplayStep[] => {
  const all: ReplayStep[] = []
  for (const step of steps) {
    const last = all.at(-1)
    if (step.type === 'output' && last?.type === 'output')
      all[all.length - 1] = { type: 'output', data: last.data + step.data }
    else all.push(step)
  }
  return all
}

const refuseInput = (terminal: Terminal, { element, ...options }: ReplayTerminalOptions): void => {
  const mac = navigator.platform.startsWith('Mac')
  terminal.attachCustomKeyEventHandler(event => {
    if (options.isAppKey(event) || event.key === 'Tab') return false
    const clipboard = mac ? event.metaKey : event.ctrlKey && event.shiftKey
    if (clipboard && event.key.toLowerCase() === 'c') {
      if (event.type === 'keydown' && terminal.hasSelection()) options.onCopy(terminal.getSelection())
      event.preventDefault()
      return false
    }
    const modifier = ['Shift', 'Control', 'Alt', 'Meta'].includes(event.key)
    if (event.type === 'keydown' && !modifier && !clipboard) options.onTyped()
    return false
  })
  const paste = (event: ClipboardEvent): void => {
    event.preventDefault()
    event.stopImmediatePropagation()
    options.onTyped()
  }
  element.addEventListener('paste', paste, true)
}
