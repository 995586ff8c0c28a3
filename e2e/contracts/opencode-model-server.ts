/**
 * A scripted model server for the real opencode: the part of the chat completions API that it uses, on loopback.
 * It stands alone (Node only), records what it was asked, and stops by itself.
 */
import { randomBytes } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'

/** What the model says (`text`) or does (`tool`); the helpers below make them. */
export type OutputItem =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'tool'; readonly id: string; readonly name: string; readonly args: unknown }

export type ModelReply =
  | readonly OutputItem[]
  /** An HTTP error: 400 and 401 fail a turn at once; 429 and 500 are tried again without a limit seen. */
  | { readonly status: number; readonly error: Readonly<Record<string, unknown>> }

export interface ToolOutput {
  readonly callId: string
  readonly text: string
}

export interface ModelRequest {
  /** Milliseconds since the epoch. */
  readonly at: number
  /** As configured, without the provider: `m`. */
  readonly model: string
  /** The last message of the human or of Duologue. */
  readonly user: string
  /** Every such message so far. */
  readonly users: readonly string[]
  /** Results of the tools called since the last user message, in order. */
  readonly outputs: readonly ToolOutput[]
  /** The system prompt, joined. */
  readonly system: string
  /** Names of the tools that the model may call. */
  readonly tools: readonly string[]
  /** opencode asks for a title of the conversation on the side; answered here, never given to `respond`. */
  readonly isTitle: boolean
  readonly headers: IncomingHttpHeaders
  readonly body: unknown
}

export interface OpencodeModel {
  readonly port: number
  readonly baseUrl: string
  readonly requests: readonly ModelRequest[]
  stop(): Promise<void>
}

export interface OpencodeModelOptions {
  readonly respond: (request: ModelRequest) => ModelReply | Promise<ModelReply>
  /** The server stops by itself after this long, in milliseconds. */
  readonly lifetimeMs?: number
}

export const say = (text: string): OutputItem => ({ type: 'text', text })

/** Any tool call; ours are named `pair_<name>`. */
export const call = (name: string, args: unknown): OutputItem => ({
  type: 'tool',
  id: `call_${randomBytes(6).toString('hex')}`,
  name,
  args,
})

export const bash = (command: string): OutputItem => call('bash', { command, description: 'Runs a command' })

/** `path` absolute or relative to the project. */
export const write = (path: string, content: string): OutputItem => call('write', { filePath: path, content })

export interface ModelQuestion {
  readonly question: string
  readonly header: string
  readonly options: readonly { readonly label: string; readonly description: string }[]
  readonly multiple?: boolean
}

export const ask = (questions: readonly ModelQuestion[]): OutputItem => call('question', { questions })

export const httpError = (status: number, type: string, message: string): ModelReply => ({
  status,
  error: { type, message },
})

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const textOf = (content: unknown): string =>
  typeof content === 'string'
    ? content
    : Array.isArray(content)
      ? content
          .filter(isRecord)
          .map(part => (typeof part.text === 'string' ? part.text : ''))
          .join('\n')
      : ''

const toolName = (tool: Record<string, unknown>): string =>
  isRecord(tool.function) ? String(tool.function.name) : ''

const read = (at: number, headers: IncomingHttpHeaders, body: unknown): ModelRequest => {
  const record = isRecord(body) ? body : {}
  const messages = Array.isArray(record.messages) ? record.messages.filter(isRecord) : []
  const users = messages.filter(({ role }) => role === 'user').map(({ content }) => textOf(content))
  const last = messages.map(({ role }) => role === 'user').lastIndexOf(true)
  const tools = Array.isArray(record.tools) ? record.tools.filter(isRecord).map(toolName) : []
  return {
    at,
    model: String(record.model),
    user: users.at(-1) ?? '',
    users,
    outputs: messages
      .slice(last + 1)
      .filter(({ role }) => role === 'tool')
      .map(({ tool_call_id, content }) => ({ callId: String(tool_call_id), text: textOf(content) })),
    system: messages
      .filter(({ role }) => role === 'system')
      .map(({ content }) => textOf(content))
      .join('\n'),
    tools,
    isTitle: tools.length === 0,
    headers,
    body,
  }
}

const bodyOf = async (request: IncomingMessage): Promise<unknown> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    return undefined
  }
}

/** Tokens are made up but steady: opencode shows and reports them. */
const USAGE = {
  prompt_tokens: 1200,
  prompt_tokens_details: { cached_tokens: 200 },
  completion_tokens: 30,
  total_tokens: 1230,
}

