import { type IncomingHttpHeaders } from 'node:http'
/** One output item of the Responses API; the helpers below make them. */
export type OutputItem = Readonly<Record<string, unknown>> & {
  readonly type: string
}
export type ModelReply =
  | readonly OutputItem[]
  /** An HTTP error; 400 fails a turn at once, 401 after five retries, 429 is a quota. */
  | {
      readonly status: number
      readonly error: Readonly<Record<string, unknown>>
    }
  /** A stream that begins and then fails, e.g. `context_length_exceeded`, `insufficient_quota`. */
  | {
      readonly failedCode: string
      readonly message: string
    }
export interface ToolOutput {
  readonly callId: string
  readonly text: string
}
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
export interface CodexModel {
  readonly port: number
  readonly baseUrl: string
  readonly requests: readonly ModelRequest[]
  stop(): Promise<void>
}
export interface CodexModelOptions {
  readonly respond: (request: ModelRequest) => ModelReply | Promise<ModelReply>
  /** The server stops by itself after this long, in milliseconds. */
  readonly lifetimeMs?: number
}
/** A final message. */
export declare const say: (text: string) => OutputItem
/** Any function call, e.g. `call('submit_review', { verdict: 'pass' })`. */
export declare const call: (name: string, args: unknown) => OutputItem
/** A shell command inside the sandbox. */
export declare const exec: (cmd: string) => OutputItem
/** A shell command that asks for leave to run outside the sandbox. */
export declare const execEscalated: (cmd: string, justification: string) => OutputItem
/** `patch` in the `*** Begin Patch` format. */
export declare const applyPatch: (patch: string) => OutputItem
/** A patch that adds one file. */
export declare const addFile: (path: string, content: string) => OutputItem
export interface ModelQuestion {
  readonly id: string
  readonly header: string
  readonly question: string
  readonly options: readonly {
    readonly label: string
    readonly description: string
  }[]
}
/** Asks the human; outside plan mode Codex needs the feature `default_mode_request_user_input`. */
export declare const ask: (questions: readonly ModelQuestion[]) => OutputItem
export declare const httpError: (status: number, type: string, message: string) => ModelReply
export declare const failed: (code: string, message: string) => ModelReply
/** Starts the server on a free port of 127.0.0.1. A rejected `respond` becomes an HTTP 500. */
export declare const startCodexModel: (options: CodexModelOptions) => Promise<CodexModel>
export interface CodexHomeOptions {
  /** The native binary: the `codex` of npm's `.bin` is a Node script. */
  readonly binary: string
  /** An absolute folder of its own, not under `$TMPDIR`; CODEX_HOME becomes `.codex` in it. */
  readonly home: string
  /** The folder that Codex works in, trusted in advance so that no dialog opens. */
  readonly project: string
  readonly baseUrl: string
  /** More lines for config.toml's `[features]` table. */
  readonly features?: readonly string[]
}
/**
 * Writes an offline CODEX_HOME and returns the whole environment to run Codex with: nothing but loopback can be
 * reached, and nothing of the real user's configuration is seen.
 */
export declare const writeCodexHome: (options: CodexHomeOptions) => Promise<Record<string, string>>
