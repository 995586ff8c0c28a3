/**
 * The `codex app-server` of one seat: its private address, its process, and its end. It never outlives the app: on
 * POSIX a tiny shell holds a pipe from us and ends the server when the pipe closes, also after a SIGKILL of the app.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { err, ok, type Result } from '../../../shared/result'
import { connectRpc, type Endpoint, type Rpc } from './rpc'
import { warningsIn } from './warnings'

/** sun_path holds 104 bytes with its NUL on macOS, 108 on Linux. */
const SOCKET_BYTES = 103
/** Ready after about 0.15 s; a cold disk and a busy machine take longer. */
const READY_MS = 20_000
const RETRY_MS = 25
/** The guard itself sends SIGKILL after 2 s. */
const STOP_MS = 4_000
/** Enough of stderr to explain a failed start; it holds no message text. */
const STDERR_CHARS = 2_000

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

/** An address for the life of the seat, so that the TUI finds a restarted server by itself. */
export interface Address {
  readonly endpoint: Endpoint
  readonly listen: readonly string[]
  readonly remote: readonly string[]
  /** What the TUI's environment needs beside `remote`. */
  readonly env: Readonly<Record<string, string>>
  remove(): void
}

const socketAddress = (path: string, remove: () => void): Address => ({
  endpoint: { type: 'socket', path },
  listen: ['--listen', `unix://${path}`],
  remote: ['--remote', `unix://${path}`],
  env: {},
  remove,
})

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      server.close(() => resolve(port))
    })
  })

const portAddress = async (dir: string): Promise<Address> => {
  const token = randomBytes(32).toString('hex')
  const file = join(dir, 'codex.token')
  writeFileSync(file, token, { mode: 0o600 })
  const port = await freePort()
  const url = `ws://127.0.0.1:${port}`
  return {
    endpoint: { type: 'port', port, token },
    listen: ['--listen', url, '--ws-auth', 'capability-token', '--ws-token-file', file],
    remote: ['--remote', url, '--remote-auth-token-env', 'DUOLOGUE_CODEX_TOKEN'],
    env: { DUOLOGUE_CODEX_TOKEN: token },
    remove: () => rmSync(file, { force: true }),
  }
}

/** A socket in the seat's own folder, in a short folder of ours if that path is too long, or a port with a token. */
export const chooseAddress = async (
  dir: string,
  temp: string,
  transport: 'socket' | 'port',
): Promise<Address> => {
  if (transport === 'port') return portAddress(dir)
  const own = join(dir, 'codex.sock')
  if (Buffer.byteLength(own) <= SOCKET_BYTES) return socketAddress(own, () => rmSync(own, { force: true }))
  const folder = mkdtempSync(join(temp, 'duologue-'))
  chmodSync(folder, 0o700)
  return socketAddress(join(folder, 's'), () => rmSync(folder, { recursive: true, force: true }))
}

export interface AppServer {
  readonly rpc: Rpc
  /** Resolves when the process is gone, however it ended. */
  readonly gone: Promise<void>
  /** What Codex warned of so far, for the human. */
  warnings(): readonly string[]
  stop(): Promise<void>
}

export interface ServerSpec {
  readonly binary: string
  readonly address: Address
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  readonly platform: NodeJS.Platform
  readonly log: (line: string) => void
}

/** The program and arguments that run a command under the guard; its standard input must be a pipe of ours. */
export const guarded = (command: readonly string[]): { readonly file: string; readonly args: string[] } => ({
  file: '/bin/sh',
  args: ['-c', GUARD, 'duologue-codex', ...command],
})

const launch = ({ binary, address, cwd, env, platform }: ServerSpec): ChildProcess => {
  const command = [binary, 'app-server', ...address.listen]
  const stdio: ['pipe', 'ignore', 'pipe'] = ['pipe', 'ignore', 'pipe']
  if (platform === 'win32') {
    return spawn(binary, command.slice(1), { cwd, env: { ...env }, stdio, windowsHide: true })
  }
  const { file, args } = guarded(command)
  // A process group of its own, so that nothing of it can be left behind.
  return spawn(file, args, { cwd, env: { ...env }, stdio, detached: true })
}

export const after = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms).unref())

const killAll = (child: ChildProcess, platform: NodeJS.Platform): void => {
  if (child.pid === undefined) return
  try {
    if (platform === 'win32') child.kill('SIGKILL')
    else process.kill(-child.pid, 'SIGKILL')
  } catch {
    // ESRCH: the whole group has ended already, which is what we want.
  }
}

/** Starts the server and connects to it; on failure nothing is left running. */
export const startAppServer = async (spec: ServerSpec): Promise<Result<AppServer, string>> => {
  const { address, platform } = spec
  if (address.endpoint.type === 'socket') rmSync(address.endpoint.path, { force: true })
  const child = launch(spec)
  let stderr = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-STDERR_CHARS)
  })
  // EPIPE when the guard is gone first; its end is told by `gone`.
  child.stdin?.on('error', () => spec.log('codex: the guard of the app-server is gone'))
  let alive = true
  const gone = new Promise<void>(resolve => {
    const end = (how: string): void => {
      alive = false
      spec.log(`codex: app-server ended (${how})`)
      resolve()
    }
    child.once('error', error => end(error.message))
    child.once('exit', (code, signal) => end(signal ?? `code ${code}`))
  })
  const stop = async (): Promise<void> => {
    child.stdin?.destroy()
    if (platform === 'win32') child.kill()
    await Promise.race([gone, after(STOP_MS)])
    killAll(child, platform)
    await Promise.race([gone, after(STOP_MS)])
  }
  const until = Date.now() + READY_MS
  while (alive && Date.now() < until) {
    const rpc = await connectRpc(address.endpoint, spec.log)
    if (rpc.ok) return ok({ rpc: rpc.value, gone, warnings: () => warningsIn(stderr), stop })
    await after(RETRY_MS)
  }
  const ended = !alive
  await stop()
  return err(
    `${ended ? 'Codex ended at once' : 'Codex did not get ready'}: ${stderr.trim() || dirname(spec.binary)}`,
  )
}
