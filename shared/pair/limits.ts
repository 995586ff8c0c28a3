/**
 * A provider's quota or rate limit. It holds the relay where the refused turn ended; when the provider said until when,
 * the human is told, and may let the pair go on by itself then. Without that choice nothing goes on by itself.
 */
import { millisOf } from '../time'
import type { Draft } from './draft'
import type { Hold, PairState } from './model'
import { SEATS, type SeatId } from './seat'
import { hasEnded, quotaOf } from './view'

/** A time that has passed is none to wait for. */
export const limitTold = (draft: Draft, seat: SeatId, resetsAt: string): void => {
  if (draft.state.seats[seat].limit?.resetsAt === resetsAt) return
  if (millisOf(resetsAt) > millisOf(draft.at)) draft.add({ type: 'limitTold', seat, resetsAt })
}

export const holdForLimit = (draft: Draft, seat: SeatId, detail: string): void => {
  const { limit } = draft.state.seats[seat]
  draft.hold({ type: 'quota', seat, detail, resetsAt: limit && !limit.over ? limit.resetsAt : null })
}

export const limitEnded = (draft: Draft, seat: SeatId, resetsAt: string): void => {
  const { limit } = draft.state.seats[seat]
  if (hasEnded(draft.state) || !limit || limit.over || limit.resetsAt !== resetsAt) return
  draft.add({ type: 'limitOver', seat })
  const hold = quotaOf(draft.state, seat)
  if (hold && limit.goesOn) taskAgain(draft, hold)
}

/** The seat gets its last task again; a program that is gone is started first. */
export const taskAgain = (draft: Draft, hold: Extract<Hold, { type: 'quota' | 'trouble' }>): void => {
  draft.releaseOne(hold)
  const { status, lastTask, session } = draft.state.seats[hold.seat]
  if (status.type === 'exited' || status.type === 'failed') {
    draft.add({ type: 'seatStarting', seat: hold.seat, resume: session })
  } else if (lastTask !== null) {
    draft.queue({ to: hold.seat, kind: 'notice', text: lastTask })
  }
}

/** The seats that a limit holds whose end is known and still to come. */
export const awaitsReset = (state: PairState): readonly SeatId[] =>
  SEATS.filter(seat => {
    const { limit } = state.seats[seat]
    return quotaOf(state, seat) !== undefined && limit !== null && !limit.over
  })

/** All that wait will go on by themselves. */
export const goesOnAtReset = (state: PairState): boolean => {
  const seats = awaitsReset(state)
  return seats.length > 0 && seats.every(seat => state.seats[seat].limit?.goesOn)
}

export const toggleGoOn = (draft: Draft): void => {
  const type = goesOnAtReset(draft.state) ? 'goOnWithdrawn' : 'goOnPlanned'
  for (const seat of awaitsReset(draft.state)) {
    if (draft.state.seats[seat].limit?.goesOn === (type === 'goOnWithdrawn')) draft.add({ type, seat })
  }
}
