/** The `opencode serve` of one seat: a port of 127.0.0.1, a password nobody else has, its process, and its end. */
import { randomBytes } from 'node:crypto'
import { REPLIES } from '../../../shared/agent/opencode-frames'
import { err, ok, type Result } from '../../../shared/result'
import { after } from '../after'
import { freePort, startGuarded } from '../guarded'
import { type Address, type Client, createClient } from './client'

/** Ready after 2.4 to 3.8 s; under load 35 s were seen. */
const READY_MS = 90_000
/** A request that comes as the server begins may never be answered: it is asked again. */
const ASK_MS = 3_000
const RETRY_MS = 50

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

/** Starts the server and waits until it answers; on failure nothing is left running. */
export const startServer = async (spec: ServerSpec): Promise<Result<Server, string>> => {
  const { binary, address, platform, cwd, env, log } = spec
  const command = [binary, 'serve', '--hostname', '127.0.0.1', '--port', String(address.port)]
  const server = startGuarded(command, { cwd, env, platform, log, name: 'opencode: server' })
  const client = createClient(address, log)
  const until = Date.now() + READY_MS
  while (server.alive() && Date.now() < until && !spec.cancelled?.()) {
    const up = await client.request('GET', '/global/health', undefined, REPLIES.any, ASK_MS)
    if (up.ok) return ok({ client, gone: server.gone, stop: server.stop })
    await after(RETRY_MS)
  }
  const ended = !server.alive()
  await server.stop()
  return err(
    `${ended ? 'opencode ended at once' : 'opencode did not get ready'}: ${server.stderr().trim() || binary}`,
  )
}
