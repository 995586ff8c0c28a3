/** Questions about a state that the machine, the window and the command line all ask. */
import type { DeliveryId } from '../ids'
import type { Delivery, Hold, PairState, SeatState } from './model'
import { agentName, otherSeat, type Role, type SeatId } from './seat'

export const roleOf = (state: PairState, seat: SeatId): Role =>
  seat === state.driver ? 'driver' : 'navigator'
export const nameOf = (state: PairState, seat: SeatId): string => agentName(state.seats[seat].config.agent)

/** The seat whose turn it is, or null when the pair has ended. */
export const activeSeat = (state: PairState): SeatId | null => {
  if (state.stage.phase === 'ended') return null
  return state.stage.phase === 'driving' ? state.driver : otherSeat(state.driver)
}

export const isWorking = (seat: SeatState): boolean => seat.status.type === 'working'
/** Its program is up: it takes messages now or after its turn. */
export const isUp = (seat: SeatState): boolean =>
  seat.status.type === 'idle' || seat.status.type === 'working'

export const waiting = (state: PairState): readonly Delivery[] =>
  state.outbox.filter(({ status }) => status === 'waiting')

const holdsOf = <T extends Hold['type']>(state: PairState, type: T): readonly Extract<Hold, { type: T }>[] =>
  state.holds.filter((hold): hold is Extract<Hold, { type: T }> => hold.type === type)
/** The first of this type. */
export const holdOf = <T extends Hold['type']>(
  state: PairState,
  type: T,
): Extract<Hold, { type: T }> | undefined => holdsOf(state, type)[0]
export const troubleOf = (state: PairState, seat: SeatId) =>
  holdsOf(state, 'trouble').find(hold => hold.seat === seat)
export const notAcceptedOf = (state: PairState, delivery: DeliveryId) =>
  holdsOf(state, 'notAccepted').find(hold => hold.delivery === delivery)

/** True when nothing may be handed over: a hold, or a question or approval that is open at either agent. */
export const isHeld = (state: PairState): boolean => state.holds.length > 0 || state.requests.length > 0

/** A task (opening, handoff, reminder) is on its way to the seat and the agent has not said that it took it. */
export const taskOutstanding = (state: PairState, seat: SeatId): boolean =>
  state.outbox.some(each => each.to === seat && each.kind !== 'steer' && each.status !== 'accepted')
