/**
 * Plays a recording through a terminal and takes its screens, in parts of bounded size: at each handoff exactly, and
 * between at most ten times a second. Memory does not grow with the recording, and time only in step with it.
 */
import { stat } from 'node:fs/promises'
import { Unicode11Addon } from '@xterm/addon-unicode11'
import { Terminal } from '@xterm/headless'
import { anchorsOf, type LabelledSecond, momentOf, secondsAt } from '../../shared/replay/anchors'
import { type CastEvent, parseCastHeader, parseCastLine } from '../../shared/terminal/cast'
import type { ScreenFrame, ScreenPart } from '../../shared/transcript/screens'
import { sizeOf } from '../store/keyframes-build'
import { lineBatches } from '../store/lines'
import { createScreenLines, type ScreenLines, type ScreenLinesDeps } from './screen-lines'

/** A tenth of a second is smooth for text. */
const FRAME_SECONDS = 0.1
/** Of a part, before it is packed: unpacked and searched through at once. */
const PART_CHARS = 400_000
/** What waits to be parsed at the most. */
const AHEAD_CHARS = 256 * 1024

export interface TakenPart {
  readonly part: ScreenPart
  readonly from: number
  /** Of its last screen. */
  readonly until: number
  /** Something was handed over while it ran. */
  readonly handoff: boolean
}

export type ScreensDeps = Omit<ScreenLinesDeps, 'terminal'> & {
  /** When each delivery was sent, in milliseconds since 1970, by its id. */
  readonly sent: ReadonlyMap<string, number>
  /** Of a part, before it is packed. */
  readonly partChars?: number
}

interface Beginning {
  readonly cols: number
  readonly rows: number
  readonly timestamp: number | undefined
  readonly marks: readonly LabelledSecond[]
}

/** Undefined: there is no recording. */
const beginningOf = async (path: string): Promise<Beginning | undefined> => {
  if (!(await stat(path).catch(() => null))?.isFile()) return undefined
  let begin: Omit<Beginning, 'marks'> | undefined
  const marks: LabelledSecond[] = []
  for await (const batch of lineBatches(path)) {
    for (const { text, number } of batch) {
      if (number === 1) {
        const header = parseCastHeader(text)
        begin = header && { cols: header.width, rows: header.height, timestamp: header.timestamp }
      } else if (text.includes('"m"')) {
        const event = parseCastLine(text)
        if (event?.[1] === 'm') marks.push({ label: event[2], seconds: event[0] })
      }
    }
  }
  return begin && { ...begin, marks }
}

/** The parts of a recording, in order. Throws the system's error when it cannot be read. */
export async function* screensOf(path: string, deps: ScreensDeps): AsyncGenerator<TakenPart> {
  const begin = await beginningOf(path)
  if (!begin) return
  const anchors = anchorsOf(begin.marks, begin.timestamp, deps.sent)
  const handoffs = [...deps.sent.values()].sort((a, b) => a - b).map(at => secondsAt(anchors, at))
  const camera = createCamera(begin, deps, seconds => momentOf(anchors, seconds))
  try {
    for await (const batch of lineBatches(path)) {
      for (const { text, number, whole } of batch) {
        const event = number > 1 && whole ? parseCastLine(text) : undefined
        if (!event) continue
        for (let next = handoffs[0]; next !== undefined && next < event[0]; next = handoffs[0]) {
          handoffs.shift()
          await camera.take()
          camera.handedOver()
        }
        if (camera.isDue(event[0])) await camera.take()
        await camera.play(event)
        const full = camera.full()
        if (full) yield full
      }
    }
    await camera.take()
    if (handoffs.length > 0) camera.handedOver()
    const last = camera.rest()
    if (last) yield last
  } finally {
    camera.dispose()
  }
}

/**
 * Of xterm.js, and not of its API: `write` parses in a later task, which would cost a millisecond for each of the hundred
 * thousand screens of an evening. Undefined: there is none, and that is paid.
 */
const syncWriter = (terminal: Terminal): ((text: string) => void) | undefined => {
  const core: unknown = Reflect.get(terminal, '_core')
  const write: unknown =
    typeof core === 'object' && core !== null ? Reflect.get(core, 'writeSync') : undefined
  return typeof write === 'function' ? text => void write.call(core, text) : undefined
}

const createCamera = (begin: Beginning, deps: ScreensDeps, momentAt: (seconds: number) => number) => {
  const terminal = new Terminal({
    ...{ cols: begin.cols, rows: begin.rows, scrollback: 0 },
    ...{ allowProposedApi: true, logLevel: 'off' as const },
  })
  terminal.loadAddon(new Unicode11Addon())
  terminal.unicode.activeVersion = '11'
  const lines: ScreenLines = createScreenLines({ ...deps, terminal })
  let frames: ScreenFrame[] = []
  let shown: readonly number[] = []
  let chars = 0
  /** Seconds since when something was drawn that is on no screen taken. */
  let since: number | null = null
  let seconds = 0
  let ahead = 0
  let handoff = false

  const writeSync = syncWriter(terminal)
  const parsed = async (): Promise<void> => {
    if (ahead > 0) await new Promise<void>(resolve => terminal.write('', resolve))
    ahead = 0
  }
  const rest = (): TakenPart | null => {
    const [first, last] = [frames[0], frames.at(-1)]
    if (!first || !last) return null
    const taken = { part: { lines: lines.flush(), frames }, from: first[0], until: last[0], handoff }
    frames = []
    shown = []
    chars = 0
    handoff = false
    // The next part begins with what is on the screen now.
    since ??= seconds
    return taken
  }
  return {
    isDue: (at: number): boolean => since !== null && at - since >= FRAME_SECONDS,
    take: async (): Promise<void> => {
      if (since === null) return
      await parsed()
      since = null
      const now = lines.read()
      const changes = now.flatMap((line, row) => (line === shown[row] ? [] : [row, line]))
      if (changes.length === 0 && frames.length > 0 && frames.at(-1)?.[2] === terminal.rows) return
      shown = now
      frames.push([momentAt(seconds), terminal.cols, terminal.rows, changes])
      chars += 30 + changes.length * 4
    },
    play: async ([at, kind, text]: CastEvent): Promise<void> => {
      seconds = Math.max(seconds, at)
      if (kind === 'm') return
      since ??= seconds
      if (kind === 'o') {
        if (writeSync) writeSync(text)
        else {
          terminal.write(text)
          ahead += text.length
          if (ahead > AHEAD_CHARS) await parsed()
        }
      }
      const size = kind === 'r' ? sizeOf(text) : undefined
      if (size) {
        await parsed()
        terminal.resize(size.cols, size.rows)
      }
    },
    handedOver: (): void => {
      handoff = true
    },
    full: (): TakenPart | null => (chars + lines.size() > (deps.partChars ?? PART_CHARS) ? rest() : null),
    rest,
    dispose: (): void => terminal.dispose(),
  }
}
