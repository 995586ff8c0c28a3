/**
 * A decision in the making: events are added one by one and folded at once, so that what follows is decided on the
 * state as it will be. Mutable inside one call of `decide`, never outside.
 */
import { asDeliveryId, type DeliveryId } from '../ids'
import type { PairEvent, Stamped } from './events'
import { evolve } from './evolve'
import type { Delivery, Hold, HoldWhy, PairState } from './model'

/** One hold for each seat or message that it is about. */
const isSame = (a: HoldWhy, b: HoldWhy): boolean =>
  a.type === b.type &&
  ('seat' in a && 'seat' in b ? a.seat === b.seat : true) &&
  ('delivery' in a && 'delivery' in b ? a.delivery === b.delivery : true)

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

  /** An ended pair has nothing to hold. */
  hold(why: HoldWhy): void {
    if (this.state.stage.phase === 'ended') return
    if (!this.state.holds.some(each => isSame(each, why))) this.add({ type: 'held', why })
  }

  release(...types: readonly HoldWhy['type'][]): void {
    for (const why of types) {
      if (this.state.holds.some(({ type }) => type === why)) this.add({ type: 'released', why })
    }
  }

  /** The event releases by type, so what else of this type holds is held again. */
  releaseOne(hold: Hold): void {
    const others = this.state.holds.filter(each => each.type === hold.type && !isSame(each, hold))
    this.release(hold.type)
    for (const { since: _, ...why } of others) this.hold(why)
  }

  drop(deliveries: readonly Delivery[], why: string): void {
    for (const { id } of deliveries) this.add({ type: 'deliveryDropped', id, why })
  }
}
