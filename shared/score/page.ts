/**
 * A page of the score as a fold: rows are put on it one below the other. A page is never changed, so each that was
 * made can be gone on from. The last row stays open, because the end of a turn lengthens the row before it.
 */

import type { Entry } from '../journal/entry'
import type { Role, SeatId } from '../pair/seat'
import { millisOf } from '../time'
import type { Carried } from './carries'
import { barLength, offsetAt, REST_MS, REST_PX } from './scale'
import type { EntryOf } from './words'

/** The part of a turn's bar that lies in one row. */
export interface Segment {
  /** `seq` of the turn. */
  readonly turn: number
  readonly role: Role
  readonly first: boolean
  readonly last: boolean
  readonly end: 'whole' | 'broken' | 'running'
}

export interface Draft {
  readonly entry: Entry
  /** In pixels: the air above the face, the face, the air below. */
  readonly air: number
  readonly face: number
  readonly below: number
  /** How many lines the text of the face may take. */
  readonly lines: number
  /** How long nobody had worked before this, in milliseconds; 0: not worth a rest. */
  readonly rest: number
  /** The row before says already how long it was. */
  readonly restTold: boolean
  readonly left: Segment | null
  readonly right: Segment | null
  /** It says the same as the row before, to the other seat. */
  readonly echo: boolean
  /** A handoff: what it carries. Null for all else. */
  readonly carried: Carried | null
  /** A verdict that is shown where it lands. */
  readonly landed: boolean
}

export interface ScoreRow extends Draft {
  /** In pixels, of the whole row while it is closed. */
  readonly height: number
}

interface Bar {
  readonly turn: EntryOf<'turn'>
  /** In pixels. */
  readonly top: number
  /** Milliseconds since the epoch; `endedAt` is Infinity while it runs. */
  readonly from: number
  readonly endedAt: number
}

export interface Page {
  /** The end of what is laid out, in pixels. */
  readonly bottom: number
  readonly left: Bar | null
  readonly right: Bar | null
  /** When somebody last did something; NaN before anything. */
  readonly busy: number
  readonly last: Draft | null
}

export const emptyPage: Page = { bottom: 0, left: null, right: null, busy: Number.NaN, last: null }

/** Below a row that was put on the page; `done` is the row before it, which nothing changes any more. */
export const addRow = (before: Page, draft: Draft): { readonly page: Page; readonly done: Draft | null } => {
  const { entry } = draft
  const at = millisOf(entry.at)
  const page = endBefore(endBefore(before, 'left', entry, at), 'right', entry, at)
  const rest = restBefore(page, at)
  const air = Math.max(0, wanted(page.left, at, page.bottom), wanted(page.right, at, page.bottom))
  const top = page.bottom + (rest > 0 ? REST_PX : 0) + air
  const placed: Draft = {
    ...draft,
    air,
    rest,
    restTold: page.last?.entry.type === 'hold',
    left: segmentOf(page.left, entry, 'left'),
    right: segmentOf(page.right, entry, 'right'),
  }
  const next = {
    ...page,
    bottom: top + draft.face,
    busy: Number.isNaN(page.busy) ? at : Math.max(page.busy, at),
    last: placed,
  }
  const done = page.last
  return { page: entry.type === 'turn' ? { ...next, [entry.voice.seat]: barOf(entry, top, at) } : next, done }
}

/** The last row, with the bars of the turns that still run as long as they are now. */
export const finish = (page: Page, now: number): ScoreRow => {
  const ended = endBar(
    endBar(page, 'left', Math.min(page.left?.endedAt ?? 0, now)),
    'right',
    Math.min(page.right?.endedAt ?? 0, now),
  )
  if (!ended.last) throw new Error('an empty page has no last row')
  return rowOf(ended.last)
}

export const rowOf = (draft: Draft): ScoreRow => ({
  ...draft,
  height: (draft.rest > 0 ? REST_PX : 0) + draft.air + draft.face + draft.below,
})

const barOf = (turn: EntryOf<'turn'>, top: number, from: number): Bar => ({
  turn,
  top,
  from,
  endedAt: turn.endedAt === null ? Number.POSITIVE_INFINITY : millisOf(turn.endedAt),
})

/** A verdict is settled a moment after the turn that gave it (ms); its mark is drawn on that turn's bar. */
const VERDICT_MS = 5_000

const isVerdictOf = (entry: Entry, seat: SeatId, late: number): boolean =>
  entry.type === 'review' && entry.by !== 'human' && entry.voice.seat === seat && late <= VERDICT_MS

/** A seat has one turn at a time: the next one ends the one before. */
const endBefore = (page: Page, seat: SeatId, entry: Entry, at: number): Page => {
  const bar = page[seat]
  if (!bar || isVerdictOf(entry, seat, at - bar.endedAt)) return page
  const starts = entry.type === 'turn' && entry.voice.seat === seat
  if (bar.endedAt > at && !starts) return page
  const end = Math.min(bar.endedAt, at)
  return endBar({ ...page, busy: Math.max(page.busy, end) }, seat, end)
}

const endBar = (page: Page, seat: SeatId, ms: number): Page => {
  const bar = page[seat]
  const segment = page.last?.[seat]
  if (!bar || !page.last || !segment) return page
  const missing = Math.max(0, bar.top + barLength(ms - bar.from) - page.bottom)
  const last = { ...page.last, [seat]: { ...segment, last: true }, below: page.last.below + missing }
  return { ...page, [seat]: null, bottom: page.bottom + missing, last }
}

const restBefore = ({ left, right, busy }: Page, at: number): number => {
  const idle = at - busy
  return left || right || !(idle >= REST_MS) ? 0 : idle
}

/** How far below `bottom` a bar has what happens at this time, in pixels. */
const wanted = (bar: Bar | null, at: number, bottom: number): number =>
  bar ? bar.top + offsetAt(Math.min(at, bar.endedAt) - bar.from) - bottom : 0

const segmentOf = (bar: Bar | null, entry: Entry, seat: SeatId): Segment | null => {
  const starts = entry.type === 'turn' && entry.voice.seat === seat
  const turn = starts ? entry : bar?.turn
  if (!turn) return null
  const broken = turn.outcome !== null && turn.outcome.type !== 'completed'
  return {
    turn: turn.seq,
    role: turn.voice.role,
    first: starts,
    last: false,
    end: turn.endedAt === null ? 'running' : broken ? 'broken' : 'whole',
  }
}
