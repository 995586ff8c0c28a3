/**
 * The last screen that a recording tells, with its colours: what a closed pair's pane shows, and what stands above a
 * resumed agent until it has painted again. Bounded: the tail of the recording is read, whatever its length.
 */
import { open, stat } from 'node:fs/promises'
import { parseCastHeader, parseCastLine } from '../../shared/terminal/cast'
import { DARK_COLOURS } from '../../shared/terminal/colours'
import { type PaintedLine, sgrOf } from '../../shared/terminal/painted'
import { createMirror, type Mirror } from '../pty/mirror'

/** A full repaint of a large screen is some 20 KB; an agent's session of hours repaints at every key. */
const TAIL_BYTES = 1_000_000
const HEAD_BYTES = 4_096
const LEAVES = '\x1b[?1049l'

export interface PastScreen {
  /** Never empty. */
  readonly lines: readonly PaintedLine[]
  /** ISO 8601; when the recording was last written. */
  readonly at: string
}

/** Null: there is no recording, or nothing was ever drawn. */
export const readPastScreen = async (path: string): Promise<PastScreen | null> => {
  const found = await stat(path).catch(() => null)
  if (!found?.isFile()) return null
  const { head, tail } = await ends(path, found.size)
  const header = parseCastHeader(head.split('\n')[0] ?? '')
  const lines = await drawn(
    tail,
    header ? { cols: header.width, rows: header.height } : { cols: 80, rows: 24 },
  )
  return lines.length === 0 ? null : { lines, at: found.mtime.toISOString() }
}

const ends = async (
  path: string,
  size: number,
): Promise<{ readonly head: string; readonly tail: string }> => {
  const file = await open(path)
  try {
    const read = async (from: number, length: number): Promise<string> => {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, from)
      return buffer.subarray(0, bytesRead).toString('utf8')
    }
    const from = Math.max(0, size - TAIL_BYTES)
    return { head: await read(0, Math.min(HEAD_BYTES, size)), tail: await read(from, size - from) }
  } finally {
    await file.close()
  }
}

/**
 * A line that was cut at the front is none. A program that leaves in good order takes its alternate screen with it:
 * then the screen before that is the last one.
 */
const drawn = async (
  tail: string,
  begin: { readonly cols: number; readonly rows: number },
): Promise<readonly PaintedLine[]> => {
  const mirror = createMirror({
    ...begin,
    reply: () => undefined,
    titled: () => undefined,
    colours: () => DARK_COLOURS,
  })
  let left: readonly PaintedLine[] = []
  const shown = (): readonly PaintedLine[] => {
    const now = mirror.painted()
    return now.length > 0 ? now : left
  }
  for (const line of tail.split('\n')) {
    const [, kind, text] = parseCastLine(line) ?? [0, 'm', '']
    if (kind === 'r') resize(mirror, text)
    if (kind !== 'o') continue
    const [first = '', ...more] = text.split(LEAVES)
    mirror.write(first)
    for (const part of more) {
      mirror.write('', () => {
        left = shown()
      })
      mirror.write(LEAVES + part)
    }
  }
  return new Promise(resolve =>
    mirror.write('', () => {
      const last = shown()
      mirror.dispose()
      resolve(last)
    }),
  )
}

const resize = (mirror: Mirror, text: string): void => {
  const [cols = 0, rows = 0] = text.split('x').map(Number)
  if (cols > 0 && rows > 0) mirror.resize(cols, rows)
}

const DIM = '2'

/** Text for an empty terminal: the screen dimmed, with a line that says what it is. It sets no mode, so it leaves nothing behind. */
export const asPast = ({ lines, at }: PastScreen): string => {
  const when = `── As it was at ${at.slice(0, 16).replace('T', ' ')} UTC; the agent is starting ──`
  return [...lines, [], [{ text: when }]]
    .map(runs => `${runs.map(run => `${sgrOf(run, DIM)}${run.text}`).join('')}\x1b[m\r\n`)
    .join('')
}
