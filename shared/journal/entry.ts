/**
 * The timeline as data: what a person reads of a pair, in order of time. `timeline.ts` folds a journal into these;
 * the window, the exports and the command line all draw from them, so they never tell different stories.
 */
import type { AgentRequest, TurnCause, TurnOutcome } from '../agent/event'
import type { DeliveryId, FindingId, RequestId, TurnId } from '../ids'
import type { DeliveryKind, EndReason, HoldWhy, Measure } from '../pair/model'
import type { AgentKind, Role, SeatId } from '../pair/seat'
import type { FindingAnswer, FindingMatch, JudgedFinding, Ruling, Verdict } from '../review/finding'
import type { PlanItem } from '../review/plan'
import type { ProofResult } from '../review/proof'
import type { Report } from '../review/report'

/** Who speaks: the seat, what it was then, and the program in it. */
export interface Voice {
  readonly seat: SeatId
  readonly role: Role
  readonly agent: AgentKind
}

/** When a delivery reached each station; null: not yet, or never. */
export interface Trail {
  readonly queued: string
  readonly sending: string | null
  readonly accepted: string | null
  readonly answered: string | null
  readonly dropped: string | null
}

/** `seq` of the event that began the entry: unique, stable, and the order of the list. */
interface Base {
  readonly seq: number
  readonly at: string
  readonly round: number
}

export type Entry =
  | (Base & {
      readonly type: 'intent'
      readonly text: string
      readonly folder: string
      readonly branch: string | null
    })
  | (Base & {
      readonly type: 'turn'
      readonly voice: Voice
      readonly turn: TurnId
      readonly cause: TurnCause
      readonly endedAt: string | null
      readonly outcome: TurnOutcome | null
      /** Messages during the turn, then the final one in `text`. */
      readonly said: readonly string[]
      readonly text: string
      readonly measure: Measure | null
      /** Tokens the seat used during this turn, by the agent's own figures; null where it gave none. */
      readonly tokens: number | null
      /** US dollars in the same way; absent where the agent told none. */
      readonly costUsd?: number
    })
  | (Base & {
      readonly type: 'delivery'
      readonly id: DeliveryId
      readonly kind: DeliveryKind
      readonly when: 'now' | 'next'
      readonly from: Voice | 'human' | 'duologue'
      readonly to: Voice
      readonly text: string
      /** As queued, when the human edited it since; else null. */
      readonly original: string | null
      readonly status: 'waiting' | 'sending' | 'accepted' | 'answered' | 'dropped'
      /** Why it was dropped or came back; empty otherwise. */
      readonly detail: string
      /** The delivery it travelled with, when it was a steer for the next handoff. */
      readonly carriedBy: DeliveryId | null
      readonly trail: Trail
      /** For a handoff to the navigator: what the review is about. */
      readonly measure: Measure | null
    })
  | (Base & {
      readonly type: 'review'
      readonly voice: Voice
      readonly verdict: Verdict
      readonly by: 'navigator' | 'human' | 'both'
      readonly summary: string
      readonly findings: readonly JudgedFinding[]
      /** The plan version that it is about; null: the work. */
      readonly plan: number | null
      /** Double review: which findings were one, and why; and both verdicts. */
      readonly matches: readonly FindingMatch[]
      readonly verdicts: Readonly<Record<SeatId, 'pass' | 'changes'>> | null
      readonly nothingNew: boolean
    })
  | (Base & {
      readonly type: 'plan'
      readonly by: Voice | 'human'
      readonly version: number
      readonly items: readonly PlanItem[]
      /** The version before; null for the first. */
      readonly before: readonly PlanItem[] | null
      readonly reason: string
    })
  | (Base & { readonly type: 'report'; readonly voice: Voice; readonly report: Report })
  | (Base & {
      readonly type: 'followUps'
      readonly voice: Voice
      readonly findings: readonly JudgedFinding[]
    })
  | (Base & {
      readonly type: 'answers'
      readonly voice: Voice
      readonly answers: readonly FindingAnswer[]
    })
  | (Base & {
      readonly type: 'proof'
      readonly run: number
      readonly by: 'report' | 'human'
      readonly command: string
      /** Null: it runs. */
      readonly endedAt: string | null
      readonly result: ProofResult | null
      /** How many failures in a row had gone back to the driver with this one; 0: it did not go back. */
      readonly sentBack: number
    })
  | (Base & {
      readonly type: 'ruling'
      readonly id: FindingId
      readonly ruling: Ruling | 'promoted'
      readonly reason: string
    })
  | (Base & {
      readonly type: 'restore'
      readonly checkpoint: number
      readonly tree: string
      readonly kept: number
      readonly problem: string | null
    })
  | (Base & {
      readonly type: 'request'
      readonly voice: Voice
      readonly id: RequestId
      readonly request: AgentRequest
      readonly closedAt: string | null
      readonly by: 'inbox' | 'terminal' | 'agent' | null
      readonly summary: string
    })
  | (Base & { readonly type: 'hold'; readonly why: HoldWhy; readonly releasedAt: string | null })
  | (Base & { readonly type: 'round' })
  | (Base & { readonly type: 'swap'; readonly driver: Voice; readonly navigator: Voice })
  | (Base & {
      readonly type: 'seat'
      readonly voice: Voice
      readonly text: string
      readonly tone: 'plain' | 'trouble'
      /** What the seat told of itself when it became ready; null for every other change. */
      readonly ready: {
        readonly version: string
        readonly model: string | null
        readonly session: string
      } | null
    })
  | (Base & { readonly type: 'notice'; readonly voice: Voice | null; readonly text: string })
  | (Base & { readonly type: 'ended'; readonly reason: EndReason; readonly detail: string })
  /** An event type of a newer version: kept, and shown as such. */
  | (Base & { readonly type: 'unknown'; readonly name: string })
