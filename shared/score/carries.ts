/**
 * What a handoff carries: the turn that it ends, the proof that was run for it, the verdict that it brings. Each is the
 * last one of the seat that hands over, since that seat's last handoff; a verdict lands once.
 */
import type { Entry } from '../journal/entry'
import { otherSeat, type SeatId } from '../pair/seat'
import { type EntryOf, isHandoff } from './words'

export interface Carried {
  readonly turn: EntryOf<'turn'> | null
  readonly proof: EntryOf<'proof'> | null
  readonly review: EntryOf<'review'> | null
  /** The place of the review among the entries; -1: there is none. */
  readonly reviewAt: number
}

/** What each seat would hand over now. */
export type Carrying = Readonly<Record<SeatId, Carried>>

const NOTHING: Carried = { turn: null, proof: null, review: null, reviewAt: -1 }
export const NOTHING_CARRIED: Carrying = { left: NOTHING, right: NOTHING }

/** What this entry carries, if it is a handoff. */
export const carriedBy = (carrying: Carrying, entry: Entry): Carried | null =>
  entry.type === 'delivery' && isHandoff(entry) ? carrying[otherSeat(entry.to.seat)] : null

/** After this entry, which stands at `index`. One that only repeats the one before carries nothing away. */
export const carryOn = (carrying: Carrying, entry: Entry, index: number, echo: boolean): Carrying => {
  switch (entry.type) {
    case 'turn':
      // A verdict is given in its turn, so one from before it is not what this turn hands over.
      return { ...carrying, [entry.voice.seat]: { ...NOTHING, turn: entry } }
    case 'review': {
      const { seat } = entry.voice
      return { ...carrying, [seat]: { ...carrying[seat], review: entry, reviewAt: index } }
    }
    case 'proof':
      return { left: { ...carrying.left, proof: entry }, right: { ...carrying.right, proof: entry } }
    case 'delivery':
      return isHandoff(entry) && !echo ? { ...carrying, [otherSeat(entry.to.seat)]: NOTHING } : carrying
    default:
      return carrying
  }
}
