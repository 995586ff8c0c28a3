/**
 * A server program that belongs to a seat. It never outlives the app: on POSIX a tiny shell holds a pipe from us and
 * ends the server when the pipe closes, also after a SIGKILL of the app.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'

/**
 * `$@` is the server. The reader ends when our side of the pipe closes. The server never sees the pipe, and the
 * shell ends with the server, with its exit code.
 */
const GUARD = `exec 3<&0
"$@" 3<&- </dev/null & server=$!
( while read -r line <&3; do :; done; kill -TERM "$server"; sleep 2; kill -KILL "$server" ) >/dev/null 2>&1 & guard=$!
exec 3<&-
wait "$server"; code=$?
kill "$guard" 2>/dev/null
exit "$code"`

/** The program and arguments that run a command under the guard; its standard input must be a pipe of ours. */
export const guarded = (command: readonly string[]): { readonly file: string; readonly args: string[] } => ({
  file: '/bin/sh',
  args: ['-c', GUARD, 'duologue-guard', ...command],
})

export interface GuardedOptions {
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  readonly platform: NodeJS.Platform
  readonly stdout: 'ignore' | 'pipe'
}

/** Destroying its standard input asks it to end: SIGTERM, and SIGKILL after 2 s. */
export const spawnGuarded = (command: readonly string[], options: GuardedOptions): ChildProcess => {
  const { cwd, env, platform, stdout } = options
  const stdio: ['pipe', 'ignore' | 'pipe', 'pipe'] = ['pipe', stdout, 'pipe']
  const [program = '', ...rest] = command
  if (platform === 'win32') return spawn(program, rest, { cwd, env: { ...env }, stdio, windowsHide: true })
  const { file, args } = guarded(command)
  // A process group of its own, so that nothing of it can be left behind.
  return spawn(file, args, { cwd, env: { ...env }, stdio, detached: true })
}

/** Ends it at once, with all of its process group that is left. */
export const killGroup = (child: ChildProcess, platform: NodeJS.Platform): void => {
  if (child.pid === undefined) return
  try {
    if (platform === 'win32') child.kill('SIGKILL')
    else process.kill(-child.pid, 'SIGKILL')
  } catch {
    // ESRCH: the whole group has ended already, which is what we want.
  }
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
