/**
 * The thread a terminal program runs in (see run.ts). Rule: the program must not notice; so its standard streams are
 * opened here by descriptor, since a worker's own pass through the main thread, which stands still.
 * What a worker cannot have: signals (the default action ends the process), `process.chdir`, `process.umask(mode)`.
 */
import { createReadStream, writeSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { type Readable, Writable } from 'node:stream'
import { isatty, ReadStream, WriteStream } from 'node:tty'
import { workerData } from 'node:worker_threads'
import type { ConsoleWorkerData } from './run'

/** A resize is learnt by looking, since SIGWINCH reaches no worker; short enough to feel immediate. */
const RESIZE_POLL_MS = 100

/** Pipes and files are written at once: the process ends the moment the program does. */
const writeAll = (fd: number, bytes: Buffer): void => {
  let at = 0
  while (at < bytes.length) {
    try {
      at += writeSync(fd, bytes, at)
    } catch (error) {
      // A full non-blocking pipe; its reader needs a moment.
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
    }
  }
}

const output = (fd: 1 | 2): Writable => {
  if (isatty(fd)) return watchSize(new WriteStream(fd))
  return new Writable({
    decodeStrings: true,
    write(chunk: Buffer, _encoding, done) {
      try {
        writeAll(fd, chunk)
        done()
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)))
      }
    },
  })
}

const watchSize = (stream: WriteStream): WriteStream => {
  // Node keeps the size it saw last; this is what it calls itself on SIGWINCH, and it emits `resize`.
  const refresh: unknown = Reflect.get(stream, '_refreshSize')
  if (typeof refresh === 'function') setInterval(() => refresh.call(stream), RESIZE_POLL_MS).unref()
  return stream
}

const { program, done }: ConsoleWorkerData = workerData
const cells = new Int32Array(done)
// Made at first use, as Node makes them: a program that reads no input must be able to end by itself.
const lazily = (name: 'stdin' | 'stdout' | 'stderr', make: () => Readable | Writable): void => {
  let stream: Readable | Writable | undefined
  Object.defineProperty(process, name, {
    configurable: true,
    get: () => {
      stream ??= make()
      return stream
    },
  })
}
lazily('stdin', () => (isatty(0) ? new ReadStream(0) : createReadStream('', { fd: 0, autoClose: false })))
lazily('stdout', () => output(1))
lazily('stderr', () => output(2))
process.on('exit', code => {
  Atomics.store(cells, 1, code)
  Atomics.store(cells, 0, 1)
  Atomics.notify(cells, 0)
})
process.on('uncaughtException', error => {
  writeAll(2, Buffer.from(`${error.stack ?? error}\n`))
  process.exit(1)
})
createRequire(__filename)(join(__dirname, `${program}.js`))
