import type { Now } from './now'

/** Where a pair stands that is open in this process, as the list of pairs tells it. */
export interface Standing {
  readonly pair: string
  /** The first line of its intent. */
  readonly intent: string
  readonly startedAt: string
  readonly now: Now
  readonly ended: boolean
  readonly round: number
  readonly rounds: number
  /** Turns that have ended since a window showed it last. */
  readonly unread: number
}
