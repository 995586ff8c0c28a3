/**
 * What any agent can tell us, in one vocabulary. Each adapter turns its own raw signals (hooks, app-server
 * frames) into these; the relay knows nothing else about an agent. Never derived from screen text.
 */
import type { DeliveryId, RequestId, TurnId } from '../ids'

/** Tokens as the agent itself counts them, for the whole session so far (not a delta). */
export interface Usage {
  readonly inputTokens: number
  readonly cachedTokens: number
  readonly outputTokens: number
  /** Size of the last request's context and the model's window, in tokens, where the agent tells. */
  readonly contextTokens?: number
  readonly contextWindow?: number
  /** US dollars, where the agent tells; never computed by us. */
  readonly costUsd?: number
}

export type TurnCause = { readonly delivery: DeliveryId } | 'human'

export type TurnOutcome =
  | { readonly type: 'completed' }
  | { readonly type: 'interrupted' }
  /** `cause` is a short closed word for the machine, `detail` the agent's own words for the human. */
  | { readonly type: 'failed'; readonly cause: FailureCause; readonly detail: string }

export type FailureCause = 'quota' | 'auth' | 'model' | 'network' | 'server' | 'crash' | 'unknown'

export interface Question {
  readonly id: string
  readonly header: string
  readonly text: string
  readonly options: readonly { readonly label: string; readonly description: string }[]
  readonly multiple: boolean
  /** The agent takes an answer in the human's own words too. */
  readonly freeText: boolean
}

/** Something an agent waits for a human to decide. */
export type AgentRequest =
  | {
      readonly type: 'approval'
      readonly id: RequestId
      /** What is asked, e.g. `Run a command`, `Edit 2 files`, `Use the tool X`. */
      readonly title: string
      /** The exact command, diff or tool input, whole; control bytes already stripped. */
      readonly body: string
      /** Why, in the agent's words; may be empty. */
      readonly reason: string
      /** What this agent can be told; always contains `allow` and `deny`. */
      readonly choices: readonly ApprovalChoice[]
      /** What `allowForSession` allows until the program ends, a line each, as the agent's rule has it; absent: untold. */
      readonly covers?: readonly string[]
    }
  | { readonly type: 'question'; readonly id: RequestId; readonly questions: readonly Question[] }

export type ApprovalChoice = 'allow' | 'allowForSession' | 'deny'

export type Answer =
  | { readonly type: 'approval'; readonly choice: ApprovalChoice; readonly message?: string }
  /** Question id → chosen labels or the human's own words. */
  | { readonly type: 'question'; readonly answers: Readonly<Record<string, readonly string[]>> }

/** `via` of a message that was found in the agent's own record after its program was gone for a while. */
export const VIA_RECORD = 'record'

export type AgentEvent =
  /** The program is up and takes messages. `session` is the exact id to resume by; re-sent when it changes. */
  | { readonly type: 'ready'; readonly session: string; readonly version: string; readonly model?: string }
  | { readonly type: 'turnStarted'; readonly turn: TurnId; readonly cause: TurnCause }
  /** The agent's own signal that it took *this* message. `via` names the signal, e.g. `UserPromptSubmit`. */
  | { readonly type: 'messageTaken'; readonly id: DeliveryId; readonly via: string }
  /** The agent will never take this message (refused, or lost with its process); it may be sent again. */
  | { readonly type: 'messageLost'; readonly id: DeliveryId; readonly why: string }
  /** An assistant message inside a turn; not the end of it. */
  | { readonly type: 'said'; readonly turn: TurnId; readonly text: string }
  /** Really over: nothing running in the background, no open question. `text` is the final message. */
  | {
      readonly type: 'turnEnded'
      readonly turn: TurnId
      readonly outcome: TurnOutcome
      readonly text: string
    }
  | { readonly type: 'requestOpened'; readonly request: AgentRequest }
  /** Settled anywhere: from our inbox, in the TUI, or withdrawn by the agent. `summary` is for the timeline. */
  | {
      readonly type: 'requestClosed'
      readonly id: RequestId
      readonly by: 'inbox' | 'terminal' | 'agent'
      readonly summary: string
    }
  | { readonly type: 'usage'; readonly usage: Usage }
  /** Its provider refuses it until then (ISO 8601 UTC), by the provider's own account; told before or after the turn fails. */
  | { readonly type: 'limit'; readonly resetsAt: string }
  /** Something the human should know that stops nothing by itself: an unknown version, a dialog that blocks start-up. */
  | { readonly type: 'notice'; readonly text: string }
  /** The model server fails, and the program tries again by itself; told once until it `wentOn` with the turn. */
  | { readonly type: 'stalled'; readonly cause: FailureCause; readonly text: string }
  | { readonly type: 'wentOn' }
  /** The TUI's process is gone. `session` can be resumed when `resumable`. */
  | {
      readonly type: 'exited'
      readonly code: number | null
      readonly signal: string | null
      readonly resumable: boolean
    }
