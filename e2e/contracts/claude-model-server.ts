/**
 * A scripted Anthropic Messages API on loopback, so that the real Claude Code runs in tests without an account
 * or a network. Rules: it listens on 127.0.0.1 only, needs nothing but Node, records every request, and ends by
 * itself (it never keeps a process alive, and stops after `lifetimeMs`).
 *
 * Run the CLI with ANTHROPIC_BASE_URL=<url>, ANTHROPIC_AUTH_TOKEN=test, CLAUDE_CODE_MAX_RETRIES=0,
 * CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC=1, DISABLE_AUTOUPDATER=1 and, or it asks for github.com,
 * CLAUDE_CODE_DISABLE_OFFICIAL_MARKETPLACE_AUTOINSTALL=1. Tools of MCP servers can be missing in a session's very first
 * request: script a call of them for a later one.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface ToolResult {
  readonly id: string
  readonly text: string
  readonly failed: boolean
}

export interface ModelRequest {
  /** Milliseconds since the epoch at which the request was whole. */
  readonly at: number
  /** The side call that wants `{"title": …}`; answered by the server, not by `respond`. */
  readonly title: boolean
  readonly model: string
  /** The last text of the user, without the reminders that the CLI puts beside it. */
  readonly text: string
  /** Every prompt and message so far. */
  readonly users: readonly string[]
  /** Results of tools since the last prompt, in order; empty when the turn begins. */
  readonly toolResults: readonly ToolResult[]
  /** Names of the tools offered in this request. */
  readonly tools: readonly string[]
  readonly system: string
  /** The whole conversation as JSON text, for `includes`. */
  readonly conversation: string
  readonly path: string
}

export type Block =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'tool'; readonly name: string; readonly input: Readonly<Record<string, unknown>> }

export type Reply =
  /** One assistant message; it ends in `tool_use` when it has a tool block, else in `end_turn`. */
  | readonly Block[]
  | {
      readonly status: number
      readonly error: string
      readonly message: string
      readonly headers?: Readonly<Record<string, string>>
    }

export interface ModelServer {
  readonly url: string
  readonly requests: readonly ModelRequest[]
  /** Everything else that was asked of the server, as `METHOD path`. */
  readonly others: readonly string[]
  stop(): Promise<void>
}

export interface ModelScript {
  /** May wait as long as the test wants: the CLI is busy meanwhile. */
  readonly respond: (request: ModelRequest) => Reply | Promise<Reply>
  /** Default 10 minutes. */
  readonly lifetimeMs?: number
}

/** Tokens reported with every scripted message, so that tests can count them. */
const USAGE = { input: 100, cacheRead: 20, cacheWrite: 10, output: 7 } as const

export const say = (text: string): Block => ({ type: 'text', text })
export const toolCall = (name: string, input: Readonly<Record<string, unknown>>): Block => ({
  type: 'tool',
  name,
  input,
})
export const writeFile = (path: string, content: string): Block =>
  toolCall('Write', { file_path: path, content })
export const editFile = (path: string, from: string, to: string): Block =>
  toolCall('Edit', { file_path: path, old_string: from, new_string: to })
export const bash = (command: string, description = 'Run a command'): Block =>
  toolCall('Bash', { command, description })
export const askUser = (question: string, header: string, options: readonly string[]): Block =>
  toolCall('AskUserQuestion', {
    questions: [
      {
        question,
        header,
        multiSelect: false,
        options: options.map(label => ({ label, description: label })),
      },
    ],
  })
export const submitReview = (input: Readonly<Record<string, unknown>>): Block =>
  toolCall('mcp__pair__submit_review', input)
export const fail = (status: number, error: string, message: string): Reply => ({ status, error, message })
/** A plan's limit is used up until then (seconds since 1970), told in the headers that the provider's own service sends. */
export const limited = (resetsAt: number): Reply => ({
  ...{
    status: 429,
    error: 'rate_limit_error',
    message: "This request would exceed your account's rate limit.",
  },
  headers: {
    'anthropic-ratelimit-unified-status': 'rejected',
    'anthropic-ratelimit-unified-reset': String(resetsAt),
    'anthropic-ratelimit-unified-representative-claim': 'five_hour',
  },
})

type Json = Readonly<Record<string, unknown>>
const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const text = (value: unknown): string => (typeof value === 'string' ? value : '')

const blocksOf = (content: unknown): readonly Json[] =>
  typeof content === 'string' ? [{ type: 'text', text: content }] : list(content).filter(isRecord)

const textOf = (content: unknown): string =>
  blocksOf(content)
    .map(block => text(block.text))
    .join('\n')

/** Reminders are noise beside a prompt, except the one that carries a relayed message. */
const isReminder = (value: string): boolean =>
  value.trimStart().startsWith('<system-reminder>') && !value.includes('[SYSTEM NOTIFICATION')

const isResult = (block: Json): boolean => block.type === 'tool_result'
const isPrompt = (block: Json): boolean =>
  block.type === 'text' && text(block.text).trim() !== '' && !isReminder(text(block.text))
const isInterruption = (block: Json): boolean => text(block.text).startsWith('[Request interrupted')

