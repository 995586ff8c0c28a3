/**
 * The words of the relay machine (docs: relay): what a pair's state is made of. Every choice is a union, so that the
 * compiler finds the missing case. What happens is in `events`, what comes in and goes out in `inputs`.
 */
import type { AgentRequest, FailureCause, TurnCause, Usage } from '../agent/event'
import type { DeliveryId, PairId, TurnId } from '../ids'
import type { FindingRecord, Review } from '../review/finding'
import type { PlanVersion } from '../review/plan'
import type { ProofCommand, ProofResult } from '../review/proof'
import type { Report } from '../review/report'
import type { SeatConfig, SeatId } from './seat'

export interface Caps {
  /** The pair ends when this many rounds have been reviewed without a pass. At least 1. */
  readonly rounds: number
  /** Minutes that the pair may be open; absent: no cap. The turn that runs then is let to its end. */
  readonly minutes?: number
  /** Tokens of both agents together, by their own count and without cached input; absent: no cap. */
  readonly tokens?: number
}

/** What the human and the pair agreed on at the start, beside the intent. */
export interface Terms {
  /** `reviewed`: no code before the navigator passed a plan. `approved`: nor before the human did. */
  readonly planFirst: 'no' | 'reviewed' | 'approved'
  /** Null: no proof is asked for. */
  readonly proof: ProofCommand | null
  /** Work that is reported done is reviewed by both, neither seeing the other's review. */
  readonly doubleReview: boolean
  /** Changed files that no plan item names hold the pair before it agrees. */
  readonly holdUnplanned: boolean
}

export const noTerms: Terms = { planFirst: 'no', proof: null, doubleReview: false, holdUnplanned: false }

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
  /** The whole change since the pair began; absent in journals of before. */
  readonly whole?: Diffstat | null
  /** The work is kept under `refs/duologue/<pair>/<checkpoint>`. */
  readonly checkpoint?: number
}

export type DeliveryKind = 'opening' | 'handoff' | 'steer' | 'reminder' | 'notice'

export type HoldWhy =
  /** The human paused the relay. */
  | { readonly type: 'paused' }
  /** A turn was stopped by the human; goes on with Resume or Hand over. */
  | { readonly type: 'interrupted'; readonly seat: SeatId }
  /** A turn failed or its program died; nothing was handed over. */
  | { readonly type: 'trouble'; readonly seat: SeatId; readonly cause: FailureCause; readonly detail: string }
  /** Its provider refuses it: a quota or rate limit. `detail`: the provider's words; `resetsAt` null: it did not say when. */
  | {
      readonly type: 'quota'
      readonly seat: SeatId
      readonly detail: string
      readonly resetsAt: string | null
    }
  /** The navigator gave no verdict, even when reminded. */
  | { readonly type: 'unclear'; readonly seat: SeatId }
  /** The agent did not say that it took the message. */
  | { readonly type: 'notAccepted'; readonly delivery: DeliveryId; readonly detail: string }
  /** The driver made no plan, even when reminded. */
  | { readonly type: 'noPlan'; readonly seat: SeatId }
  /** The navigator passed the plan; the human is to approve it. */
  | { readonly type: 'planApproval' }
  /** All is agreed but for files that no plan item names. */
  | { readonly type: 'unplanned'; readonly files: readonly string[] }
  /** The seat says the same again, or only courtesies. */
  | { readonly type: 'repetition'; readonly seat: SeatId; readonly detail: string }

/** What can hold the relay; requests hold too, for as long as they are open. */
export type Hold = HoldWhy & { readonly since: string }

/**
 * Why a pair ended. `agreed`: reported done, the proof passed and the same tree passed review. `converged`: two
 * reviews in a row had nothing new to say. `passed` stands in journals of before agreement was evidence; it is read,
 * never written.
 */
export type EndReason = 'agreed' | 'converged' | 'cap' | 'human' | 'failed' | 'passed'

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
  /** Of all its sessions together; the context is the last one's. */
  readonly usage: Usage | null
  /** What each session has used: an agent counts within its session, and a seat may get another one. */
  readonly sessionUsage: Readonly<Record<string, Usage>>
  /** The body of the last opening, handoff or reminder it was given; sent again by Retry. */
  readonly lastTask: string | null
  /** Its last turn failed, or its program died while it worked; told so when it is back. */
  readonly lostTurn: boolean
  /** It works and seems stuck: its last sign, and what that was. Null: it does not. */
  readonly quiet: { readonly since: string; readonly last: string } | null
  /** Its provider refuses it until `resetsAt`; `goesOn`: the human lets it go on by itself then. */
  readonly limit: { readonly resetsAt: string; readonly goesOn: boolean; readonly over: boolean } | null
}

