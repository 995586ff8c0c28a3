import type { Found } from './find'

/** A pair that has all the words, and where. */
export interface PairFound extends Found {
  readonly pair: string
}

export interface SearchAnswer {
  /** Newest pair first. */
  readonly found: readonly PairFound[]
  /** So many more pairs match. */
  readonly more: number
  /** Pairs whose journal could not be read. */
  readonly unread: number
}
