/**
 * The one file that starts real terminals. It keeps what node-pty alone does not promise: the exit is told
 * once and after the last data, even when the program ends while its output is paused.
 */
import { constants } from 'node:os'
import type { ReadStream } from 'node:tty'
import { type IPty, spawn } from 'node-pty'
import type { Pty, PtyExit, SpawnPty } from './pty'

/**
 * How long a terminal must be silent, after its program ended, before its output counts as complete. Linux and
 * macOS close the terminal themselves when its last user is gone; this is for a background child that keeps it.
 */
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
 * node-pty destroys its reader 200 ms after the child ended, and with it all that a paused reader has not read.
 * The destruction is put off until the reader flows and has been silent.
 */
const keepOutputUntilRead = (child: IPty, life: Life): void => {
  const socket = (child as IPty & { readonly _socket: ReadStream })._socket
  const destroy = socket.destroy.bind(socket)
  let waiting = false
  const whenSilent = (): void => {
    const silent = performance.now() - life.lastData
    if (!life.paused && silent >= SILENCE_MS) destroy()
    else setTimeout(whenSilent, life.paused ? SILENCE_MS : Math.max(1, SILENCE_MS - silent))
  }
  socket.destroy = error => {
    // With an error the terminal is closed at the other end: there is nothing left to read.
    if (error) return destroy(error)
    if (!waiting && !socket.destroyed) whenSilent()
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
  Object.entries(constants.signals).find(([, value]) => value === number)?.[0] ?? `signal ${number}`

const disposer = (disposable: { dispose(): void }): (() => void) => {
  return () => disposable.dispose()
}