/** One reviewer of a double review. */
export interface BlindReviewer {
  readonly review: Review | null
  readonly reminded: boolean
}

export type Stage =
  /** The driver makes a plan; no code yet. */
  | { readonly phase: 'planning'; readonly reminded: boolean }
  | {
      readonly phase: 'planReview'
      readonly version: number
      readonly reminded: boolean
      readonly review: Review | null
    }
  /** `measuring`: its turn is over and the workspace is being read. */
  | { readonly phase: 'driving'; readonly measuring: TurnId | null }
  /** The driver reported done and the proof runs. */
  | { readonly phase: 'proving'; readonly run: number }
  | {
      readonly phase: 'reviewing'
      readonly target: ReviewTarget | null
      readonly reminded: boolean
      readonly review: Review | null
    }
  | {
      readonly phase: 'doubleReview'
      readonly target: ReviewTarget | null
      readonly reviewers: Readonly<Record<SeatId, BlindReviewer>>
    }
  /** All agree on this tree, if the workspace still is it. */
  | { readonly phase: 'settling' }
  | { readonly phase: 'ended'; readonly reason: EndReason; readonly detail: string }

/** A run of the proof. `result` null: it runs. */
export interface ProofRun {
  readonly run: number
  readonly by: 'report' | 'human'
  readonly proof: ProofCommand
  readonly startedAt: string
  readonly stopping: boolean
  readonly again: boolean
  readonly result: ProofResult | null
}

export interface Checkpoint {
  readonly number: number
  readonly tree: string
  readonly at: string
  readonly why: 'start' | 'handoff' | 'beforeRestore'
  readonly round: number
}

export interface PairState {
  /** The last event folded in; -1 before the first. */
  readonly seq: number
  readonly pair: PairId
  readonly salt: string
  readonly intent: string
  /** SHA-256, lowercase hex; empty for pairs of before. */
  readonly intentHash: string
  readonly terms: Terms
  readonly folder: string
  readonly branch: string | null
  readonly git: boolean
  readonly base: string | null
  readonly startedAt: string
  readonly endedAt: string | null
  /** Of the last event. */
  readonly lastAt: string
  /** Open time before `since`, in milliseconds: time while the app was closed does not count against the cap. */
  readonly clock: { readonly usedMs: number; readonly since: string }
  readonly seats: Readonly<Record<SeatId, SeatState>>
  readonly driver: SeatId
  readonly stage: Stage
  readonly round: number
  readonly caps: Caps
  readonly capReached: 'minutes' | 'tokens' | null
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
  /** The next review is a double one. */
  readonly doubleRequested: boolean
  /** Set between an End round and the end of the turn that it stops. */
  readonly endingRound: boolean
  /** The last words of each seat's last turn, for what is handed over when a round is ended early. */
  readonly lastText: Readonly<Record<SeatId, string>>
  /** Final words of each seat's last three completed turns, each bounded, oldest first. */
  readonly recent: Readonly<Record<SeatId, readonly string[]>>
  readonly lastTurn: Readonly<Record<SeatId, TurnId | null>>
  readonly lastMeasure: Measure | null
  /** Oldest first; the last is the plan. */
  readonly plans: readonly PlanVersion[]
  /** The last version that was reviewed; 0 before the first. */
  readonly planJudged: number
  /** Null: planning goes on, or there was none. */
  readonly planSettled: { readonly version: number | null } | null
  /** The claim about the driver's last turn; a later turn takes it away. */
  readonly report: Report | null
  readonly proof: ProofRun | null
  /** Failures in a row that went back to the driver. */
  readonly proofsSentBack: number
  readonly findings: readonly FindingRecord[]
  /** The work that passed review last: its tree, or the turn outside git. Null: none, or it changed since. */
  readonly passed: { readonly work: string; readonly by: 'navigator' | 'human' | 'both' } | null
  /** The work that was reviewed last, in the same words. */
  readonly reviewedWork: string | null
  /** Reviews in a row with nothing new. */
  readonly quietReviews: number
  /** Files that the human accepted although no plan item names them. */
  readonly acceptedFiles: readonly string[]
  readonly checkpoints: readonly Checkpoint[]
  /** A restore under way; done again when the app was closed in its middle. */
  readonly restoring: { readonly checkpoint: number; readonly tree: string; readonly keepAs: number } | null
  readonly pullRequest: string | null
}
