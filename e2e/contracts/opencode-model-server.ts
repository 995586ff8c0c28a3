/**
 * A scripted model server for the real opencode: the part of the chat completions API that it uses, on loopback.
 * It needs Node only, records what it was asked, and stops by itself.
 */
import { randomBytes } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import type { IncomingHttpHeaders, ServerResponse } from 'node:http'
import { join } from 'node:path'
import {
  isRecord,
  offlineEnv,
  type RunningModel,
  startModelServer,
  type ToolOutput,
  textOf,
} from './model-server'

/** What the model says (`text`) or does (`tool`); the helpers below make them. */
export type OutputItem =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'tool'; readonly id: string; readonly name: string; readonly args: unknown }

export type ModelReply =
  | readonly OutputItem[]
  /** An HTTP error: 400 and 401 fail a turn at once; 429 and 500 are tried again without a limit seen. */
  | {
      readonly status: number
      readonly error: Readonly<Record<string, unknown>>
      readonly headers?: Readonly<Record<string, string>>
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

export type OpencodeModel = RunningModel<ModelRequest>

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

/** A provider's limit that is over in so many seconds. */
export const limited = (seconds: number): ModelReply => ({
  ...httpError(429, 'rate_limit_exceeded', 'Rate limit reached'),
  headers: { 'retry-after': String(seconds) },
})

export const httpError = (status: number, type: string, message: string): ModelReply => ({
  status,
  error: { type, message },
})

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
    response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers })
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
export const startOpencodeModel = ({ respond, lifetimeMs }: OpencodeModelOptions): Promise<OpencodeModel> =>
  startModelServer({
    ...{ path: '/chat/completions', read, broken: 400, lifetimeMs },
    async answer(seen, response) {
      const reply = seen.isTitle ? [say('A scripted conversation')] : await respond(seen)
      if (!response.destroyed) answer(response, seen.model, reply)
    },
  })

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
  return {
    ...offlineEnv(options.home, temp),
    OPENCODE_DISABLE_MODELS_FETCH: '1',
    OPENCODE_DISABLE_AUTOUPDATE: '1',
  }
}
