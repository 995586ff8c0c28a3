/** The `opencode serve` of one seat: a port of 127.0.0.1, a password nobody else has, its process, and its end. */
import { randomBytes } from 'node:crypto'
import { REPLIES } from '../../../shared/agent/opencode-frames'
import { err, ok, type Result } from '../../../shared/result'
import { freePort, killGroup, spawnGuarded } from '../guarded'
import { type Address, type Client, createClient } from './client'

/** Ready after 2.4 to 3.8 s; under load 35 s were seen. */
const READY_MS = 90_000
/** A request that comes as the server begins may never be answered: it is asked again. */
const ASK_MS = 3_000
const RETRY_MS = 50
/** The guard itself sends SIGKILL after 2 s. */
const STOP_MS = 4_000
/** Enough of stderr to explain a failed start; it holds no message text. */
const STDERR_CHARS = 2_000

export const newAddress = async (): Promise<Address> => ({
  port: await freePort(),
  password: randomBytes(32).toString('hex'),
})

export const urlOf = ({ port }: Address): string => `http://127.0.0.1:${port}`

export interface ServerSpec {
  readonly binary: string
  readonly address: Address
  readonly cwd: string
  /** With the password, for the server and the TUI. */
  readonly env: Readonly<Record<string, string>>
  readonly platform: NodeJS.Platform
  readonly log: (line: string) => void
  /** Asked while the server starts: true ends the attempt. */
  readonly cancelled?: () => boolean
}

export interface Server {
  readonly client: Client
  /** Resolves when the process is gone, however it ended. */
  readonly gone: Promise<void>
  stop(): Promise<void>
}

export const after = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms).unref())

/** Starts the server and waits until it answers; on failure nothing is left running. */
export const startServer = async (spec: ServerSpec): Promise<Result<Server, string>> => {
  const { binary, address, platform, cwd, env, log } = spec
  const command = [binary, 'serve', '--hostname', '127.0.0.1', '--port', String(address.port)]
  const child = spawnGuarded(command, { cwd, env, platform, stdout: 'ignore' })
  let stderr = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-STDERR_CHARS)
  })
  // EPIPE when the guard is gone first; its end is told by `gone`.
  child.stdin?.on('error', () => log('opencode: the guard of the server is gone'))
  let alive = true
  const gone = new Promise<void>(resolve => {
    const end = (how: string): void => {
      alive = false
      log(`opencode: server ended (${how})`)
      resolve()
    }
    child.once('error', error => end(error.message))
    child.once('exit', (code, signal) => end(signal ?? `code ${code}`))
  })
  const stop = async (): Promise<void> => {
    child.stdin?.destroy()
    if (platform === 'win32') child.kill()
    await Promise.race([gone, after(STOP_MS)])
    killGroup(child, platform)
    await Promise.race([gone, after(STOP_MS)])
  }
  const client = createClient(address, log)
  const until = Date.now() + READY_MS
  while (alive && Date.now() < until && !spec.cancelled?.()) {
    const up = await client.request('GET', '/global/health', undefined, REPLIES.any, ASK_MS)
    if (up.ok) return ok({ client, gone, stop })
    await after(RETRY_MS)
  }
  const ended = !alive
  await stop()
  return err(`${ended ? 'opencode ended at once' : 'opencode did not get ready'}: ${stderr.trim() || binary}`)
}
