/** The facts of a pair. Its state is a fold of its journal, and the journal holds these and nothing else. */
import type { AgentRequest, Answer, TurnCause, TurnOutcome, Usage } from '../agent/event'
import type { DeliveryId, FindingId, PairId, RequestId, TurnId } from '../ids'
import type { FindingAnswer, FindingMatch, JudgedFinding, Review, Ruling, Verdict } from '../review/finding'
import type { PlanItem } from '../review/plan'
import type { ProofCommand, ProofResult } from '../review/proof'
import type { Report } from '../review/report'
import type { Caps, DeliveryKind, EndReason, HoldWhy, Measure, ReviewTarget, Terms } from './model'
import type { SeatConfig, SeatId } from './seat'

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
      /** SHA-256 of the intent's UTF-8 bytes, lowercase hex; absent in journals of before. */
      readonly intentHash?: string
      readonly terms?: Terms
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
  /** The verdict that counts, at the end of the reviewer's turn, of both their turns, or by the human. */
  | {
      readonly type: 'reviewed'
      /** Who reviewed; in a double review the navigator. */
      readonly seat: SeatId
      readonly verdict: Verdict
      readonly by: 'navigator' | 'human' | 'both'
      readonly summary: string
      readonly findings: readonly JudgedFinding[]
      /** The plan version that was reviewed; absent: the work. */
      readonly plan?: number
      readonly target?: ReviewTarget | null
      /** Double review only: which findings were one, and both verdicts. */
      readonly matches?: readonly FindingMatch[]
      readonly verdicts?: Readonly<Record<SeatId, 'pass' | 'changes'>>
      /** It said nothing that an earlier review had not said; two in a row end the pair. */
      readonly nothingNew?: boolean
    }
  /** `seat` null: by the human. Versions count from 1. */
  | {
      readonly type: 'planProposed'
      readonly seat: SeatId | null
      readonly version: number
      readonly items: readonly PlanItem[]
      readonly reason: string
    }
  /** Planning is over; `version` null: the human lets the driver go on without a plan. */
  | { readonly type: 'planSettled'; readonly version: number | null; readonly by: 'navigator' | 'human' }
  | { readonly type: 'doneReported'; readonly seat: SeatId; readonly report: Report }
  /** What the driver left for another task. */
  | { readonly type: 'followUpsNamed'; readonly seat: SeatId; readonly findings: readonly JudgedFinding[] }
  | { readonly type: 'findingsAnswered'; readonly seat: SeatId; readonly answers: readonly FindingAnswer[] }
  | {
      readonly type: 'findingRuled'
      readonly id: FindingId
      readonly ruling: Ruling
      readonly reason: string
    }
  | { readonly type: 'findingPromoted'; readonly id: FindingId }
  | { readonly type: 'proofChanged'; readonly proof: ProofCommand | null }
  /** `run` numbers the runs of a pair from 1. */
  | {
      readonly type: 'proofStarted'
      readonly run: number
      readonly by: 'report' | 'human'
      readonly proof: ProofCommand
      /** The second try of one that passed while files changed. */
      readonly again?: boolean
    }
  | { readonly type: 'proofStopping'; readonly run: number }
  | { readonly type: 'proofEnded'; readonly run: number; readonly result: ProofResult }
  /** It failed and goes back to the driver; `count` in a row. */
  | { readonly type: 'proofSentBack'; readonly run: number; readonly count: number }
  | { readonly type: 'doubleReviewRequested' }
  | { readonly type: 'doubleReviewWithdrawn' }
  | { readonly type: 'doubleReviewStarted'; readonly target: ReviewTarget | null }
  /** All agree; the workspace is looked at once more, because a later edit makes proof and verdict stale. */
  | { readonly type: 'agreementChecking' }
  | { readonly type: 'unplannedAccepted'; readonly files: readonly string[] }
  | { readonly type: 'restoring'; readonly checkpoint: number; readonly tree: string }
  /** `kept`: the checkpoint that holds what was there before. `problem`: nothing was restored, or not all; says what. */
  | {
      readonly type: 'restored'
      readonly checkpoint: number
      readonly tree: string
      readonly kept: number
      readonly keptTree: string | null
      readonly problem: string | null
    }
  | { readonly type: 'capReached'; readonly cap: 'minutes' | 'tokens' }
  /** The machine slept so many milliseconds, which do not count towards the cap on minutes. */
  | { readonly type: 'slept'; readonly ms: number }
  /** The human let an ended pair go on. */
  | { readonly type: 'continued'; readonly why: string }
  | { readonly type: 'pullRequestDrafted'; readonly url: string }
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
  /** It works and has given no sign since `since`; `last` says what it did then. Nothing is ended because of it. */
  | { readonly type: 'seatQuiet'; readonly seat: SeatId; readonly since: string; readonly last: string }
  /** A sign of a seat that had been quiet. */
  | { readonly type: 'seatHeard'; readonly seat: SeatId }
  /** Its provider refuses it until then. */
  | { readonly type: 'limitTold'; readonly seat: SeatId; readonly resetsAt: string }
  /** The human lets it go on by itself at that time, or not after all. */
  | { readonly type: 'goOnPlanned'; readonly seat: SeatId }
  | { readonly type: 'goOnWithdrawn'; readonly seat: SeatId }
  /** That time has come. */
  | { readonly type: 'limitOver'; readonly seat: SeatId }
  | { readonly type: 'usageReported'; readonly seat: SeatId; readonly usage: Usage }
  | { readonly type: 'noticed'; readonly seat: SeatId | null; readonly text: string }
  | { readonly type: 'ended'; readonly reason: EndReason; readonly detail: string }

/** An event as it stands in the journal. `seq` counts from 0 without gaps; `at` is ISO 8601 UTC with milliseconds. */
export type Stamped<E = PairEvent> = E & { readonly seq: number; readonly at: string }
