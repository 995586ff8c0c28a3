/**
 * The `codex app-server` of one seat: its private address, its process, and its end, which is at the latest the app's.
 */
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { err, ok, type Result } from '../../../shared/result'
import { after } from '../after'
import { freePort, startGuarded } from '../guarded'
import { connectRpc, type Endpoint, type Rpc } from './rpc'
import { warningsIn } from './warnings'

/** sun_path holds 104 bytes with its NUL on macOS, 108 on Linux. */
const SOCKET_BYTES = 103
/** Ready after about 0.15 s; a cold disk and a busy machine take longer. */
const READY_MS = 20_000
const RETRY_MS = 25

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

/** Starts the server and connects to it; on failure nothing is left running. */
export const startAppServer = async (spec: ServerSpec): Promise<Result<AppServer, string>> => {
  const { binary, address, cwd, env, platform, log } = spec
  if (address.endpoint.type === 'socket') rmSync(address.endpoint.path, { force: true })
  const command = [binary, 'app-server', ...address.listen]
  const server = startGuarded(command, { cwd, env, platform, log, name: 'codex: app-server' })
  const until = Date.now() + READY_MS
  while (server.alive() && Date.now() < until) {
    const rpc = await connectRpc(address.endpoint, log)
    const { gone, stop, stderr } = server
    if (rpc.ok) return ok({ rpc: rpc.value, gone, warnings: () => warningsIn(stderr()), stop })
    await after(RETRY_MS)
  }
  const ended = !server.alive()
  await server.stop()
  return err(
    `${ended ? 'Codex ended at once' : 'Codex did not get ready'}: ${server.stderr().trim() || dirname(binary)}`,
  )
}
