/**
 * A server program that belongs to a seat. It never outlives the app: on POSIX a tiny shell holds a pipe from us and
 * ends the server when the pipe closes, also after a SIGKILL of the app.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { endGroup } from '../process-group'
import { after } from './after'

/**
 * `$@` is the server. The reader ends when our side of the pipe closes; its clock is its own child, which it ends
 * itself. The server never sees the pipe, and the shell ends last, with the server's exit code.
 */
const GUARD = `exec 3<&0
"$@" 3<&- </dev/null & server=$!
(
  while read -r line <&3; do :; done
  sleep 2 & clock=$!
  trap 'kill "$clock"; wait; exit' TERM
  kill -TERM "$server"
  wait "$clock"
  kill -KILL "$server"
) >/dev/null 2>&1 & guard=$!
exec 3<&-
wait "$server"; code=$?
kill "$guard" 2>/dev/null
wait "$guard" 2>/dev/null
exit "$code"`

/** The program and arguments that run a command under the guard; its standard input must be a pipe of ours. */
export const guarded = (command: readonly string[]): { readonly file: string; readonly args: string[] } => ({
  file: '/bin/sh',
  args: ['-c', GUARD, 'duologue-guard', ...command],
})

interface GuardedOptions {
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  readonly platform: NodeJS.Platform
  /** For the log: `codex: app-server`. */
  readonly name: string
  readonly log: (line: string) => void
}

export interface GuardedServer {
  readonly alive: () => boolean
  /** Resolves when the process is gone, however it ended. */
  readonly gone: Promise<void>
  /** The end of what it wrote there; it explains a failed start. */
  readonly stderr: () => string
  /** SIGTERM, and SIGKILL after 2 s; resolves when the whole process group has ended; bounded. */
  stop(): Promise<void>
}

/** The guard itself sends SIGKILL after 2 s. */
const STOP_MS = 4_000
/** Enough of stderr to explain a failed start; it holds no message text. */
const STDERR_CHARS = 2_000

/** Destroying its standard input asks it to end. */
const spawnGuarded = (command: readonly string[], options: GuardedOptions): ChildProcess => {
  const { cwd, env, platform } = options
  const stdio: ['pipe', 'ignore', 'pipe'] = ['pipe', 'ignore', 'pipe']
  const [program = '', ...rest] = command
  if (platform === 'win32') return spawn(program, rest, { cwd, env: { ...env }, stdio, windowsHide: true })
  const { file, args } = guarded(command)
  // A process group of its own, so that nothing of it can be left behind.
  return spawn(file, args, { cwd, env: { ...env }, stdio, detached: true })
}

export const startGuarded = (command: readonly string[], options: GuardedOptions): GuardedServer => {
  const { platform, name, log } = options
  const child = spawnGuarded(command, options)
  let stderr = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-STDERR_CHARS)
  })
  // EPIPE when the guard is gone first; its end is told by `gone`.
  child.stdin?.on('error', () => log(`${name}: its guard is gone`))
  let alive = true
  // The server's own children that are left: at once, while the id is still the group's.
  let tidied = Promise.resolve()
  const gone = new Promise<void>(resolve => {
    const end = (how: string): void => {
      alive = false
      log(`${name} ended (${how})`)
      if (child.pid !== undefined && platform !== 'win32') tidied = endGroup(child.pid, platform)
      resolve()
    }
    child.once('error', error => end(error.message))
    child.once('exit', (code, signal) => end(signal ?? `code ${code}`))
  })
  const stop = async (): Promise<void> => {
    child.stdin?.destroy()
    if (platform === 'win32') child.kill()
    await Promise.race([gone, after(STOP_MS)])
    if (alive && child.pid !== undefined) await endGroup(child.pid, platform)
    await tidied
  }
  return { alive: () => alive, gone, stderr: () => stderr, stop }
}

/** A port of 127.0.0.1 that nobody listens on now. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      server.close(() => resolve(port))
    })
  })
