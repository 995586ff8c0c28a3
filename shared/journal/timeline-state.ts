/**
 * The timeline's bookkeeping: what is still open, by the place of its entry. It holds only what can still change,
 * so it stays small however long the pair runs.
 */
import type { SessionUsage } from '../agent/usage'
import type { DeliveryId, RequestId, TurnId } from '../ids'
import type { PairEvent, Stamped } from '../pair/events'
import type { HoldWhy, Measure } from '../pair/model'
import type { AgentKind, SeatId } from '../pair/seat'
import type { PlanItem } from '../review/plan'
import { type Entries, entryAt, noEntries, withEntry } from './entries'
import type { Entry, Voice } from './entry'

export type Of<T extends PairEvent['type']> = Stamped<Extract<PairEvent, { type: T }>>
export type EntryOf<T extends Entry['type']> = Extract<Entry, { type: T }>

/** A seat's turn under way, or its last one. */
export interface OpenTurn {
  readonly id: TurnId
  readonly index: number
  readonly running: boolean
}

export interface OpenRequest {
  readonly id: RequestId
  readonly seat: SeatId
  readonly index: number
}

export interface OpenHold {
  readonly type: HoldWhy['type']
  readonly index: number
}

export interface Timeline {
  readonly entries: Entries
  readonly round: number
  readonly driver: SeatId
  readonly agents: Readonly<Record<SeatId, AgentKind>>
  readonly ended: boolean
  readonly turns: Readonly<Record<SeatId, OpenTurn | null>>
  /** What each seat used, by session, and the session that it is in. */
  readonly usage: Readonly<Record<SeatId, { readonly session: string; readonly used: SessionUsage }>>
  /** The last text of readiness told of each seat. */
  readonly ready: Readonly<Record<SeatId, string>>
  readonly lastMeasure: Measure | null
  readonly deliveries: readonly { readonly id: DeliveryId; readonly index: number }[]
  readonly requests: readonly OpenRequest[]
  readonly holds: readonly OpenHold[]
  /** The plan as it stands, for the next version to be shown against. */
  readonly plan: readonly PlanItem[] | null
  /** The last run of the proof. */
  readonly proof: { readonly run: number; readonly index: number } | null
}

export const initialTimeline: Timeline = {
  entries: noEntries,
  round: 1,
  driver: 'left',
  agents: { left: 'practice', right: 'practice' },
  ended: false,
  turns: { left: null, right: null },
  usage: { left: { session: '', used: {} }, right: { session: '', used: {} } },
  ready: { left: '', right: '' },
  lastMeasure: null,
  deliveries: [],
  requests: [],
  holds: [],
  plan: null,
  proof: null,
}

/** A copy that names its fields: a spread of a spread is many times slower (`pair/renewed.ts`). */
const withEntries = (timeline: Timeline, entries: Entries): Timeline => ({
  entries,
  round: timeline.round,
  driver: timeline.driver,
  agents: timeline.agents,
  ended: timeline.ended,
  turns: timeline.turns,
  usage: timeline.usage,
  ready: timeline.ready,
  lastMeasure: timeline.lastMeasure,
  deliveries: timeline.deliveries,
  requests: timeline.requests,
  holds: timeline.holds,
  plan: timeline.plan,
  proof: timeline.proof,
})

export const rememberPair = (timeline: Timeline, { driver, seats }: Of<'pairStarted'>): Timeline => ({
  ...timeline,
  driver,
  agents: { left: seats.left.agent, right: seats.right.agent },
})

export const voice = (timeline: Timeline, seat: SeatId): Voice => ({
  seat,
  role: seat === timeline.driver ? 'driver' : 'navigator',
  agent: timeline.agents[seat],
})

/** What every entry begins with. */
export const start = (
  timeline: Timeline,
  { seq, at }: { readonly seq: number; readonly at: string },
): { readonly seq: number; readonly at: string; readonly round: number } => ({
  seq,
  at,
  round: timeline.round,
})

export const add = (timeline: Timeline, entry: Entry): Timeline =>
  withEntries(timeline, withEntry(timeline.entries, timeline.entries.length, entry))

/** Changes the entry at `index`, if it is of this type and still there. */
export const change = <T extends Entry['type']>(
  timeline: Timeline,
  index: number,
  type: T,
  edit: (entry: EntryOf<T>) => Entry,
): Timeline => {
  const entry = entryAt(timeline.entries, index)
  if (entry?.type !== type) return timeline
  return withEntries(timeline, withEntry(timeline.entries, index, edit(entry as EntryOf<T>)))
}

export const closeRequests = (
  timeline: Timeline,
  which: (request: OpenRequest) => boolean,
  { at, by, summary }: Pick<Of<'requestClosed'>, 'at' | 'by' | 'summary'>,
): Timeline => {
  let next: Timeline = { ...timeline, requests: timeline.requests.filter(request => !which(request)) }
  for (const { index } of timeline.requests.filter(which)) {
    next = change(next, index, 'request', entry => ({ ...entry, closedAt: at, by, summary }))
  }
  return next
}

export const release = (timeline: Timeline, which: (hold: OpenHold) => boolean, at: string): Timeline => {
  let next: Timeline = { ...timeline, holds: timeline.holds.filter(hold => !which(hold)) }
  for (const { index } of timeline.holds.filter(which)) {
    next = change(next, index, 'hold', entry => ({ ...entry, releasedAt: at }))
  }
  return next
}
