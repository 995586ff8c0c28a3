/**
 * What agents read. A message is a header line, which says who speaks and in which role the reader is, and a body,
 * which the human may edit while it waits. A partner's message is marked as the partner's, never as the human's.
 */
import { stripControl } from '../../terminal/paste'
import type { Delivery, PairState } from '../model'
import { otherSeat } from '../seat'
import { nameOf, roleOf } from '../view'

/** The mark by which an agent's own record shows that it took a delivery. */
const headerMark = (id: string): string => `[duologue ${id}]`

/** The whole text that is sent for a delivery: header, body, and the steers that travel with it. */
export const wireText = (state: PairState, delivery: Delivery): string => {
  const carried = delivery.carries.flatMap(id => state.outbox.filter(each => each.id === id))
  const steers = carried.map(
    ({ text }) => `Your human adds (this comes from the human, not from your partner):\n${text}`,
  )
  return stripControl([header(state, delivery), delivery.text, ...steers].join('\n\n'))
}

/** A few words for the agent's own list of messages. */
export const wireSummary = (state: PairState, { kind, to }: Delivery): string => {
  if (kind === 'handoff') return `Message from ${nameOf(state, otherSeat(to))} · round ${state.round}`
  return kind === 'steer' || kind === 'opening' ? 'Message from you' : 'Message from Duologue'
}

const header = (state: PairState, delivery: Delivery): string => {
  const { id, to } = delivery
  return `${headerMark(id)} ${speaker(state, delivery)} You are the ${roleOf(state, to)}. Round ${state.round} of ${state.caps.rounds}.`
}

/** In a double review nobody speaks for the other: both are asked by Duologue. */
const speaker = (state: PairState, { kind, to }: Delivery): string => {
  if (kind === 'steer' || kind === 'opening') return 'From: your human.'
  if (kind !== 'handoff' || state.stage.phase === 'doubleReview') return 'From: Duologue.'
  const partner = otherSeat(to)
  return `From: your pair partner ${nameOf(state, partner)} (the ${roleOf(state, partner)}), relayed by Duologue.`
}
