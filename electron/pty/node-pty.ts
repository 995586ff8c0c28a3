/**
 * The one file that starts real terminals. It keeps what node-pty alone does not promise: the exit is told
 * once and after the last data, even when the program ends while its output is paused.
 */
import { closeSync, constants, openSync } from 'node:fs'
import { constants as os } from 'node:os'
import type { ReadStream } from 'node:tty'
import { type IPty, spawn } from 'node-pty'
import type { Pty, PtyExit, SpawnPty } from './pty'

/** How long a terminal must be silent, after its program ended, before its output counts as complete. */
const SILENCE_MS = 200

/**
 * Starts a program in a terminal of its own; it leads its session and its process group. A missing program is
 * not an error here: the child writes the reason to the terminal and exits with a code, as in a shell.
 */
export const spawnNodePty: SpawnPty = spec => {
  const child = spawn(spec.file, [...spec.args], {
    name: spec.env.TERM ?? 'xterm-256color',
    cols: spec.cols,
    rows: spec.rows,
    cwd: spec.cwd,
    env: { ...spec.env },
    // A stream decoder: a character split over two chunks arrives whole.
    encoding: 'utf8',
  })
  const life: Life = { paused: false, exited: false, lastData: 0 }
  child.onData(() => {
    life.lastData = performance.now()
  })
  child.onExit(() => {
    life.exited = true
  })
  if (process.platform !== 'win32') keepOutputUntilRead(child, life)
  return { pid: child.pid, ...outputOf(child, life), ...inputOf(child, life) }
}

interface Life {
  paused: boolean
  exited: boolean
  /** Milliseconds on the monotonic clock. */
  lastData: number
}

const outputOf = (child: IPty, life: Life): Pick<Pty, 'onData' | 'onExit' | 'pause' | 'resume'> => ({
  onData: listener => disposer(child.onData(listener)),
  onExit: listener => disposer(child.onExit(exit => listener(exitOf(exit.exitCode, exit.signal)))),
  pause: () => {
    life.paused = true
    child.pause()
  },
  resume: () => {
    life.paused = false
    child.resume()
  },
})

/** After the exit the descriptor and the pid may belong to someone else, so nothing is done with them. */
const inputOf = (child: IPty, life: Life): Pick<Pty, 'write' | 'resize' | 'kill'> => ({
  write: data => {
    if (!life.exited) child.write(data)
  },
  resize: (cols, rows) => {
    if (!life.exited) unlessGone(() => child.resize(cols, rows))
  },
  kill: signal => {
    if (life.exited) return
    if (process.platform === 'win32') child.kill()
    else unlessGone(() => process.kill(-child.pid, signal))
  },
})

/**
 * The end of a program must not end the reading. On Linux libuv takes a hang-up for the end of the stream, with
 * what was not read yet lost when it is more than one read (4 KB); and node-pty destroys its reader 200 ms after
 * the child ended, paused or not. So the program's side is held open here, without hang-up, until the reader
 * flows and has been silent.
 */
const keepOutputUntilRead = (child: IPty, life: Life): void => {
  const { _socket: socket, _pty: path } = child as IPty & {
    readonly _socket: ReadStream
    readonly _pty: string
  }
  const programSide = openSync(path, constants.O_RDWR | constants.O_NOCTTY)
  const destroy = socket.destroy.bind(socket)
  socket.once('close', () => closeSync(programSide))
  const whenSilent = (): void => {
    const silent = performance.now() - life.lastData
    if (!life.paused && silent >= SILENCE_MS) destroy()
    else setTimeout(afterReading, life.paused ? SILENCE_MS : Math.max(1, SILENCE_MS - silent))
  }
  // A timer comes before the reads of the same turn of the event loop, `setImmediate` after them.
  const afterReading = (): void => {
    setImmediate(whenSilent)
  }
  let waiting = false
  socket.destroy = error => {
    if (error) return destroy(error)
    if (!waiting && !socket.destroyed) afterReading()
    waiting = true
    return socket
  }
  // A second listener keeps node-pty from throwing a read error into the process; it closes either way.
  socket.on('error', () => undefined)
}

const unlessGone = (act: () => void): void => {
  try {
    act()
  } catch (error) {
    if (!isGone(error)) throw error
  }
}

/** ESRCH from a signal, EBADF or ENOTTY from a resize: the program ended a moment ago and its exit follows. */
const isGone = (error: unknown): boolean =>
  error instanceof Error &&
  (('code' in error && error.code === 'ESRCH') || /ioctl\(2\) failed|EBADF|ENOTTY/.test(error.message))

const exitOf = (code: number, signal: number | undefined): PtyExit =>
  signal ? { code: null, signal: signalName(signal) } : { code, signal: null }

const signalName = (number: number): string =>
  Object.entries(os.signals).find(([, value]) => value === number)?.[0] ?? `signal ${number}`

const disposer = (disposable: { dispose(): void }): (() => void) => {
  return () => disposable.dispose()
}
