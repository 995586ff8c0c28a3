/**
 * A scripted model server for the real Gemini CLI: the part of the Gemini API that it uses, on loopback.
 * It needs Node only, records what it was asked, and stops by itself.
 */
import { randomBytes } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import type { IncomingHttpHeaders, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { isRecord, offlineEnv, type RunningModel, startModelServer, textOf } from './model-server'

/** What the model says or does; the helpers below make them. */
export type OutputPart = Readonly<Record<string, unknown>>

export interface ModelRequest {
  /** The last message of the human or of Duologue. */
  readonly user: string
  /** Every such message so far, without the context that Gemini CLI adds before the first. */
  readonly users: readonly string[]
  /** Results of the tools called since the last user message, as JSON, in order. */
  readonly outputs: readonly string[]
  /** Names of the tools that the model may call. */
  readonly tools: readonly string[]
}

export type GeminiModel = RunningModel<ModelRequest>

export interface GeminiModelOptions {
  readonly respond: (request: ModelRequest) => readonly OutputPart[] | Promise<readonly OutputPart[]>
  /** The server stops by itself after this long, in milliseconds. */
  readonly lifetimeMs?: number
}

export const say = (text: string): OutputPart => ({ text })

export const call = (name: string, args: unknown): OutputPart => ({
  functionCall: { id: `call_${randomBytes(6).toString('hex')}`, name, args },
})

export const shell = (command: string): OutputPart => call('run_shell_command', { command })

const records = (value: unknown): readonly Record<string, unknown>[] =>
  Array.isArray(value) ? value.filter(isRecord) : []

/** Gemini CLI tells of the day, the folder and the like in a part before the first message. */
const isContext = (text: unknown): boolean => String(text).startsWith('<session_context>')

const read = (_at: number, _headers: IncomingHttpHeaders, body: unknown): ModelRequest => {
  const record = isRecord(body) ? body : {}
  const contents = records(record.contents).map(({ role, parts }) => ({ role, parts: records(parts) }))
  const isPrompt = ({ role, parts }: (typeof contents)[number]): boolean =>
    role === 'user' && parts.some(({ text }) => typeof text === 'string')
  const prompts = contents.filter(isPrompt)
  const last = prompts.at(-1)
  const users = prompts.map(({ parts }) => textOf(parts.filter(({ text }) => !isContext(text))))
  return {
    user: users.at(-1) ?? '',
    users,
    outputs: contents
      .slice(last === undefined ? 0 : contents.indexOf(last) + 1)
      .flatMap(({ parts }) => parts)
      .filter(({ functionResponse }) => isRecord(functionResponse))
      .map(({ functionResponse }) => JSON.stringify(functionResponse)),
    tools: records(record.tools).flatMap(({ functionDeclarations }) =>
      records(functionDeclarations).map(({ name }) => String(name)),
    ),
  }
}

/** Tokens are made up but steady. */
const USAGE = { promptTokenCount: 1200, candidatesTokenCount: 30, totalTokenCount: 1230 }

const answer = (response: ServerResponse, parts: readonly OutputPart[]): void => {
  const candidates = [{ index: 0, content: { role: 'model', parts }, finishReason: 'STOP' }]
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.end(`data: ${JSON.stringify({ candidates, usageMetadata: USAGE })}\n\n`)
}

/** Starts the server on a free port of 127.0.0.1. A rejected `respond` becomes an HTTP 400, which fails the turn. */
export const startGeminiModel = ({ respond, lifetimeMs }: GeminiModelOptions): Promise<GeminiModel> =>
  startModelServer({
    ...{ path: ':streamGenerateContent?alt=sse', read, broken: 400, lifetimeMs },
    async answer(seen, response) {
      const parts = await respond(seen)
      if (!response.destroyed) answer(response, parts)
    },
  })

/**
 * Makes an offline home with the settings of a user who has a key, and returns the whole environment to run Gemini CLI
 * with: nothing but loopback can be reached, and nothing of the real user's is seen.
 */
export const writeGeminiHome = async (home: string, port: number): Promise<Record<string, string>> => {
  const temp = join(home, 'tmp')
  const folder = join(home, '.gemini')
  for (const path of [temp, folder]) await mkdir(path, { recursive: true })
  const settings = {
    security: { auth: { selectedType: 'gemini-api-key' } },
    general: { enableAutoUpdate: false, enableAutoUpdateNotification: false },
    privacy: { usageStatisticsEnabled: false },
    // Named, so that no other model is asked which one to take.
    model: { name: 'gemini-2.5-pro' },
  }
  await writeFile(join(folder, 'settings.json'), JSON.stringify(settings))
  return {
    ...offlineEnv(home, temp),
    GEMINI_API_KEY: 'x',
    GOOGLE_GEMINI_BASE_URL: `http://127.0.0.1:${port}`,
  }
}
