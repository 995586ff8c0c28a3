/**
 * A seat's adapter: how one agent program is found, started, spoken to and resumed. One folder per agent.
 * Rules: a structured channel first; never a key into anything but an idle prompt; nothing is written into the
 * user's own agent configuration; every signal becomes an `AgentEvent`; a message is accepted only when the
 * agent says so.
 */
import type { AgentEvent, Answer } from '../../shared/agent/event'
import type { AgentInfo } from '../../shared/agent/info'
import type { ToolReply, ToolSpec } from '../../shared/agent/tools'
import type { DeliveryId, PairId, RequestId } from '../../shared/ids'
import type { AgentKind, SeatConfig, SeatId } from '../../shared/pair/seat'
import type { Result } from '../../shared/result'
import type { Pty, PtySpec } from '../pty/pty'

/** A message for an agent: `text` already carries the `[duologue <id>]` header and no control bytes. */
export interface Message {
  readonly id: DeliveryId
  readonly text: string
  /** A few words for the TUI's own list of messages, e.g. `Message from Codex · round 2`. */
  readonly summary: string
}

/** What an adapter that types must know of the terminal; never what the program shows. */
export interface SeatTerminal {
  /** Keys, pastes and mouse reports from the human, as they are sent to the program. Returns its unsubscribe. */
  onHumanInput(listener: (data: string) => void): () => void
  /** The program has asked for bracketed paste (mode 2004). */
  bracketedPaste(): Promise<boolean>
  /** How often a text that we typed ourselves stands on the screen: whether it has reached the prompt. */
  echoes(typed: string): Promise<number>
}

export interface LaunchError {
  readonly cause: 'missing' | 'tooOld' | 'signedOut' | 'folder' | 'failed'
  /** What happened and what the human can do, in a sentence or two. */
  readonly message: string
}

/** Everything an adapter is given; it reaches for nothing else. */
export interface SeatContext {
  readonly pair: PairId
  readonly seat: SeatId
  readonly config: SeatConfig
  /** The pair's workspace, absolute. */
  readonly folder: string
  /** A private directory (0700) of this seat for sockets, settings and role files; survives restarts of the app. */
  readonly dir: string
  /** The login shell's environment, already without the variables of an enclosing agent session. */
  readonly env: Readonly<Record<string, string>>
  /** Standing instructions for the agent: what Duologue is, what headers mean, when to call which tool. */
  readonly instructions: string
  readonly tools: readonly ToolSpec[]
  /**
   * The human's first message, when this seat opens the pair: given with the launch where the agent can. It may have been
   * taken in a former life of the app that did not come to journal the session: see `noted-session.ts`.
   */
  readonly opening?: Message
  /** The exact session to go on with, after a restart. */
  readonly resume?: string
  readonly emit: (event: AgentEvent) => void
  /** A sign of life that is no event, in the past tense; cheap, called for every raw signal of the agent. */
  readonly heard?: (what: string) => void
  /** Answers a tool call of the agent. Never throws; a malformed call gets a reply that says how to call right. */
  readonly callTool: (name: string, args: unknown) => Promise<ToolReply>
  /** Starts the TUI in this seat's terminal; bytes are shown and recorded by the host, not by the adapter. */
  readonly spawn: (spec: Omit<PtySpec, 'cols' | 'rows'>) => Pty
  /** The seat's terminal; without it an adapter cannot type. */
  readonly terminal?: SeatTerminal
  /** Diagnostics for the log file; never secrets, never message text. */
  readonly log: (line: string) => void
}

export type DeliverError =
  /** Nothing reached the agent; the message may be sent again. */
  | { readonly type: 'notSent'; readonly why: string }
  /** Cannot be done in this state, e.g. no turn to steer. */
  | { readonly type: 'notNow'; readonly why: string }

export interface Seat {
  /**
   * Hands a message to the agent's channel; resolves when handed over, which is not acceptance: that is the
   * event `messageTaken`. While busy, the message waits in the agent's own queue or is refused with `notNow`.
   */
  deliver(message: Message): Promise<Result<void, DeliverError>>
  /** Puts a message into the running turn, at the next point where the agent reads one. */
  steer(message: Message): Promise<Result<void, DeliverError>>
  /** Stops the running turn; the outcome arrives as `turnEnded` with `interrupted`. */
  interrupt(): Promise<Result<void, DeliverError>>
  answer(id: RequestId, answer: Answer): Promise<Result<void, DeliverError>>
  /** True when the agent's own record shows that it took this message; used after a crash. */
  took(id: DeliveryId): Promise<boolean>
  /** Ends every process of the seat and waits for them; bounded in time; safe to call twice. */
  stop(): Promise<void>
}

export interface Agent {
  readonly kind: AgentKind
  /** Never throws; bounded to a few seconds; starts no session and writes nothing. */
  detect(env: Readonly<Record<string, string>>): Promise<AgentInfo>
  start(context: SeatContext): Promise<Result<Seat, LaunchError>>
}
