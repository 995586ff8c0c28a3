/**
 * Writes one seat's recording. It is only ever appended to, also after a restart; when it cannot be written it
 * stops and says so once, and the terminal goes on. Memory is bounded: what is kept back is written within
 * `FLUSH_MS`, or at once when it is much.
 */
import { closeSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs'
import { err, ok, type Result } from '../../shared/result'
import { castHeader, castLine, parseCastLine } from '../../shared/terminal/cast'

export interface Recorder {
  output(data: string): void
  resize(cols: number, rows: number): void
  /** A moment to jump to, such as a handoff. */
  marker(label: string): void
  /** Writes what is kept back. */
  flush(): void
  /** Flushes and closes; what comes after is dropped. */
  close(): void
}

export interface RecorderOptions {
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

export const openRecorder = (options: RecorderOptions): Result<Recorder, Error> => {
  try {
    const fd = openSync(options.path, 'a+', 0o600)
    return ok(recorderOn(fd, begin(fd, options), options))
  } catch (error) {
    return err(asError(error))
  }
}

/** Seconds at which this run begins: after all that is in the file. A torn last line is cut. */
const begin = (fd: number, options: RecorderOptions): number => {
  const size = fstatSync(fd).size
  const bytes = Buffer.alloc(Math.min(size, LAST_LINE_BYTES))
  readSync(fd, bytes, 0, bytes.length, size - bytes.length)
  const end = bytes.lastIndexOf(0x0a) + 1
  if (end < bytes.length) ftruncateSync(fd, size - (bytes.length - end))
  const { cols, rows, title, now } = options
  if (size - (bytes.length - end) === 0) {
    const header = {
      version: 2 as const,
      width: cols,
      height: rows,
      timestamp: Math.floor(now() / 1000),
      title,
    }
    writeAll(fd, castHeader(header))
    return 0
  }
  const last = bytes.subarray(0, end).toString('utf8').trimEnd().split('\n').at(-1) ?? ''
  const seconds = parseCastLine(last)?.[0] ?? 0
  writeAll(fd, castLine([seconds, 'r', `${cols}x${rows}`]))
  return seconds
}

const recorderOn = (fd: number, startsAt: number, options: RecorderOptions): Recorder => {
  const began = options.now()
  let kept = ''
  let timer: NodeJS.Timeout | undefined
  let open = true
  let last = startsAt
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
      writeAll(fd, kept)
      kept = ''
    } catch (error) {
      stop()
      options.failed(asError(error))
    }
  }
  const add = (kind: 'o' | 'r' | 'm', text: string): void => {
    if (!open) return
    // A clock that is set back must not take the recording back.
    last = Math.max(last, startsAt + (options.now() - began) / 1000)
    kept += castLine([last, kind, text])
    if (kept.length >= FLUSH_CHARS) flush()
    else timer ??= setTimeout(flush, FLUSH_MS)
  }
  return {
    output: data => add('o', data),
    resize: (cols, rows) => add('r', `${cols}x${rows}`),
    marker: label => add('m', label),
    flush,
    close: () => {
      flush()
      if (open) stop()
    },
  }
}

/** A write may take less than it was given, as before a full disk. */
const writeAll = (fd: number, text: string): void => {
  const bytes = Buffer.from(text, 'utf8')
  let done = 0
  while (done < bytes.length) done += writeSync(fd, bytes, done)
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)))
