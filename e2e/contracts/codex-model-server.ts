/**
 * A scripted model server for the real Codex CLI: the part of the Responses API that Codex uses, on loopback.
 * It needs Node only, records what it was asked, and stops by itself.
 */
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import type { IncomingHttpHeaders, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { promisify } from 'node:util'
import {
  isRecord,
  offlineEnv,
  type RunningModel,
  startModelServer,
  type ToolOutput,
  textOf,
} from './model-server'

/** One output item of the Responses API; the helpers below make them. */
export type OutputItem = Readonly<Record<string, unknown>> & { readonly type: string }

export type ModelReply =
  | readonly OutputItem[]
  /** An HTTP error; 400 fails a turn at once, 401 after five retries, 429 is a quota. */
  | {
      readonly status: number
      readonly error: Readonly<Record<string, unknown>>
      readonly headers?: Readonly<Record<string, string>>
    }
  /** A stream that begins and then fails, e.g. `context_length_exceeded`, `insufficient_quota`. */
  | { readonly failedCode: string; readonly message: string }

export interface ModelRequest {
  /** Milliseconds since the epoch. */
  readonly at: number
  /** The last message of the human or of Duologue, without the context that Codex adds before it. */
  readonly user: string
  /** Every such message so far. */
  readonly users: readonly string[]
  /** Results of the tools called since the last user message, in order. */
  readonly outputs: readonly ToolOutput[]
  /** Standing instructions of the developer role, joined. */
  readonly developer: string
  /** Names of the tools that the model may call. */
  readonly tools: readonly string[]
  /** Codex asks for a title of the conversation on the side; answered here, never given to `respond`. */
  readonly isTitle: boolean
  readonly headers: IncomingHttpHeaders
  readonly body: unknown
}

export type CodexModel = RunningModel<ModelRequest>

export interface CodexModelOptions {
  readonly respond: (request: ModelRequest) => ModelReply | Promise<ModelReply>
  /** The server stops by itself after this long, in milliseconds. */
  readonly lifetimeMs?: number
}

const callId = (): string => `call_${randomBytes(6).toString('hex')}`

/** A final message. */
export const say = (text: string): OutputItem => ({
  type: 'message',
  role: 'assistant',
  content: [{ type: 'output_text', text }],
})

/** Any function call, e.g. `call('submit_review', { verdict: 'pass' })`. */
export const call = (name: string, args: unknown): OutputItem => ({
  type: 'function_call',
  call_id: callId(),
  name,
  arguments: JSON.stringify(args),
})

/** A shell command inside the sandbox. */
export const exec = (cmd: string): OutputItem => call('exec_command', { cmd })

/** A shell command that asks for leave to run outside the sandbox. */
export const execEscalated = (cmd: string, justification: string): OutputItem =>
  call('exec_command', { cmd, sandbox_permissions: 'require_escalated', justification })

/** `patch` in the `*** Begin Patch` format. */
export const applyPatch = (patch: string): OutputItem => ({
  type: 'custom_tool_call',
  call_id: callId(),
  name: 'apply_patch',
  input: patch,
})

/** A patch that adds one file. */
export const addFile = (path: string, content: string): OutputItem =>
  applyPatch(
    `*** Begin Patch\n*** Add File: ${path}\n${content
      .split('\n')
      .map(line => `+${line}`)
      .join('\n')}\n*** End Patch\n`,
  )

export interface ModelQuestion {
  readonly id: string
  readonly header: string
  readonly question: string
  readonly options: readonly { readonly label: string; readonly description: string }[]
}

/** Asks the human; outside plan mode Codex needs the feature `default_mode_request_user_input`. */
export const ask = (questions: readonly ModelQuestion[]): OutputItem =>
  call('request_user_input', { questions })

/** Asks the human without waiting for an answer, which comes as another user message. */
export const askAsync = (
  questions: readonly { readonly title: string; readonly options: readonly string[] }[],
): OutputItem => call('request_user_input_async', { questions })

export const httpError = (status: number, type: string, message: string): ModelReply => ({
  status,
  error: { type, message },
})

/** A plan's limit is used up until then (seconds since 1970), told as the provider's own service tells it. */
export const limited = (resetsAt: number): ModelReply => ({
  status: 429,
  error: { type: 'usage_limit_reached', message: 'The usage limit has been reached', resets_at: resetsAt },
  headers: {
    'x-codex-primary-used-percent': '100',
    'x-codex-primary-window-minutes': '300',
    'x-codex-primary-reset-at': String(resetsAt),
  },
})

export const failed = (code: string, message: string): ModelReply => ({ failedCode: code, message })

/** Codex puts context (`<environment_context>` and the like, AGENTS.md) into messages of the user role too. */
const isContext = (text: string): boolean => /^\s*(<[a-z_]+>|# AGENTS\.md)/.test(text)

const read = (at: number, headers: IncomingHttpHeaders, body: unknown): ModelRequest => {
  const record = isRecord(body) ? body : {}
  const input = Array.isArray(record.input) ? record.input.filter(isRecord) : []
  const isUser = (item: Record<string, unknown>): boolean =>
    item.type === 'message' && item.role === 'user' && !isContext(textOf(item.content))
  const users = input.filter(isUser).map(item => textOf(item.content))
  const last = input.map(isUser).lastIndexOf(true)
  return {
    at,
    user: users.at(-1) ?? '',
    users,
    outputs: input
      .slice(last + 1)
      .filter(item => item.type === 'function_call_output' || item.type === 'custom_tool_call_output')
      .map(item => ({ callId: String(item.call_id), text: textOf(item.output) })),
    developer: input
      .filter(item => item.role === 'developer')
      .map(item => textOf(item.content))
      .join('\n'),
    tools: (Array.isArray(record.tools) ? record.tools.filter(isRecord) : []).map(tool => String(tool.name)),
    isTitle: String(headers['x-codex-turn-metadata'] ?? '').includes('thread_title'),
    headers,
    body,
  }
}

const send = (response: ServerResponse, event: Record<string, unknown> & { type: string }): void => {
  response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
}

/** Tokens are made up but steady: Codex shows and reports them. */
const USAGE = {
  input_tokens: 1200,
  input_tokens_details: { cached_tokens: 200 },
  output_tokens: 30,
  output_tokens_details: { reasoning_tokens: 0 },
  total_tokens: 1230,
}

const isItems = (value: ModelReply): value is readonly OutputItem[] => Array.isArray(value)

const answer = (response: ServerResponse, reply: ModelReply): void => {
  if (!isItems(reply) && 'status' in reply) {
    response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers })
    response.end(JSON.stringify({ error: reply.error }))
    return
  }
  const id = `resp_${randomBytes(6).toString('hex')}`
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  send(response, { type: 'response.created', response: { id } })
  if (isItems(reply)) {
    for (const item of reply) send(response, { type: 'response.output_item.done', item })
    send(response, { type: 'response.completed', response: { id, usage: USAGE } })
  } else {
    const error = { code: reply.failedCode, message: reply.message }
    send(response, { type: 'response.failed', response: { id, error } })
  }
  response.end()
}

