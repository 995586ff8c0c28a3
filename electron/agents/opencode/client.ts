/**
 * Requests to `opencode serve` and its stream of events. Rules: 127.0.0.1 only, each request with a time limit; an event
 * that we cannot read is counted and logged by its type, never by its text, and changes nothing.
 */
import { request as httpRequest, type IncomingMessage } from 'node:http'
import type { z } from 'zod'
import { type Frame, type OpencodeSignal, readFrame } from '../../../shared/agent/opencode-frames'
import { err, ok, type Result } from '../../../shared/result'

export interface Address {
  readonly port: number
  readonly password: string
}

export interface Failure {
  /** True: opencode refused, so nothing happened. False: nobody knows (time-out, lost connection, an unfit reply). */
  readonly refused: boolean
  readonly message: string
}

export interface Events {
  close(): void
}

export interface Client {
  request<T>(
    method: string,
    path: string,
    body: unknown,
    schema: z.ZodType<T>,
    ms?: number,
  ): Promise<Result<T, Failure>>
  /** Resolves when the stream is open; `onEnd` comes once when it is gone, unless we closed it. */
  events(onSignal: (signal: OpencodeSignal) => void, onEnd: () => void): Promise<Result<Events, string>>
}

/** A healthy server answers in milliseconds, but its first requests wait for it to load: 35 s were seen under load. */
const REQUEST_MS = 60_000
/** Far above any record of a session that we read. */
const REPLY_BYTES = 256 * 1024 * 1024

const authorization = (password: string): string =>
  `Basic ${Buffer.from(`opencode:${password}`).toString('base64')}`

const decode = (text: string): unknown => {
  try {
    return text === '' ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

const textOf = async (response: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response) {
    const bytes = chunk as Buffer
    size += bytes.length
    if (size > REPLY_BYTES) throw new Error('the reply is too long')
    chunks.push(bytes)
  }
  return Buffer.concat(chunks).toString('utf8')
}

interface Reply {
  readonly status: number
  readonly value: unknown
}

const send = (
  { port, password }: Address,
  method: string,
  path: string,
  body: unknown,
  ms: number,
): Promise<Result<Reply, Failure>> =>
  new Promise(resolve => {
    const payload = body === undefined ? undefined : JSON.stringify(body)
    const headers = {
      authorization: authorization(password),
      ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
    }
    // No kept connections: one that the server closes as we write would leave us not knowing.
    const options = { host: '127.0.0.1', port, method, path, headers, agent: false }
    let connected = false
    const request = httpRequest(options, response => {
      textOf(response).then(
        text => resolve(ok({ status: response.statusCode ?? 0, value: decode(text) })),
        (error: unknown) => resolve(err({ refused: false, message: String(error) })),
      )
    })
    request.once('socket', socket => {
      socket.once('connect', () => {
        connected = true
      })
    })
    request.setTimeout(ms, () => request.destroy(new Error(`no answer within ${ms / 1000} s`)))
    request.once('error', error => resolve(err({ refused: !connected, message: error.message })))
    request.end(payload)
  })

const messageIn = (value: unknown): string => {
  const text = JSON.stringify(value ?? '')
  return text.length > 300 ? `${text.slice(0, 300)}…` : text
}

/** Server-sent events of opencode: `data:` lines of one JSON value each, with an empty line between. */
const frameReader = (onFrame: (frame: Frame) => void): ((chunk: string) => void) => {
  let rest = ''
  return chunk => {
    const blocks = (rest + chunk).split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const data = block
        .split('\n')
        .filter(line => line.startsWith('data:'))
        .map(line => line.slice(5).trimStart())
        .join('\n')
      if (data !== '') onFrame(readFrame(decode(data)))
    }
  }
}

export const createClient = (address: Address, log: (line: string) => void): Client => {
  const unread = new Set<string>()
  /** The first of each kind is logged, so that a noisy stream cannot fill the log. */
  const count = (what: string): void => {
    if (unread.has(what)) return
    unread.add(what)
    log(`opencode: ${what}`)
  }
  return {
    async request(method, path, body, schema, ms = REQUEST_MS) {
      const reply = await send(address, method, path, body, ms)
      if (!reply.ok) return reply
      const { status, value } = reply.value
      if (status < 200 || status > 299) {
        return err({ refused: status < 500, message: `HTTP ${status} ${messageIn(value)}` })
      }
      const parsed = schema.safeParse(value)
      if (parsed.success) return ok(parsed.data)
      return err({ refused: false, message: `opencode's reply to ${method} ${path} does not fit` })
    },
    events: (onSignal, onEnd) =>
      new Promise(resolve => {
        const headers = { authorization: authorization(address.password), accept: 'text/event-stream' }
        const options = { host: '127.0.0.1', port: address.port, path: '/event', headers, agent: false }
        let closed = false
        const end = (): void => {
          if (closed) return
          closed = true
          onEnd()
        }
        const request = httpRequest(options, response => {
          if (response.statusCode !== 200) {
            closed = true
            response.resume()
            return resolve(err(`HTTP ${response.statusCode} to the request for events`))
          }
          const read = frameReader(frame => {
            if (frame.kind === 'signal') onSignal(frame.signal)
            else if (frame.kind === 'malformed') count(`malformed event, ${frame.why}`)
          })
          response.setEncoding('utf8').on('data', read)
          response.once('close', end)
          resolve(
            ok({
              close: () => {
                closed = true
                request.destroy()
              },
            }),
          )
        })
        request.once('error', error => {
          resolve(err(error.message))
          end()
        })
        request.end()
      }),
  }
}
