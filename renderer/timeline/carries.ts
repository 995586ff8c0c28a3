/**
 * What a handoff carries: the turn that it ends, the proof that was run for it, the verdict that it brings. Each is the
 * last one of the seat that hands over, since that seat's last handoff; a verdict lands once.
 */
import type { Entry } from '../../shared/journal/entry'
import type { SeatId } from '../../shared/pair/seat'
import { type EntryOf, echoes, isHandoff } from './words'

export interface Carried {
  readonly turn: EntryOf<'turn'> | null
  readonly proof: EntryOf<'proof'> | null
  readonly review: EntryOf<'review'> | null
}

const NOTHING: Carried = { turn: null, proof: null, review: null }

/** For each entry of which something is to be said: what a handoff carries, by the `seq` of the handoff. */
export const carriedBy = (entries: readonly Entry[]): ReadonlyMap<number, Carried> => {
  const repeats = echoes(entries)
  const last: Record<SeatId, Carried> = { left: NOTHING, right: NOTHING }
  const found = new Map<number, Carried>()
  for (const [index, entry] of entries.entries()) {
    // A verdict is given in its turn, so one from before it is not what this turn hands over.
    if (entry.type === 'turn') last[entry.voice.seat] = { ...NOTHING, turn: entry }
    else if (entry.type === 'review') last[entry.voice.seat] = { ...last[entry.voice.seat], review: entry }
    else if (entry.type === 'proof')
      for (const seat of ['left', 'right'] as const) last[seat] = { ...last[seat], proof: entry }
    else if (entry.type === 'delivery' && isHandoff(entry) && !repeats[index]) {
      const from = entry.to.seat === 'left' ? 'right' : 'left'
      found.set(entry.seq, last[from])
      last[from] = NOTHING
    }
  }
  return found
}
