/** Whether a message was taken by its agent, and what that means for the pair. */
import { VIA_RECORD } from '../agent/event'
import type { DeliveryId } from '../ids'
import type { Draft } from './draft'
import { restartedText } from './messages/notes'
import type { PairState } from './model'
import { isActive, isWorking, notAcceptedOf, taskOutstanding } from './view'

/** A steer that travels in another message is that message: it is taken with it, or not at all. */
export const carrierOf = ({ outbox }: PairState, id: DeliveryId): DeliveryId =>
  outbox.find(({ carries, status }) => status === 'sending' && carries.includes(id))?.id ?? id

/** @param via the agent's own signal that it took this message. */
export const taken = (draft: Draft, told: DeliveryId, via: string): void => {
  const id = carrierOf(draft.state, told)
  const delivery = draft.state.outbox.find(each => each.id === id)
  if (!delivery || delivery.status === 'accepted') return
  draft.add({ type: 'deliveryAccepted', id, via })
  const hold = notAcceptedOf(draft.state, id)
  if (hold) draft.releaseOne(hold)
  const seat = delivery.to
  const rests = !isWorking(draft.state.seats[seat]) && !taskOutstanding(draft.state, seat)
  // The human's word to a driver begins a turn also while its work is under review: the handoff waits for that turn.
  const begins = isActive(draft.state, seat) || (delivery.kind === 'steer' && seat === draft.state.driver)
  if (via === VIA_RECORD && begins && rests) {
    draft.queue({ to: seat, kind: 'notice', text: restartedText })
  }
}

export const notAccepted = (draft: Draft, told: DeliveryId, why: string): void => {
  const id = carrierOf(draft.state, told)
  const delivery = draft.state.outbox.find(each => each.id === id)
  if (delivery?.status !== 'sending') return
  draft.add({ type: 'deliveryReturned', id, why })
  draft.hold({ type: 'notAccepted', delivery: id, detail: why })
}

export const notTaken = (draft: Draft, id: DeliveryId): void => {
  if (!draft.state.outbox.some(each => each.id === id && each.status === 'sending')) return
  draft.add({ type: 'deliveryReturned', id, why: 'It had not reached the agent.' })
}
