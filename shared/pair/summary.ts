import type { PairId } from '../ids'
import type { EndReason } from './model'
import type { AgentKind, SeatId } from './seat'

/** One row of the list of pairs, read from a journal without keeping it open. */
export interface PairSummary {
  readonly pair: PairId
  readonly intent: string
  readonly folder: string
  readonly startedAt: string
  /** When its last event was written. */
  readonly lastAt: string
  readonly agents: Readonly<Record<SeatId, AgentKind>>
  readonly round: number
  /** `live`: open in this process; `ended` with its reason; `open`: neither ended nor live now; `damaged`: unreadable. */
  readonly state:
    | { readonly type: 'live' }
    | { readonly type: 'open' }
    | { readonly type: 'ended'; readonly reason: EndReason }
    | { readonly type: 'damaged'; readonly detail: string }
}
