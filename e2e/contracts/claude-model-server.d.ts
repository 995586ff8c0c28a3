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
  | {
      readonly type: 'text'
      readonly text: string
    }
  | {
      readonly type: 'tool'
      readonly name: string
      readonly input: Readonly<Record<string, unknown>>
    }
export type Reply =
  /** One assistant message; it ends in `tool_use` when it has a tool block, else in `end_turn`. */
  | readonly Block[]
  | {
      readonly status: number
      readonly error: string
      readonly message: string
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
export declare const USAGE: {
  readonly input: 100
  readonly cacheRead: 20
  readonly cacheWrite: 10
  readonly output: 7
}
export declare const say: (text: string) => Block
export declare const useTool: (name: string, input: Readonly<Record<string, unknown>>) => Block
export declare const writeFile: (path: string, content: string) => Block
export declare const editFile: (path: string, from: string, to: string) => Block
export declare const bash: (command: string, description?: string) => Block
export declare const askUser: (question: string, header: string, options: readonly string[]) => Block
export declare const submitReview: (input: Readonly<Record<string, unknown>>) => Block
export declare const fail: (status: number, error: string, message: string) => Reply
export declare const startClaudeModel: (script: ModelScript) => Promise<ModelServer>
