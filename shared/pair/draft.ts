/**
 * A decision in the making: events are added one by one and folded at once, so that what follows is decided on the
 * state as it will be. Mutable inside one call of `decide`, never outside.
 */
import { asDeliveryId, type DeliveryId } from '../ids'
import { evolve } from './evolve'
import type { Delivery, HoldWhy, PairEvent, PairState, Stamped } from './model'

export class Draft {
  state: PairState
  readonly events: Stamped[] = []
  readonly at: string

  constructor(state: PairState, at: string) {
    this.state = state
    this.at = at
  }

  add(event: PairEvent): void {
    const stamped: Stamped = { ...event, seq: this.state.seq + 1, at: this.at }
    this.events.push(stamped)
    this.state = evolve(this.state, stamped).state
  }

  /** Ids need no randomness: the pair's salt and the event's own number make them unique. */
  queue(delivery: Pick<Delivery, 'to' | 'kind' | 'text'>, when: 'now' | 'next' = 'next'): DeliveryId {
    const id = asDeliveryId(`${this.state.salt}${(this.state.seq + 1).toString(16).padStart(2, '0')}`)
    this.add({ type: 'deliveryQueued', id, when, ...delivery })
    return id
  }

  hold(why: HoldWhy): void {
    const same = this.state.holds.some(
      each => each.type === why.type && ('seat' in each && 'seat' in why ? each.seat === why.seat : true),
    )
    if (!same) this.add({ type: 'held', why })
  }

  release(...types: readonly HoldWhy['type'][]): void {
    for (const why of types) {
      if (this.state.holds.some(({ type }) => type === why)) this.add({ type: 'released', why })
    }
  }

  drop(deliveries: readonly Delivery[], why: string): void {
    for (const { id } of deliveries) this.add({ type: 'deliveryDropped', id, why })
  }
}