/**
 * The blocks of the running turn, its prompt first. Text beside tool results is a message that came mid-turn,
 * except after an interruption, where the CLI merges the next prompt into the same message.
 */
const runningTurn = (messages: readonly (readonly Json[])[]): readonly Json[] => {
  let turn: readonly Json[] = []
  for (const blocks of messages) {
    const interruption = blocks.map(isInterruption).lastIndexOf(true)
    const begins = blocks.some(isPrompt) && (!blocks.some(isResult) || interruption >= 0)
    turn = begins ? blocks.slice(interruption + 1) : [...turn, ...blocks]
  }
  return turn
}

const parseRequest = (body: Json, path: string, at: number): ModelRequest => {
  const messages = list(body.messages)
    .filter(isRecord)
    .filter(message => message.role === 'user')
    .map(message => blocksOf(message.content))
  const texts = messages.flat().filter(isPrompt)
  const tools = list(body.tools).filter(isRecord)
  return {
    at,
    path,
    title: tools.length === 0,
    model: text(body.model),
    text: text(texts.at(-1)?.text),
    users: texts.filter(block => !isInterruption(block)).map(block => text(block.text)),
    toolResults: runningTurn(messages)
      .filter(isResult)
      .map(block => ({
        id: text(block.tool_use_id),
        text: textOf(block.content),
        failed: block.is_error === true,
      })),
    tools: tools.map(tool => text(tool.name)),
    system: textOf(body.system),
    conversation: JSON.stringify(body.messages ?? []),
  }
}

let serial = 0
const nextId = (prefix: string): string => {
  serial += 1
  return `${prefix}_${serial.toString().padStart(8, '0')}`
}

const messageOf = (model: string, reply: readonly Block[]) => ({
  id: nextId('msg'),
  type: 'message',
  role: 'assistant',
  model,
  content: reply.map(block =>
    block.type === 'text'
      ? { type: 'text', text: block.text }
      : { type: 'tool_use', id: nextId('toolu'), name: block.name, input: block.input },
  ),
  stop_reason: reply.some(block => block.type === 'tool') ? 'tool_use' : 'end_turn',
  stop_sequence: null,
  usage: {
    input_tokens: USAGE.input,
    cache_read_input_tokens: USAGE.cacheRead,
    cache_creation_input_tokens: USAGE.cacheWrite,
    output_tokens: USAGE.output,
  },
})

const streamMessage = (response: ServerResponse, message: ReturnType<typeof messageOf>): void => {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
  const event = (type: string, data: Json): void => {
    response.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`)
  }
  event('message_start', {
    message: { ...message, content: [], stop_reason: null, usage: { ...message.usage, output_tokens: 1 } },
  })
  message.content.forEach((block, index) => {
    if (block.type === 'text') {
      event('content_block_start', { index, content_block: { type: 'text', text: '' } })
      event('content_block_delta', { index, delta: { type: 'text_delta', text: block.text } })
    } else {
      event('content_block_start', { index, content_block: { ...block, input: {} } })
      const partial_json = JSON.stringify(block.input)
      event('content_block_delta', { index, delta: { type: 'input_json_delta', partial_json } })
    }
    event('content_block_stop', { index })
  })
  const delta = { stop_reason: message.stop_reason, stop_sequence: null }
  event('message_delta', { delta, usage: message.usage })
  event('message_stop', {})
  response.end()
}

const sendJson = (
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(value))
}

const readBody = async (request: IncomingMessage): Promise<Json> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  try {
    const value: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'))
    return isRecord(value) ? value : {}
  } catch (error) {
    return { malformed: String(error) }
  }
}

const answer = (response: ServerResponse, body: Json, reply: Reply): void => {
  if ('status' in reply) {
    const error = { type: reply.error, message: reply.message }
    sendJson(response, reply.status, { type: 'error', error }, reply.headers)
    return
  }
  const message = messageOf(text(body.model), reply)
  if (body.stream === true) streamMessage(response, message)
  else sendJson(response, 200, message)
}

export const startClaudeModel = async (script: ModelScript): Promise<ModelServer> => {
  const requests: ModelRequest[] = []
  const others: string[] = []
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    const handle = async (): Promise<void> => {
      const isMessage = request.method === 'POST' && path.startsWith('/v1/messages?')
      const body = await readBody(request)
      if (!isMessage && !(request.method === 'POST' && path === '/v1/messages')) {
        others.push(`${request.method} ${path}`)
        return sendJson(response, request.method === 'HEAD' ? 200 : 404, {})
      }
      const parsed = parseRequest(body, path, Date.now())
      requests.push(parsed)
      const reply = parsed.title ? [say('{"title":"A scripted session"}')] : await script.respond(parsed)
      answer(response, body, reply)
    }
    handle().catch((error: unknown) => {
      if (!response.headersSent) answer(response, {}, fail(500, 'api_error', String(error)))
      else response.destroy()
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  server.unref()
  const stop = (): Promise<void> =>
    new Promise(resolve => {
      clearTimeout(limit)
      server.close(() => resolve())
      server.closeAllConnections()
    })
  const limit = setTimeout(() => void stop(), script.lifetimeMs ?? 600_000)
  limit.unref()
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, requests, others, stop }
}
