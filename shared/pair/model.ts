/**
 * The words of the relay machine (docs: relay). The state of a pair is a fold of its journal; every fact that
 * matters is one of the events below, and every choice a union, so that the compiler finds the missing case.
 */
import type {
  AgentEvent,
  AgentRequest,
  Answer,
  FailureCause,
  TurnCause,
  TurnOutcome,
  Usage,
} from '../agent/event'
import type { DeliveryId, PairId, RequestId, TurnId } from '../ids'
import type { Finding, Review, Verdict } from '../review/finding'
import type { SeatConfig, SeatId } from './seat'

export interface Caps {
  /** The pair ends when this many rounds have been reviewed without a pass. At least 1. */
  readonly rounds: number
}

/** Lines changed between two trees. `files` is bounded; `fileCount` tells the whole number. */
export interface Diffstat {
  readonly fileCount: number
  readonly added: number
  readonly removed: number
  readonly files: readonly { readonly path: string; readonly added: number; readonly removed: number }[]
}

/** What a review is about: two git trees by full hash; `base` is the workspace when the pair began. */
export interface ReviewTarget {
  readonly base: string
  readonly tree: string
}

/** What was found in the workspace when a driver's turn ended. Both are null outside git; `note` then says so. */
export interface Measure {
  readonly diffstat: Diffstat | null
  readonly target: ReviewTarget | null
  readonly note: string
}

export type DeliveryKind = 'opening' | 'handoff' | 'steer' | 'reminder' | 'notice'

export type HoldWhy =
  /** The human paused the relay. */
  | { readonly type: 'paused' }
  /** A turn was stopped by the human; goes on with Resume or Hand over. */
  | { readonly type: 'interrupted'; readonly seat: SeatId }
  /** A turn failed or its program died; nothing was handed over. */
  | { readonly type: 'trouble'; readonly seat: SeatId; readonly cause: FailureCause; readonly detail: string }
  /** The navigator gave no verdict, even when reminded. */
  | { readonly type: 'unclear'; readonly seat: SeatId }
  /** The agent did not say that it took the message. */
  | { readonly type: 'notAccepted'; readonly delivery: DeliveryId; readonly detail: string }

/** What can hold the relay; requests hold too, for as long as they are open. */
export type Hold = HoldWhy & { readonly since: string }

/** Why a pair ended: the navigator passed, the rounds were used up, or the human ended it. */
export type EndReason = 'passed' | 'cap' | 'human'