const deltaOf = (item: OutputItem, index: number): unknown =>
  item.type === 'text'
    ? { content: item.text }
    : {
        tool_calls: [
          {
            index,
            id: item.id,
            type: 'function',
            function: { name: item.name, arguments: JSON.stringify(item.args) },
          },
        ],
      }

const isItems = (value: ModelReply): value is readonly OutputItem[] => Array.isArray(value)

const answer = (response: ServerResponse, model: string, reply: ModelReply): void => {
  if (!isItems(reply)) {
    response.writeHead(reply.status, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ error: reply.error }))
    return
  }
  const base = { id: `chatcmpl-${randomBytes(6).toString('hex')}`, object: 'chat.completion.chunk', model }
  const send = (more: Record<string, unknown>): void => {
    response.write(`data: ${JSON.stringify({ ...base, created: 0, ...more })}\n\n`)
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  send({ choices: [{ index: 0, delta: { role: 'assistant', content: '' } }] })
  for (const [index, item] of reply.entries()) send({ choices: [{ index: 0, delta: deltaOf(item, index) }] })
  const calls = reply.some(({ type }) => type === 'tool')
  send({ choices: [{ index: 0, delta: {}, finish_reason: calls ? 'tool_calls' : 'stop' }] })
  send({ choices: [], usage: USAGE })
  response.end('data: [DONE]\n\n')
}

/** Starts the server on a free port of 127.0.0.1. A rejected `respond` becomes an HTTP 400, which fails the turn. */
export const startOpencodeModel = async (options: OpencodeModelOptions): Promise<OpencodeModel> => {
  const requests: ModelRequest[] = []
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method !== 'POST' || !(request.url ?? '').endsWith('/chat/completions')) {
      response.writeHead(404).end()
      return
    }
    const seen = read(Date.now(), request.headers, await bodyOf(request))
    requests.push(seen)
    const reply = seen.isTitle ? [say('A scripted conversation')] : await options.respond(seen)
    if (!response.destroyed) answer(response, seen.model, reply)
  }
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(400, { 'content-type': 'application/json' })
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

export interface OpencodeHomeOptions {
  /** An absolute folder of its own; HOME, and TMPDIR `tmp` in it. */
  readonly home: string
  readonly baseUrl: string
  /** More of opencode's own configuration, as the user would have it. */
  readonly config?: Readonly<Record<string, unknown>>
}

const models = {
  m: { name: 'Fake model', limit: { context: 100_000, output: 8000 } },
  n: { name: 'Other model', limit: { context: 50_000, output: 8000 } },
  s: { name: 'Small model', limit: { context: 100_000, output: 8000 } },
}

/**
 * Makes an offline home whose configuration stands where a user's does, and returns the whole environment to run opencode
 * with: nothing but loopback can be reached, and nothing of the real user's configuration is seen.
 */
export const writeOpencodeHome = async (options: OpencodeHomeOptions): Promise<Record<string, string>> => {
  const temp = join(options.home, 'tmp')
  const folder = join(options.home, '.config', 'opencode')
  for (const path of [temp, folder]) await mkdir(path, { recursive: true })
  const config = {
    $schema: 'https://opencode.ai/config.json',
    share: 'disabled',
    autoupdate: false,
    model: 'fake/m',
    small_model: 'fake/s',
    enabled_providers: ['fake'],
    provider: {
      fake: {
        name: 'Fake',
        npm: '@ai-sdk/openai-compatible',
        options: { baseURL: options.baseUrl, apiKey: 'x' },
        models,
      },
    },
    ...options.config,
  }
  await writeFile(join(folder, 'opencode.json'), JSON.stringify(config, null, 2))
  const nowhere = 'http://127.0.0.1:9'
  return {
    HOME: options.home,
    TMPDIR: temp,
    PATH: '/usr/local/bin:/usr/bin:/bin',
    TERM: 'xterm-256color',
    COLORTERM: 'truecolor',
    LANG: 'C.UTF-8',
    OPENCODE_DISABLE_MODELS_FETCH: '1',
    OPENCODE_DISABLE_AUTOUPDATE: '1',
    HTTP_PROXY: nowhere,
    HTTPS_PROXY: nowhere,
    http_proxy: nowhere,
    https_proxy: nowhere,
    NO_PROXY: '127.0.0.1,localhost',
    no_proxy: '127.0.0.1,localhost',
  }
}
