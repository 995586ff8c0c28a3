/**
 * What the scripted model servers of Codex and opencode share: a server on loopback that records what it was asked and
 * stops by itself, and the environment in which only loopback can be reached. Node only.
 */
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface ToolOutput {
  readonly callId: string
  readonly text: string
}

export interface RunningModel<Request> {
  readonly port: number
  readonly baseUrl: string
  readonly requests: readonly Request[]
  stop(): Promise<void>
}

interface ServerOptions<Request> {
  /** How the path ends; everything else is 404. */
  readonly path: string
  readonly read: (at: number, headers: IncomingHttpHeaders, body: unknown) => Request
  readonly answer: (request: Request, response: ServerResponse) => Promise<void>
  /** HTTP status for an `answer` that rejects. */
  readonly broken: number
  /** The server stops by itself after this long, in milliseconds. */
  readonly lifetimeMs: number | undefined
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The text of a message's content: a string, or parts. */
export const textOf = (content: unknown): string =>
  typeof content === 'string'
    ? content
    : Array.isArray(content)
      ? content
          .filter(isRecord)
          .map(part => (typeof part.text === 'string' ? part.text : ''))
          .join('\n')
      : ''

const bodyOf = async (request: IncomingMessage): Promise<unknown> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    return undefined
  }
}

/** Starts the server on a free port of 127.0.0.1. */
export const startModelServer = async <Request>(
  options: ServerOptions<Request>,
): Promise<RunningModel<Request>> => {
  const requests: Request[] = []
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method !== 'POST' || !(request.url ?? '').endsWith(options.path)) {
      response.writeHead(404).end()
      return
    }
    const seen = options.read(Date.now(), request.headers, await bodyOf(request))
    requests.push(seen)
    await options.answer(seen, response)
  }
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(options.broken, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ error: { type: 'script', message: String(error) } }))
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  server.unref()
  const stop = async (): Promise<void> => {
    clearTimeout(lifetime)
    server.closeAllConnections()
    await new Promise<void>(resolve => server.close(() => resolve()))
  }
  const lifetime = setTimeout(() => void stop(), options.lifetimeMs ?? 10 * 60_000)
  lifetime.unref()
  const { port } = server.address() as AddressInfo
  return { port, baseUrl: `http://127.0.0.1:${port}/v1`, requests, stop }
}

const NOWHERE = 'http://127.0.0.1:9'

/** Of a home of its own: nothing but loopback can be reached, and nothing of the real user's is seen. */
export const offlineEnv = (home: string, temp: string): Record<string, string> => ({
  HOME: home,
  TMPDIR: temp,
  PATH: '/usr/local/bin:/usr/bin:/bin',
  TERM: 'xterm-256color',
  COLORTERM: 'truecolor',
  LANG: 'C.UTF-8',
  HTTP_PROXY: NOWHERE,
  HTTPS_PROXY: NOWHERE,
  http_proxy: NOWHERE,
  https_proxy: NOWHERE,
  NO_PROXY: '127.0.0.1,localhost',
  no_proxy: '127.0.0.1,localhost',
})
