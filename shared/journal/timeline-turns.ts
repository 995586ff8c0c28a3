/**
 * Turns in the timeline. A turn whose begin was never seen (the app was away) begins with the first that is heard of
 * it. Tokens of a turn are what the seat's own count of fresh input (input without what came from the cache) and
 * output, of all its sessions together, grew by from the turn's start to the seat's next turn; money in the same way.
 */
import type { TurnCause, TurnOutcome } from '../agent/event'
import { freshTokens, sumUsage, withUsage } from '../agent/usage'
import type { TurnId } from '../ids'
import { SEATS, type SeatId } from '../pair/seat'
import { takenLast } from './timeline-deliveries'
import { add, change, type Of, start, type Timeline, voice } from './timeline-state'

export const startTurn = (timeline: Timeline, event: Of<'turnStarted'>): Timeline =>
  timeline.turns[event.seat]?.id === event.turn ? timeline : begin(timeline, event, event.cause)

const begin = (
  timeline: Timeline,
  event: Of<'turnStarted' | 'said' | 'turnEnded'>,
  cause: TurnCause,
): Timeline => {
  const { seat, turn } = event
  const index = timeline.entries.length
  const open = { ...timeline, turns: { ...timeline.turns, [seat]: { id: turn, index, running: true } } }
  return add(open, {
    ...start(timeline, event),
    type: 'turn',
    voice: voice(timeline, seat),
    turn,
    cause,
    endedAt: null,
    outcome: null,
    said: [],
    text: '',
    measure: null,
    tokens: null,
  })
}

/** Its cause is the delivery that the seat took last, if any is unanswered. */
const ensure = (timeline: Timeline, event: Of<'said' | 'turnEnded'>): Timeline => {
  if (timeline.turns[event.seat]?.id === event.turn) return timeline
  const delivery = takenLast(timeline, event.seat)
  return begin(timeline, event, delivery === null ? 'human' : { delivery })
}

const indexOf = (timeline: Timeline, seat: SeatId): number => timeline.turns[seat]?.index ?? -1

export const saidInTurn = (timeline: Timeline, event: Of<'said'>): Timeline => {
  const ready = ensure(timeline, event)
  return change(ready, indexOf(ready, event.seat), 'turn', entry => ({
    ...entry,
    said: [...entry.said, event.text],
  }))
}

/** Agents tell their final message twice, as said and as the turn's text; it is kept once. */
export const endTurn = (timeline: Timeline, event: Of<'turnEnded'>): Timeline => {
  const ready = ensure(timeline, event)
  const { seat, text, outcome, at } = event
  const changed = change(ready, indexOf(ready, seat), 'turn', entry => ({
    ...entry,
    endedAt: at,
    outcome,
    said: entry.said.at(-1)?.trim() === text.trim() ? entry.said.slice(0, -1) : entry.said,
    text,
  }))
  return stopped(changed, seat)
}

const stopped = (timeline: Timeline, seat: SeatId): Timeline => {
  const turn = timeline.turns[seat]
  return turn ? { ...timeline, turns: { ...timeline.turns, [seat]: { ...turn, running: false } } } : timeline
}

/** Ends a running turn that its agent can no longer end. */
export const closeTurn = (
  timeline: Timeline,
  seat: SeatId,
  { at, outcome }: { readonly at: string; readonly outcome: TurnOutcome },
): Timeline => {
  const turn = timeline.turns[seat]
  if (!turn?.running) return timeline
  const changed = change(timeline, turn.index, 'turn', entry => ({ ...entry, endedAt: at, outcome }))
  return stopped(changed, seat)
}

const seatOfTurn = (timeline: Timeline, turn: TurnId): SeatId | undefined =>
  SEATS.find(seat => timeline.turns[seat]?.id === turn)

export const measureTurn = (timeline: Timeline, { turn, measure }: Of<'turnMeasured'>): Timeline => {
  const measured = { ...timeline, lastMeasure: measure }
  const seat = seatOfTurn(timeline, turn)
  if (!seat) return measured
  return change(measured, indexOf(timeline, seat), 'turn', entry => ({ ...entry, measure }))
}

export const usage = (timeline: Timeline, event: Of<'usageReported'>): Timeline => {
  const { seat } = event
  const { session, used } = timeline.usage[seat]
  const now = withUsage(used, session, event.usage)
  const [before, after] = [sumUsage(used, event.usage), sumUsage(now, event.usage)]
  const grown = freshTokens(after) - freshTokens(before)
  const { costUsd } = after
  const spent = (costUsd ?? 0) - (before.costUsd ?? 0)
  const next = { ...timeline, usage: { ...timeline.usage, [seat]: { session, used: now } } }
  return change(next, indexOf(timeline, seat), 'turn', entry => ({
    ...entry,
    tokens: (entry.tokens ?? 0) + grown,
    ...(costUsd === undefined ? {} : { costUsd: (entry.costUsd ?? 0) + spent }),
  }))
}

/** From now on the seat's figures are those of this session. */
export const inSession = (timeline: Timeline, seat: SeatId, session: string): Timeline => ({
  ...timeline,
  usage: { ...timeline.usage, [seat]: { ...timeline.usage[seat], session } },
})
