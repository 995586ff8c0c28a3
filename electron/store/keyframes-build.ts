/**
 * Makes the keyframes of a recording that has none, or whose keyframes do not fit: it is played into a terminal from
 * its beginning. Memory is bounded, whatever the recording's length; it runs in a thread of its own
 * (`keyframes-worker.ts`), for tens of megabytes take some seconds.
 */
import { closeSync, openSync, writeSync } from 'node:fs'
import { type CastEvent, parseCastHeader, parseCastLine } from '../../shared/terminal/cast'
import { DARK_COLOURS } from '../../shared/terminal/colours'
import { KEYFRAME_SCROLLBACK, type KeyLine, keyframeDue, keyLine } from '../../shared/terminal/keyframe'
import { unfinished } from '../../shared/terminal/tail'
import { createMirror, type Mirror } from '../pty/mirror'
import { packScreen, tieAt, tieOf } from './keyframes'
import { lineBatches } from './lines'

/** What waits to be parsed at the most. */
const AHEAD_CHARS = 512 * 1024
const DEFAULT_SIZE = { cols: 80, rows: 24 }

/** Writes the whole file at `keys`. Throws the system's error. */
export const buildKeyframes = async (cast: string, keys: string): Promise<void> => {
  const [from, to] = [openSync(cast, 'r'), openSync(keys, 'w', 0o600)]
  const player = createPlayer(from, line => void writeSync(to, keyLine(line)))
  try {
    for await (const batch of lineBatches(cast)) {
      for (const { text, number, end, whole } of batch) {
        if (!whole) continue
        if (number === 1) player.header(text)
        else {
          const event = parseCastLine(text)
          if (event) await player.take(event, end)
        }
      }
    }
  } finally {
    player.dispose()
    closeSync(from)
    closeSync(to)
  }
}

const createPlayer = (recording: number, write: (line: KeyLine) => void) => {
  let mirror: Mirror | undefined
  let size = DEFAULT_SIZE
  let tail = ''
  let keyed = { seconds: 0, offset: 0 }
  let resized = false
  let ahead = 0
  let seconds = 0
  const opened = (): Mirror => {
    mirror ??= createMirror({
      ...size,
      reply: () => undefined,
      titled: () => undefined,
      colours: () => DARK_COLOURS,
    })
    return mirror
  }
  const parsed = async (): Promise<void> => {
    await new Promise<void>(resolve => opened().write('', resolve))
    ahead = 0
  }
  const play = (kind: CastEvent[1], text: string): void => {
    if (kind === 'o') {
      opened().write(text)
      tail = unfinished(tail, text)
      ahead += text.length
    }
    const to = kind === 'r' ? sizeOf(text) : undefined
    if (!to) return
    size = to
    opened().resize(size.cols, size.rows)
    resized = true
  }
  return {
    header: (text: string): void => {
      const header = parseCastHeader(text)
      if (header) size = { cols: header.width, rows: header.height }
      write({ keys: 1, tie: tieOf(Buffer.from(text, 'utf8')) })
    },
    take: async ([at, kind, text]: CastEvent, end: number): Promise<void> => {
      seconds = Math.max(seconds, at)
      if (kind === 'm') write({ mark: text, seconds, offset: end })
      play(kind, text)
      if (ahead > AHEAD_CHARS) await parsed()
      if (!resized && !keyframeDue(end - keyed.offset, seconds - keyed.seconds)) return
      await parsed()
      const screen = opened().serialize(KEYFRAME_SCROLLBACK) + tail
      write({ key: packScreen(screen), seconds, offset: end, ...size, tie: tieAt(recording, end) })
      keyed = { seconds, offset: end }
      resized = false
    },
    dispose: (): void => mirror?.dispose(),
  }
}

/** `COLSxROWS`; undefined when it is none. */
export const sizeOf = (text: string): { readonly cols: number; readonly rows: number } | undefined => {
  const [cols = 0, rows = 0] = text.split('x').map(Number)
  return cols > 0 && rows > 0 ? { cols, rows } : undefined
}
