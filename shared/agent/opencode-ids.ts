/**
 * Ids of messages, after opencode's own kind: 48 bits of `milliseconds × 4096` in hex, then anything. It orders a
 * conversation by them, on screen too, so ours begin with the time; the delivery stands after it and is found again by it.
 */
import { asDeliveryId, type DeliveryId } from '../ids'

const BITS = 0xffff_ffff_ffffn
const PER_MS = 4096n
const OURS = /^msg_[0-9a-f]{12}Duologue([0-9a-f]+)$/

const tailOf = (id: DeliveryId, ms: number): string =>
  `${((BigInt(ms) * PER_MS) & BITS).toString(16).padStart(12, '0')}Duologue${id}`

export interface SentIds {
  readonly message: string
  /** A part given again under the same id is not added a second time (1.18). */
  readonly part: string
}

/** `ms` since the epoch, when the message was first handed over. */
export const idsOf = (id: DeliveryId, ms: number): SentIds => {
  const tail = tailOf(id, ms)
  return { message: `msg_${tail}`, part: `prt_${tail}` }
}

/** The delivery that a message is, unless it is not ours. */
export const deliveryOf = (messageId: string): DeliveryId | undefined => {
  const id = OURS.exec(messageId)?.[1]
  return id === undefined ? undefined : asDeliveryId(id)
}
