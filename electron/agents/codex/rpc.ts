/**
 * One connection to `codex app-server`: our requests with a time limit, its signals in order. A frame that we cannot
 * read is counted and logged by its method, never by its text, and changes nothing.
 */
import { connect as connectSocket } from 'node:net'
import WebSocket from 'ws'
import type { z } from 'zod'
import { type Frame, type RpcId, readFrame, type Signal } from '../../../shared/agent/codex-frames'
import { err, ok, type Result } from '../../../shared/result'

/** Where the server listens; the TUI is given the same address. */
export type Endpoint =
  | { readonly type: 'socket'; readonly path: string }
  | { readonly type: 'port'; readonly port: number; readonly token: string }

export interface RpcFailure {
  /** True: Codex refused, so nothing happened. False: nobody knows (time-out, lost connection, an unfit reply). */
  readonly refused: boolean
  readonly message: string
}

export interface Rpc {
  request<T>(method: string, params: unknown, schema: z.ZodType<T>): Promise<Result<T, RpcFailure>>
  notify(method: string): void
  reply(id: RpcId, result: unknown): void
  onSignal(listener: (signal: Signal) => void): void
  /** Once, when the connection is gone for whatever reason. */
  onClose(listener: () => void): void
  close(): void
}

/** A healthy server answers in milliseconds; past this it hangs, and a human waits. */
const REQUEST_MS = 15_000

const open = (endpoint: Endpoint): WebSocket =>
  endpoint.type === 'socket'
    ? new WebSocket('ws://localhost/', {
        // Not a `ws+unix:` URL, which spoils paths with spaces or colons.
        createConnection: () => connectSocket(endpoint.path),
        perMessageDeflate: false,
      })
    : new WebSocket(`ws://127.0.0.1:${endpoint.port}/`, {
        headers: { authorization: `Bearer ${endpoint.token}` },
        perMessageDeflate: false,
      })

/** Connects once; the caller tries again while the server starts. */
export const connectRpc = (endpoint: Endpoint, log: (line: string) => void): Promise<Result<Rpc, string>> =>
  new Promise(resolve => {
    const socket = open(endpoint)
    socket.once('open', () => resolve(ok(rpcOver(socket, log))))
    socket.on('error', error => resolve(err(error.message)))
  })

type Reply = Result<unknown, RpcFailure>

const refused = (message: string): Reply => err({ refused: true, message })
const unknown = (message: string): Reply => err({ refused: false, message })

const decode = (data: WebSocket.RawData): Frame => {
  try {
    return readFrame(JSON.parse(data.toString()))
  } catch {
    return { kind: 'malformed', why: 'not JSON' }
  }
}

const rpcOver = (socket: WebSocket, log: (line: string) => void): Rpc => {
  const waiting = new Map<RpcId, (reply: Reply) => void>()
  const unread = new Map<string, number>()
  const listeners: ((signal: Signal) => void)[] = []
  /** What comes before anyone listens, e.g. pending approvals in the wake of a resume. */
  let early: Signal[] = []
  let nextId = 0
  const settle = (id: RpcId, reply: Reply): void => {
    waiting.get(id)?.(reply)
    waiting.delete(id)
  }
  /** The first of each kind is logged, so that a noisy stream cannot fill the log. */
  const count = (what: string): void => {
    const seen = (unread.get(what) ?? 0) + 1
    unread.set(what, seen)
    if (seen === 1) log(`codex: ${what}`)
  }
  const hand = (signal: Signal): void => {
    if (listeners.length === 0) early.push(signal)
    for (const listener of listeners) listener(signal)
  }
  socket.on('message', data => {
    const frame = decode(data)
    if (frame.kind === 'signal') hand(frame.signal)
    else if (frame.kind === 'response') settle(frame.id, ok(frame.result))
    else if (frame.kind === 'failure') settle(frame.id, refused(frame.error.message))
    else count(frame.kind === 'unread' ? `does not read ${frame.method}` : `malformed frame, ${frame.why}`)
  })
  socket.once('close', () => {
    for (const id of [...waiting.keys()]) settle(id, unknown('the connection to Codex was lost'))
  })
  const send = (message: unknown): void => {
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message))
  }
  const raw = (method: string, params: unknown): Promise<Reply> =>
    new Promise(resolve => {
      if (socket.readyState !== WebSocket.OPEN) return resolve(refused('not connected to Codex'))
      const id = nextId++
      const timer = setTimeout(
        () => settle(id, unknown(`Codex did not answer ${method} within ${REQUEST_MS / 1000} s`)),
        REQUEST_MS,
      )
      waiting.set(id, reply => {
        clearTimeout(timer)
        resolve(reply)
      })
      send({ method, id, params })
    })
  return {
    async request(method, params, schema) {
      const reply = await raw(method, params)
      if (!reply.ok) return reply
      const parsed = schema.safeParse(reply.value)
      return parsed.success
        ? ok(parsed.data)
        : err({ refused: false, message: `Codex's reply to ${method} does not fit` })
    },
    notify: method => send({ method }),
    reply: (id, result) => send({ id, result }),
    onSignal(listener) {
      listeners.push(listener)
      for (const signal of early) listener(signal)
      early = []
    },
    onClose: listener => void socket.once('close', listener),
    close: () => socket.close(),
  }
}
