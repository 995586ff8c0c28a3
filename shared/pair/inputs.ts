/** What comes into the machine (commands of the human, signals of the host) and what it asks of the host (effects). */
import type { AgentEvent, Answer } from '../agent/event'
import type { DeliveryId, FindingId, RequestId, TurnId } from '../ids'
import type { FindingAnswer, Review, Ruling } from '../review/finding'
import type { PlanItem } from '../review/plan'
import type { ProofCommand, ProofResult } from '../review/proof'
import type { Report } from '../review/report'
import type { PairEvent } from './events'
import type { Measure } from './model'
import type { SeatId } from './seat'

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
  /** What a limit holds goes on by itself when the limit is over; again: not after all. */
  | { readonly type: 'goOnAtReset' }
  /** A message that was not accepted comes back, if the agent's own record does not have it: to be edited or dropped. */
  | { readonly type: 'takeBack' }
  /** The human's own verdict on an unclear review. */
  | { readonly type: 'rule'; readonly verdict: 'pass' | 'changes' }
  | { readonly type: 'restartSeat'; readonly seat: SeatId }
  | { readonly type: 'reopen' }
  | { readonly type: 'editPlan'; readonly items: readonly PlanItem[]; readonly reason: string }
  | { readonly type: 'approvePlan' }
  /** Work begins although there is no plan, or none that passed. */
  | { readonly type: 'skipPlan' }
  | { readonly type: 'runProof' }
  | { readonly type: 'stopProof' }
  | { readonly type: 'setProof'; readonly proof: ProofCommand | null }
  | {
      readonly type: 'ruleFinding'
      readonly id: FindingId
      readonly ruling: Ruling
      readonly reason: string
    }
  | { readonly type: 'promoteFinding'; readonly id: FindingId }
  /** The next review is a double one (again: it is not); when nothing runs, it begins at once. */
  | { readonly type: 'doubleReview' }
  /** Files that no plan item names are well. */
  | { readonly type: 'acceptUnplanned' }
  /** They are not: the driver is to take them back or give a reason. */
  | { readonly type: 'returnUnplanned' }
  | { readonly type: 'restore'; readonly checkpoint: number }

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
  | {
      readonly type: 'plan'
      readonly seat: SeatId
      readonly items: readonly PlanItem[]
      readonly reason: string
    }
  | {
      readonly type: 'report'
      readonly seat: SeatId
      readonly report: Report
      readonly followUps: readonly string[]
    }
  | { readonly type: 'answers'; readonly seat: SeatId; readonly answers: readonly FindingAnswer[] }
  | { readonly type: 'proofEnded'; readonly run: number; readonly result: ProofResult }
  /** The workspace as it is now; null outside git, or when it could not be read. */
  | { readonly type: 'settled'; readonly tree: string | null }
  | {
      readonly type: 'restored'
      readonly checkpoint: number
      readonly tree: string
      readonly kept: number
      readonly keptTree: string | null
      readonly problem: string | null
    }
  | { readonly type: 'timeIsUp' }
  /** The time has come at which the provider said it would take this seat again. */
  | { readonly type: 'limitEnded'; readonly seat: SeatId; readonly resetsAt: string }
  /** The machine slept while the cap on minutes was counted. */
  | { readonly type: 'slept'; readonly ms: number }
  /** No sign of this seat since `since`; `last` is what was seen then. */
  | { readonly type: 'quiet'; readonly seat: SeatId; readonly since: string; readonly last: string }
  /** A sign that is no event of its own, such as a tool that was called. */
  | { readonly type: 'heard'; readonly seat: SeatId }
  | { readonly type: 'pullRequest'; readonly url: string }
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
  /** Run the proof; also after a restart of the app, from the beginning. */
  | { readonly type: 'prove'; readonly run: number; readonly proof: ProofCommand }
  | { readonly type: 'stopProof'; readonly run: number }
  /** Read the workspace for the last time before the pair agrees. */
  | { readonly type: 'settle' }
  /** Keep the present work as checkpoint `keepAs`, then put the work tree back to `tree`. */
  | {
      readonly type: 'restore'
      readonly checkpoint: number
      readonly tree: string
      readonly keepAs: number
      /** The app ended in the middle of it. */
      readonly again: boolean
    }
  /** Tell when it is this time; replaces an earlier one of the seat. */
  | { readonly type: 'awaitReset'; readonly seat: SeatId; readonly resetsAt: string }
  /** Tell when this many milliseconds are over; replaces an earlier one. */
  | { readonly type: 'wake'; readonly afterMs: number }
