/**
 * Where the human's words land, and what they wait for. `advance` asks the same functions, so what the composer says
 * is what happens.
 */
import type { PairState } from './model'
import type { SeatId } from './seat'
import { holdOf, isUp } from './view'

/** Why nothing can go to a seat now. */
type SeatWait = 'restore' | 'start' | 'restart' | 'message'
/** Why the human's own words for `now` wait. */
export type SteerWait = SeatWait | 'resume' | 'notTaken' | 'answer'

/** Null: it takes messages. Whether it may get one is another question. */
export const seatWaitsFor = (state: PairState, seat: SeatId): SeatWait | null => {
  // Files are being put back: whoever began now would read them half done.
  if (state.restoring !== null) return 'restore'
  if (!isUp(state.seats[seat])) return state.seats[seat].status.type === 'starting' ? 'start' : 'restart'
  return state.outbox.some(({ to, status }) => to === seat && status === 'sending') ? 'message' : null
}

/** The human's own words wait only for the human's own pause, and for a dialog that is open at that agent. */
export const steerWaitsFor = (state: PairState, seat: SeatId): SteerWait | null => {
  const wait = seatWaitsFor(state, seat)
  if (wait !== null) return wait
  if (holdOf(state, 'paused') && !state.stepAllowed) return 'resume'
  if (holdOf(state, 'notAccepted')) return 'notTaken'
  return state.requests.some(request => request.seat === seat) ? 'answer' : null
}
