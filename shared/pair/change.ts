/** What the files of `evolve` have in common: a change of the state by one event, and small changes of its parts. */
import type { DeliveryId } from '../ids'
import type { PairEvent, Stamped } from './events'
import type { Delivery, PairState, SeatState, SeatStatus } from './model'
import type { SeatId } from './seat'

export type Of<T extends PairEvent['type']> = Stamped<Extract<PairEvent, { type: T }>>
export type Change<T extends PairEvent['type']> = (state: PairState, event: Of<T>) => PairState

export const withSeat = (state: PairState, seat: SeatId, change: Partial<SeatState>): PairState => ({
  ...state,
  seats: { ...state.seats, [seat]: { ...state.seats[seat], ...change } },
})

export const withStatus = (state: PairState, seat: SeatId, status: SeatStatus): PairState =>
  withSeat(state, seat, { status })

export const withLimit = (
  state: PairState,
  seat: SeatId,
  change: (limit: SeatState['limit']) => SeatState['limit'],
): PairState => withSeat(state, seat, { limit: change(state.seats[seat].limit) })

export const withDelivery = (
  state: PairState,
  ids: readonly DeliveryId[],
  change: (delivery: Delivery) => Delivery,
): PairState => ({
  ...state,
  outbox: state.outbox.map(delivery => (ids.includes(delivery.id) ? change(delivery) : delivery)),
})

export const without = (state: PairState, ids: readonly DeliveryId[]): PairState => ({
  ...state,
  outbox: state.outbox.filter(delivery => !ids.includes(delivery.id)),
})

/** A delivery together with the steers that travel in it. */
export const family = (state: PairState, id: DeliveryId): readonly DeliveryId[] => [
  id,
  ...(state.outbox.find(delivery => delivery.id === id)?.carries ?? []),
]
