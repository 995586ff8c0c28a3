/**
 * Branded ids. They are opaque strings made by the host (`electron/`) and handed in; nothing in `shared/` makes one.
 * A delivery's id is four or more lowercase hex characters, because it is shown to agents in `[duologue 7c1e]`.
 */
declare const brand: unique symbol
type Id<Name extends string> = string & { readonly [brand]: Name }

export type PairId = Id<'pair'>
export type DeliveryId = Id<'delivery'>
export type TurnId = Id<'turn'>
export type RequestId = Id<'request'>
export type FindingId = Id<'finding'>

export const asPairId = (text: string): PairId => text as PairId
export const asDeliveryId = (text: string): DeliveryId => text as DeliveryId
export const asTurnId = (text: string): TurnId => text as TurnId
export const asRequestId = (text: string): RequestId => text as RequestId
export const asFindingId = (text: string): FindingId => text as FindingId