export type PairEvent =
  | {
      readonly type: 'pairStarted'
      readonly pair: PairId
      /** Random lowercase hex, 4 characters; makes this pair's delivery ids unlike any other pair's. */
      readonly salt: string
      readonly intent: string
      readonly folder: string
      /** Branch name, or null outside git or on a detached HEAD. */
      readonly branch: string | null
      readonly git: boolean
      /** The workspace as it was, as a git tree's full hash; null outside git. Every review is against it. */
      readonly base: string | null
      readonly seats: Readonly<Record<SeatId, SeatConfig>>
      readonly driver: SeatId
      readonly caps: Caps
    }
  /** The app was restarted, or the pair was closed and opened again; agents are resumed by exact session. */
  | { readonly type: 'pairReopened' }
  | { readonly type: 'seatStarting'; readonly seat: SeatId; readonly resume: string | null }
  | {
      readonly type: 'seatReady'
      readonly seat: SeatId
      readonly session: string
      readonly version: string
      readonly model: string | null
    }
  /** The program could not be started; `message` says what to do. */
  | { readonly type: 'seatFailed'; readonly seat: SeatId; readonly message: string }
  | {
      readonly type: 'seatExited'
      readonly seat: SeatId
      readonly code: number | null
      readonly signal: string | null
      readonly resumable: boolean
    }
  | {
      readonly type: 'deliveryQueued'
      readonly id: DeliveryId
      readonly to: SeatId
      readonly kind: DeliveryKind
      /** Steers only: `now` goes into the running turn, `next` with the next handoff to that seat. */
      readonly when: 'now' | 'next'
      /** The body; its header is made when it is sent. The human may edit it while it waits. */
      readonly text: string
    }
  | { readonly type: 'deliveryEdited'; readonly id: DeliveryId; readonly text: string }
  | { readonly type: 'deliveryDropped'; readonly id: DeliveryId; readonly why: string }
  /** Journalled before the adapter is called. `carries`: waiting steers that go in the same message. */
  | {
      readonly type: 'deliverySending'
      readonly id: DeliveryId
      readonly carries: readonly DeliveryId[]
      readonly mode: 'launch' | 'message' | 'steer'
    }
  | { readonly type: 'deliveryAccepted'; readonly id: DeliveryId; readonly via: string }
  /** The agent did not answer for it: its own record is asked before it may be sent again. */
  | { readonly type: 'deliveryChecking'; readonly id: DeliveryId }
  /** It did not reach the agent and waits again. */
  | { readonly type: 'deliveryReturned'; readonly id: DeliveryId; readonly why: string }
  | { readonly type: 'turnStarted'; readonly seat: SeatId; readonly turn: TurnId; readonly cause: TurnCause }
  | { readonly type: 'said'; readonly seat: SeatId; readonly turn: TurnId; readonly text: string }
  | {
      readonly type: 'turnEnded'
      readonly seat: SeatId
      readonly turn: TurnId
      readonly outcome: TurnOutcome
      readonly text: string
    }
  | { readonly type: 'turnMeasured'; readonly turn: TurnId; readonly measure: Measure }
  | { readonly type: 'reviewSubmitted'; readonly seat: SeatId; readonly review: Review }
  /** The verdict that counts, at the end of the navigator's turn or by the human. */
  | {
      readonly type: 'reviewed'
      readonly seat: SeatId
      readonly verdict: Verdict
      readonly by: 'navigator' | 'human'
      readonly summary: string
      readonly findings: readonly Finding[]
    }
  | { readonly type: 'requestOpened'; readonly seat: SeatId; readonly request: AgentRequest }
  | { readonly type: 'requestAnswered'; readonly id: RequestId; readonly answer: Answer }
  | {
      readonly type: 'requestClosed'
      readonly id: RequestId
      readonly by: 'inbox' | 'terminal' | 'agent'
      readonly summary: string
    }
  | { readonly type: 'held'; readonly why: HoldWhy }
  | { readonly type: 'released'; readonly why: HoldWhy['type'] }
  | { readonly type: 'stepAllowed' }
  /** The human stopped a running turn: to pause at once, or to end the round and hand over what there is. */
  | { readonly type: 'turnInterrupting'; readonly seat: SeatId; readonly purpose: 'hold' | 'handOver' }
  /** The driver's work so far goes to the navigator; `turn` names what is measured. */
  | { readonly type: 'handingOver'; readonly turn: TurnId }
  | { readonly type: 'swapRequested' }
  | { readonly type: 'swapWithdrawn' }
  | { readonly type: 'rolesSwapped'; readonly driver: SeatId }
  | { readonly type: 'roundStarted'; readonly round: number }
  | { readonly type: 'usageReported'; readonly seat: SeatId; readonly usage: Usage }
  | { readonly type: 'noticed'; readonly seat: SeatId | null; readonly text: string }
  | { readonly type: 'ended'; readonly reason: EndReason; readonly detail: string }

/** An event as it stands in the journal. `seq` counts from 0 without gaps; `at` is ISO 8601 UTC with milliseconds. */
export type Stamped<E = PairEvent> = E & { readonly seq: number; readonly at: string }

export interface Delivery {
  readonly id: DeliveryId
  readonly to: SeatId
  readonly kind: DeliveryKind
  readonly when: 'now' | 'next'
  readonly text: string
  readonly status: 'waiting' | 'sending' | 'accepted'
  readonly carries: readonly DeliveryId[]
}

export type SeatStatus =
  | { readonly type: 'starting' }
  | { readonly type: 'idle' }
  | { readonly type: 'working'; readonly turn: TurnId; readonly cause: TurnCause; readonly since: string }
  | { readonly type: 'exited'; readonly code: number | null; readonly resumable: boolean }
  | { readonly type: 'failed'; readonly message: string }

export interface SeatState {
  readonly config: SeatConfig
  readonly status: SeatStatus
  readonly session: string | null
  readonly version: string
  readonly model: string | null
  readonly usage: Usage | null
  /** The body of the last opening, handoff or reminder it was given; sent again by Retry. */
  readonly lastTask: string | null
  /** Its last turn failed, or its program died while it worked; told so when it is back. */
  readonly lostTurn: boolean
}

export type Stage =
  /** `measuring`: its turn is over and the workspace is being read. */
  | { readonly phase: 'driving'; readonly measuring: TurnId | null }
  | {
      readonly phase: 'reviewing'
      readonly target: ReviewTarget | null
      readonly reminded: boolean
      readonly review: Review | null
    }
  | { readonly phase: 'ended'; readonly reason: EndReason; readonly detail: string }

