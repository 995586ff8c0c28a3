/**
 * Writes one seat's recording. It is only ever appended to, also after a restart; when it cannot be written it
 * stops and says so once, and the terminal goes on. Memory is bounded: what is kept back is written within
 * `FLUSH_MS`, or at once when it is much.
 */
import { closeSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs'
import { err, ok, type Result } from '../../shared/result'
import { castHeader, castLine, parseCastLine } from '../../shared/terminal/cast'
import { EMPTIED, keyframeDue, runLabel } from '../../shared/terminal/keyframe'
import type { KeepState, OutputRecorder } from '../pty/session'
import { createKeysWriter, keysPath, packScreen, tieAt, tieOf } from './keyframes'

export interface Recorder extends OutputRecorder {
  /** A moment to jump to, such as a handoff. */
  marker(label: string): void
  /** Writes what is kept back. */
  flush(): void
  /** Flushes and closes; what comes after is dropped. */
  close(): void
}

export interface RecorderOptions {
  /** Ends in `.cast`; the keyframes stand beside it. */
  readonly path: string
  readonly cols: number
  readonly rows: number
  readonly title: string
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** Writing failed (no space, no permission): the recording ends here. Called once at most. */
  readonly failed: (error: Error) => void
}

const FLUSH_MS = 100
const FLUSH_CHARS = 64 * 1024
/** Only to find the last line; one line holds at most one chunk of output, escaped. */
const LAST_LINE_BYTES = 1024 * 1024
/** A run begins after all of the one before, so that the last moment of that one can still be told from it. */
const BETWEEN_RUNS_SECONDS = 0.001

export const openRecorder = (options: RecorderOptions): Result<Recorder, Error> => {
  try {
    const fd = openSync(options.path, 'a+', 0o600)
    return ok(recorderOn(fd, begin(fd, options), options))
  } catch (error) {
    return err(asError(error))
  }
}

interface Begin {
  /** Milliseconds since the epoch. */
  readonly at: number
  /** At which this run begins: after all that is in the file. */
  readonly seconds: number
  readonly bytes: number
  readonly first: boolean
}

/** A torn last line is cut. */
const begin = (fd: number, { cols, rows, title, now }: RecorderOptions): Begin => {
  const at = now()
  const size = fstatSync(fd).size
  const bytes = Buffer.alloc(Math.min(size, LAST_LINE_BYTES))
  readSync(fd, bytes, 0, bytes.length, size - bytes.length)
  const end = bytes.lastIndexOf(0x0a) + 1
  const whole = size - (bytes.length - end)
  if (whole < size) ftruncateSync(fd, whole)
  if (whole === 0) {
    const timestamp = Math.floor(at / 1000)
    const header = castHeader({ version: 2, width: cols, height: rows, timestamp, title })
    return { at, seconds: 0, bytes: writeAll(fd, header), first: true }
  }
  const last = bytes.subarray(0, end).toString('utf8').trimEnd().split('\n').at(-1) ?? ''
  const seconds = (parseCastLine(last)?.[0] ?? 0) + BETWEEN_RUNS_SECONDS
  // A new run begins with an empty terminal, whatever the one before left on.
  const lines = castLine([seconds, 'r', `${cols}x${rows}`]) + castLine([seconds, 'o', EMPTIED])
  return { at, seconds, bytes: whole + writeAll(fd, lines), first: false }
}

const recorderOn = (fd: number, run: Begin, options: RecorderOptions): Recorder => {
  const keys = createKeysWriter(keysPath(options.path))
  let kept = ''
  let timer: NodeJS.Timeout | undefined
  let open = true
  let last = run.seconds
  let bytes = run.bytes
  /** Where the last keyframe stands; a change of size makes one due at once, because a terminal reflows its lines. */
  let keyed = { seconds: run.seconds, offset: run.bytes }
  let resized = false
  const stop = (): void => {
    open = false
    kept = ''
    clearTimeout(timer)
    closeSync(fd)
  }
  const flush = (): void => {
    clearTimeout(timer)
    timer = undefined
    if (!open || kept === '') return
    try {
      bytes += writeAll(fd, kept)
      kept = ''
    } catch (error) {
      stop()
      options.failed(asError(error))
    }
  }
  const add = (kind: 'o' | 'r' | 'm', text: string): void => {
    if (!open) return
    // A clock that is set back must not take the recording back.
    last = Math.max(last, run.seconds + (options.now() - run.at) / 1000)
    kept += castLine([last, kind, text])
    if (kept.length >= FLUSH_CHARS) flush()
    else timer ??= setTimeout(flush, FLUSH_MS)
  }
  /** Markers stand beside the recording too, so that it need not be read through for them. */
  const marker = (label: string): void => {
    add('m', label)
    flush()
    if (open) keys.write({ mark: label, seconds: last, offset: bytes })
  }
  const keyframe = (): KeepState | undefined => {
    if (!resized && !keyframeDue(bytes + kept.length - keyed.offset, last - keyed.seconds)) return undefined
    flush()
    if (!open) return undefined
    const place = { seconds: last, offset: bytes }
    keyed = place
    resized = false
    return ({ cols, rows, screen }) => {
      if (open) keys.write({ key: packScreen(screen), ...place, cols, rows, tie: tieAt(fd, place.offset) })
    }
  }
  if (run.first) keys.write({ keys: 1, tie: tieOf(firstLine(fd)) })
  marker(runLabel(new Date(run.at).toISOString()))
  return {
    output: data => add('o', data),
    resize: (cols, rows) => {
      add('r', `${cols}x${rows}`)
      resized = true
    },
    keyframe,
    marker,
    flush,
    close: () => {
      flush()
      if (open) stop()
    },
  }
}

/** Without its newline. The title is ours, so it is short. */
export const firstLine = (fd: number): Uint8Array => {
  const head = Buffer.alloc(FIRST_LINE_BYTES)
  const found = head.subarray(0, readSync(fd, head, 0, head.length, 0))
  const end = found.indexOf(0x0a)
  return end < 0 ? found : found.subarray(0, end)
}
const FIRST_LINE_BYTES = 4_096

/** A write may take less than it was given, as before a full disk. Gives the bytes written: all of them. */
const writeAll = (fd: number, text: string): number => {
  const bytes = Buffer.from(text, 'utf8')
  let done = 0
  while (done < bytes.length) done += writeSync(fd, bytes, done)
  return done
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)))
