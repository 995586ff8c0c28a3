/**
 * For tests: judges a pair by its agents' own records against its journal. Every message that was accepted was taken
 * exactly once, byte for byte as it was queued or edited last, in order; nothing else was taken.
 */
import type { DeliveryId } from '../../../shared/ids'
import type { Stamped } from '../../../shared/pair/events'
import { SEATS, type SeatId } from '../../../shared/pair/seat'
import { stripControl } from '../../../shared/terminal/paste'
import type { TakenMessage } from './record'

export interface Judgement {
  /** Messages that were carried and taken. */
  readonly relays: number
  readonly steers: number
  readonly lost: readonly string[]
  readonly doubled: readonly string[]
  readonly merged: readonly string[]
  /** Text or order that is not what the journal says, or taken although it was dropped. */
  readonly wrong: readonly string[]
}

interface Sent {
  readonly id: DeliveryId
  readonly to: SeatId
  readonly kind: string
  text: string
  carries: readonly DeliveryId[]
  state: 'waiting' | 'sending' | 'accepted' | 'dropped'
}

const ledger = (events: readonly Stamped[]): ReadonlyMap<DeliveryId, Sent> => {
  const sent = new Map<DeliveryId, Sent>()
  for (const event of events) {
    if (event.type === 'deliveryQueued') {
      const { id, to, kind, text } = event
      sent.set(id, { id, to, kind, text, carries: [], state: 'waiting' })
      continue
    }
    const entry = 'id' in event && sent.get(event.id as DeliveryId)
    if (!entry) continue
    if (event.type === 'deliveryEdited') entry.text = event.text
    if (event.type === 'deliveryDropped') entry.state = 'dropped'
    if (event.type === 'deliverySending') {
      entry.carries = event.carries
      for (const each of [entry.id, ...event.carries]) setState(sent, each, 'sending')
    }
    if (event.type === 'deliveryReturned' || event.type === 'deliveryAccepted') {
      const state = event.type === 'deliveryReturned' ? 'waiting' : 'accepted'
      for (const each of [entry.id, ...entry.carries]) setState(sent, each, state)
      if (state === 'waiting') entry.carries = []
    }
  }
  return sent
}

const setState = (sent: ReadonlyMap<DeliveryId, Sent>, id: DeliveryId, state: Sent['state']): void => {
  const entry = sent.get(id)
  if (entry) entry.state = state
}

const bodyOf = ({ text, carries }: Sent, sent: ReadonlyMap<DeliveryId, Sent>): string =>
  stripControl(
    [
      text,
      ...carries.map(
        id =>
          `Your human adds (this comes from the human, not from your partner):\n${sent.get(id)?.text ?? '?'}`,
      ),
    ].join('\n\n'),
  )

/** `taken`: what the agents' own records hold, in order. `events`: the whole journal. */
export const judge = (events: readonly Stamped[], taken: readonly TakenMessage[]): Judgement => {
  const sent = ledger(events)
  const times = (id: string): readonly TakenMessage[] => taken.filter(each => each.id === id)
  const carried = new Set([...sent.values()].flatMap(({ carries }) => carries))
  const own = [...sent.values()].filter(({ id }) => !carried.has(id))
  const wrong = taken.flatMap(({ id, seat, text }) => {
    const entry = sent.get(id as DeliveryId)
    if (!entry) return [`${seat} took ${id}, which the journal does not know`]
    if (entry.state === 'dropped') return [`${id} was dropped and taken`]
    if (entry.to !== seat) return [`${id} went to the wrong seat`]
    return text === null || text.slice(text.indexOf('\n\n') + 2) === bodyOf(entry, sent)
      ? []
      : [`${id} has another text`]
  })
  for (const seat of SEATS) {
    const accepted = events.flatMap(event =>
      event.type === 'deliveryAccepted' && sent.get(event.id)?.to === seat ? [event.id as string] : [],
    )
    const order = taken.flatMap(each => (each.seat === seat && accepted.includes(each.id) ? [each.id] : []))
    if (order.join() !== accepted.join()) wrong.push(`${seat} took in another order than was journalled`)
  }
  return {
    relays: own.filter(({ state }) => state === 'accepted').length,
    steers: [...sent.values()].filter(({ kind, state }) => kind === 'steer' && state === 'accepted').length,
    lost: own.filter(({ id, state }) => state === 'accepted' && times(id).length === 0).map(({ id }) => id),
    doubled: [...new Set(taken.map(({ id }) => id))].filter(
      id => times(id).length > 1 || (carried.has(id as DeliveryId) && times(id).length > 0),
    ),
    merged: taken
      .filter(({ text }) => text !== null && (text.match(/^\[duologue /gm)?.length ?? 0) !== 1)
      .map(({ id }) => id),
    wrong,
  }
}