export interface PairState {
  /** The last event folded in; -1 before the first. */
  readonly seq: number
  readonly pair: PairId
  readonly salt: string
  readonly intent: string
  readonly folder: string
  readonly branch: string | null
  readonly git: boolean
  readonly base: string | null
  readonly startedAt: string
  readonly endedAt: string | null
  readonly seats: Readonly<Record<SeatId, SeatState>>
  readonly driver: SeatId
  readonly stage: Stage
  readonly round: number
  readonly caps: Caps
  readonly holds: readonly Hold[]
  readonly requests: readonly {
    readonly seat: SeatId
    readonly request: AgentRequest
    readonly since: string
    readonly answered: boolean
  }[]
  /** Deliveries that still matter, oldest first: waiting, on the way, or taken by a turn that goes on. */
  readonly outbox: readonly Delivery[]
  readonly stepAllowed: boolean
  readonly swapRequested: boolean
  /** Set between an End round and the end of the turn that it stops. */
  readonly endingRound: boolean
  /** The last words of each seat's last turn, for what is handed over when a round is ended early. */
  readonly lastText: Readonly<Record<SeatId, string>>
  readonly lastTurn: Readonly<Record<SeatId, TurnId | null>>
  readonly lastMeasure: Measure | null
}

/** What the human can ask for. Every button, key and menu entry is one of these. */
export type Command =
  | { readonly type: 'pause'; readonly now: boolean }
  | { readonly type: 'resume' }
  | { readonly type: 'step' }
  | {
      readonly type: 'steer'
      readonly to: SeatId | 'both'
      readonly when: 'now' | 'next'
      readonly text: string
    }
  | { readonly type: 'editDelivery'; readonly id: DeliveryId; readonly text: string }
  | { readonly type: 'dropDelivery'; readonly id: DeliveryId }
  | { readonly type: 'swap' }
  | { readonly type: 'endRound' }
  | { readonly type: 'end' }
  | { readonly type: 'answer'; readonly id: RequestId; readonly answer: Answer }
  /** After an interrupted, failed or unclear turn: hand over what there is. */
  | { readonly type: 'handOver' }
  /** Gives the seat its last task again (trouble, unclear), or sends the message that was not accepted again. */
  | { readonly type: 'retry' }
  /** The human's own verdict on an unclear review. */
  | { readonly type: 'rule'; readonly verdict: 'pass' | 'changes' }
  | { readonly type: 'restartSeat'; readonly seat: SeatId }
  | { readonly type: 'reopen' }

/** What the machine is told by the host: signals of agents and outcomes of effects. */
export type Signal =
  | { readonly type: 'agent'; readonly seat: SeatId; readonly event: AgentEvent }
  | { readonly type: 'launchFailed'; readonly seat: SeatId; readonly message: string }
  | { readonly type: 'deliverFailed'; readonly id: DeliveryId; readonly why: string }
  /** It is not in the agent's own record, so it may be sent again. */
  | { readonly type: 'notTaken'; readonly id: DeliveryId }
  | { readonly type: 'acceptTimedOut'; readonly id: DeliveryId }
  /** The agent did not get this answer, or could not take it. */
  | { readonly type: 'answerFailed'; readonly id: RequestId; readonly why: string }
  | { readonly type: 'measured'; readonly turn: TurnId; readonly measure: Measure }
  | { readonly type: 'review'; readonly seat: SeatId; readonly review: Review }
  | { readonly type: 'notice'; readonly seat: SeatId | null; readonly text: string }

export type Start = Omit<Extract<PairEvent, { type: 'pairStarted' }>, 'type'>

export type Input =
  | { readonly type: 'start'; readonly start: Start }
  | { readonly type: 'command'; readonly command: Command }
  | { readonly type: 'signal'; readonly signal: Signal }

/** Why a command does not apply now; `message` is shown to the human or told to the agent. */
export interface Refusal {
  readonly type: 'refused'
  readonly message: string
}

/** What the host must do because of an event; data, run after the event is on disk. */
export type Effect =
  | {
      readonly type: 'launch'
      readonly seat: SeatId
      readonly resume: string | null
      readonly opening: DeliveryId | null
    }
  | {
      readonly type: 'deliver'
      readonly seat: SeatId
      readonly id: DeliveryId
      readonly mode: 'message' | 'steer'
    }
  | { readonly type: 'awaitAcceptance'; readonly id: DeliveryId }
  /** Look for deliveries that were on the way in the agent's own record, after it was resumed. */
  | { readonly type: 'recheck'; readonly seat: SeatId; readonly ids: readonly DeliveryId[] }
  | { readonly type: 'interrupt'; readonly seat: SeatId }
  | { readonly type: 'answer'; readonly seat: SeatId; readonly id: RequestId; readonly answer: Answer }
  | { readonly type: 'measure'; readonly turn: TurnId }