/** Starts the server on a free port of 127.0.0.1. A rejected `respond` becomes an HTTP 500. */
export const startCodexModel = ({ respond, lifetimeMs }: CodexModelOptions): Promise<CodexModel> =>
  startModelServer({
    ...{ path: '/responses', read, broken: 500, lifetimeMs },
    async answer(seen, response) {
      const reply = seen.isTitle ? [say('{"title":"A scripted conversation"}')] : await respond(seen)
      if (!response.destroyed) answer(response, reply)
    },
  })

export interface CodexHomeOptions {
  /** The native binary: the `codex` of npm's `.bin` is a Node script. */
  readonly binary: string
  /** An absolute folder of its own, anywhere; CODEX_HOME becomes `.codex` in it and TMPDIR `tmp`. */
  readonly home: string
  /** The folder that Codex works in; trusted in advance unless `undecided`. */
  readonly project: string
  readonly undecided?: boolean
  readonly baseUrl: string
  /** More lines for config.toml's `[features]` table. */
  readonly features?: readonly string[]
}

/**
 * `/tmp` is not opened for writing, so that the project is all that is, wherever `home` lies. Keys that come faster than
 * a hand's are still keys: taken for a paste, an Enter soon after them would be a line of the draft (0.169).
 */
const configToml = (options: CodexHomeOptions, models: string): string => `
model = "fake-model"
model_catalog_json = ${JSON.stringify(models)}
model_provider = "fake"
approval_policy = "on-request"
sandbox_mode = "workspace-write"
check_for_update_on_startup = false
disable_paste_burst = true
[sandbox_workspace_write]
exclude_slash_tmp = true
[model_providers.fake]
name = "Fake"
base_url = ${JSON.stringify(options.baseUrl)}
wire_api = "responses"
requires_openai_auth = false
[analytics]
enabled = false
[features]
plugins = false
daemon_auto_start = false
default_mode_request_user_input = true
${(options.features ?? []).join('\n')}
[tui]
animations = false
show_tooltips = false
${options.undecided ? '' : `[projects.${JSON.stringify(options.project)}]\ntrust_level = "trusted"`}
`

/** The catalogue entry that is the simplest to script: direct tools, plain Responses API. */
const fakeModel = (catalogue: string): Record<string, unknown> => {
  const parsed: unknown = JSON.parse(catalogue)
  const models = isRecord(parsed) && Array.isArray(parsed.models) ? parsed.models.filter(isRecord) : []
  const plain = models.find(model => !model.tool_mode && !model.use_responses_lite)
  if (plain === undefined) throw new Error('this Codex has no model with direct tools')
  return {
    ...plain,
    slug: 'fake-model',
    display_name: 'Fake model',
    upgrade: null,
    // Newer models can ask without waiting; this one can too.
    experimental_supported_tools: ['send_user_message_async'],
  }
}

/**
 * Writes an offline CODEX_HOME and returns the whole environment to run Codex with: nothing but loopback can be
 * reached, and nothing of the real user's configuration is seen. TMPDIR is a folder beside CODEX_HOME, never above it:
 * in a home under its temporary folder Codex makes no `codex-linux-sandbox` for itself, without which a bubblewrap
 * older than 0.9 runs no command (0.169).
 */
export const writeCodexHome = async (options: CodexHomeOptions): Promise<Record<string, string>> => {
  const codexHome = join(options.home, '.codex')
  const temp = join(options.home, 'tmp')
  for (const folder of [codexHome, temp]) await mkdir(folder, { recursive: true })
  const env = { ...offlineEnv(options.home, temp), CODEX_HOME: codexHome }
  const { stdout } = await promisify(execFile)(options.binary, ['debug', 'models'], {
    env,
    maxBuffer: 64 * 1024 * 1024,
    timeout: 30_000,
  })
  const models = join(codexHome, 'models.json')
  await writeFile(models, JSON.stringify({ models: [fakeModel(stdout)] }))
  await writeFile(join(codexHome, 'config.toml'), configToml(options, models))
  return env
}
