/**
 * Where a proof's output goes: a file, the live view and the tail, each bounded, so that no command can fill the
 * disk, the memory or the way to the window. All three get the same plain lines.
 */
import { createWriteStream, mkdirSync, rmSync, type WriteStream } from 'node:fs'
import { dirname } from 'node:path'
import { StringDecoder } from 'node:string_decoder'
import { TAIL_CHARS } from '../../shared/review/proof'
import { plainRest, takeLines } from '../../shared/terminal/lines'

/** More than any test report that a person reads, little on a disk; counted in UTF-16 code units. */
const FILE_CHARS = 5_000_000
/** Per flush; at ten flushes a second a window can follow. */
const LIVE_CHARS = 16_000

export interface ProofOutput {
  /** One of the command's streams; each has its own unfinished characters. */
  readonly stream: () => (data: Buffer) => void
  /** Gives the live view what has come since the last time, in one call or none. */
  readonly flush: () => void
  /** The last line, and the file closed. Resolves with the tail. */
  readonly end: () => Promise<string>
  readonly bytes: () => number
}

/** A cut never leaves half a character. */
const lastChars = (text: string, count: number): string =>
  text.length <= count ? text : text.slice(-count).replace(/^[\udc00-\udfff]/, '')

interface OutputFile {
  readonly write: (text: string) => void
  readonly end: () => Promise<void>
}

const openFile = (path: string, failed: (message: string) => void): OutputFile => {
  let left = FILE_CHARS
  let stream: WriteStream | undefined
  const give = (error: unknown): void => {
    if (left >= 0) failed(`[The output is not kept: ${error instanceof Error ? error.message : error}]\n`)
    left = -1
  }
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    // Made anew, so that its permissions are ours.
    rmSync(path, { force: true })
    stream = createWriteStream(path, { flags: 'wx', mode: 0o600 })
    stream.on('error', give)
  } catch (error) {
    give(error)
  }
  return {
    write: text => {
      if (left <= 0) return
      stream?.write(text.slice(0, left))
      left -= text.length
      if (left < 0) stream?.write(`\n[Cut here: only the first ${FILE_CHARS / 1e6} MB are kept.]\n`)
    },
    end: () =>
      new Promise(done => {
        if (stream === undefined || stream.destroyed) return done()
        stream.once('close', done)
        stream.end()
      }),
  }
}

/** What was already shown of the open line is not shown again; a line that was rewritten begins a new one. */
const createLive = (onOutput: (text: string) => void) => {
  let pending = ''
  let shown = ''
  const addLine = (text: string): void => {
    const whole = text.startsWith(shown) ? text.slice(shown.length) : `\n${text}`
    pending += whole
  }
  return {
    add: (complete: string): void => {
      if (complete === '') return
      addLine(complete)
      shown = ''
      // Twice what is shown, so that the slicing is rare.
      if (pending.length > 4 * LIVE_CHARS) pending = lastChars(pending, 2 * LIVE_CHARS)
    },
    flush: (open: string): void => {
      if (open !== shown) addLine(open)
      shown = open
      const text = pending
      pending = ''
      if (text === '') return
      const kept = lastChars(text, LIVE_CHARS)
      onOutput(kept === text ? text : `\n[… output left out …]\n${kept}`)
    },
  }
}

export const createProofOutput = (path: string, onOutput: (text: string) => void): ProofOutput => {
  const live = createLive(onOutput)
  const file = openFile(path, message => live.add(message))
  let rest = ''
  let tail = ''
  let bytes = 0
  const put = (complete: string): void => {
    file.write(complete)
    tail += complete
    // Seldom, because every cut copies.
    if (tail.length > 4 * TAIL_CHARS) tail = lastChars(tail, TAIL_CHARS)
    live.add(complete)
  }
  return {
    stream: () => {
      const decoder = new StringDecoder('utf8')
      return data => {
        bytes += data.length
        const lines = takeLines(rest, decoder.write(data))
        rest = lines.rest
        if (lines.complete !== '') put(lines.complete)
      }
    },
    flush: () => live.flush(plainRest(rest)),
    end: async () => {
      const last = plainRest(rest)
      rest = ''
      if (last !== '') put(last)
      live.flush('')
      await file.end()
      live.flush('')
      return lastChars(tail, TAIL_CHARS)
    },
    bytes: () => bytes,
  }
}
