/**
 * How often a terminal is painted. xterm.js paints in every frame in which something changed, also what nobody can read:
 * in a flood the painting takes most of the machine, and keys in the other pane wait for it. So a terminal that was given
 * much between two paintings waits a moment for the next; one that was given little is painted at once.
 */
import type { Terminal } from '@xterm/xterm'

/** Characters between two paintings that nobody can have read: some screens full. A program's repaint of its whole screen is less. */
const FLOOD_CHARS = 32_000
/**
 * In a flood, the time between two paintings for the time that one takes: as long without a graphics card as fifty with
 * one. So often for each terminal that floods: all their paintings together take a fifth of the window's time.
 */
const GAP_RATIO = 4
const MIN_GAP_MS = 33
const MAX_GAP_MS = 300
/** What goes on after it is no flood yet. */
const PAUSE_MS = 500
/** The other terminals' floods wait so long after a painting while somebody types, and so long after a key. */
const TYPING_GAP_MS = 1_000
const TYPING_MS = 1_000
/** A terminal floods while its last painting in a flood is not older; more than the longest gap. */
const FLOODS_MS = 1_500

export interface PaintPace {
  /** Characters that were parsed. */
  parsed(chars: number): void
  stop(): void
}

interface Rows {
  readonly start: number
  readonly end: number
  /** What the terminal holds has not changed, only how it is drawn. */
  readonly drawnOnly: boolean
}

/**
 * xterm.js 6.0 has no option for it, and this is the one place in the window that reaches below its API: whatever is to be
 * painted is asked for by `RenderService.refreshRows`, also when the lines of a full scrollback move on.
 */
interface Opened {
  readonly _core: {
    readonly _renderService: { refreshRows(start: number, end: number, drawnOnly?: boolean): void }
  }
}

/** The terminals of a window share its frames, so they share this: where the last key was pressed, and when. */
let typed: { readonly terminal: Terminal; readonly at: number } | undefined
/** When each terminal was last painted in a flood. */
const floods = new Map<Terminal, number>()

/** How many terminals of the window flood. */
const flooding = (): number => {
  const now = performance.now()
  return [...floods.values()].filter(at => now - at < FLOODS_MS).length
}

/** For a terminal that has been opened. */
export const paceOf = (terminal: Terminal): PaintPace => {
  const service = (terminal as unknown as Opened)._core._renderService
  const paint = service.refreshRows.bind(service)
  let since = 0
  let parsedAt = 0
  let paintedAt = 0
  let gap = 0
  let kept: Rows | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  const painted = terminal.onRender(() => {
    const flooded = since >= FLOOD_CHARS
    const began = performance.now()
    paintedAt = began
    since = 0
    if (!flooded) {
      gap = 0
      floods.delete(terminal)
      return
    }
    floods.set(terminal, began)
    // Most of it comes after this, when the frame is given to the graphics process and read back.
    setTimeout(() => {
      paintedAt = performance.now()
      gap = Math.min(MAX_GAP_MS, Math.max(MIN_GAP_MS, GAP_RATIO * flooding() * (paintedAt - began)))
    })
  })
  const keyed = terminal.onKey(() => {
    typed = { terminal, at: performance.now() }
  })
  const typedBeside = (): boolean =>
    typed !== undefined && typed.terminal !== terminal && performance.now() - typed.at < TYPING_MS
  const left = (): number => paintedAt + (gap > 0 && typedBeside() ? TYPING_GAP_MS : gap) - performance.now()
  const paintKept = (): void => {
    clearTimeout(timer)
    timer = undefined
    if (kept) paint(kept.start, kept.end, kept.drawnOnly)
    kept = undefined
  }
  const paintWhenDue = (): void => {
    const wait = left()
    if (wait <= 0) paintKept()
    else timer = setTimeout(paintWhenDue, wait)
  }
  service.refreshRows = (start, end, drawnOnly = false) => {
    kept = together(kept, { start, end, drawnOnly })
    if (timer === undefined || left() <= 0) paintWhenDue()
  }
  // The canvas was emptied.
  const resized = terminal.onResize(() => {
    gap = 0
    paintKept()
  })
  return {
    parsed: chars => {
      const now = performance.now()
      // A pane that nobody sees is not painted, however little it is given.
      if (now - parsedAt > PAUSE_MS) since = 0
      parsedAt = now
      since += chars
    },
    stop: () => {
      clearTimeout(timer)
      painted.dispose()
      keyed.dispose()
      floods.delete(terminal)
      if (typed?.terminal === terminal) typed = undefined
      resized.dispose()
    },
  }
}

const together = (kept: Rows | undefined, rows: Rows): Rows =>
  kept
    ? {
        start: Math.min(kept.start, rows.start),
        end: Math.max(kept.end, rows.end),
        drawnOnly: kept.drawnOnly && rows.drawnOnly,
      }
    : rows
