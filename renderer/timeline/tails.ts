/** A turn goes on while other things happen: its bar runs on beside the rows that are inside its time. */
import type { Entry } from '../../shared/journal/entry'
import type { Role, SeatId } from '../../shared/pair/seat'

interface Running {
  readonly role: Role
  readonly endedAt: string | null
}

const SEATS: readonly SeatId[] = ['left', 'right']

/** Whose turn is running as each entry comes; the entry that begins a turn is not inside it. */
const runningAt = (entries: readonly Entry[]): readonly Record<SeatId, Running | null>[] => {
  const running: Record<SeatId, Running | null> = { left: null, right: null }
  return entries.map(entry => {
    for (const seat of SEATS) {
      const turn = running[seat]
      if (turn?.endedAt && entry.at >= turn.endedAt) running[seat] = null
    }
    const during = { ...running }
    if (entry.type === 'turn') {
      during[entry.voice.seat] = null
      running[entry.voice.seat] = { role: entry.voice.role, endedAt: entry.endedAt }
    }
    return during
  })
}

/**
 * For each entry the class names that draw it: `left-driver` where the left seat's bar runs on beside it, `left-last`
 * where that ends, `left-on` on the turn whose bar runs on into the next row.
 */
export const tails = (entries: readonly Entry[]): readonly string[] => {
  const running = runningAt(entries)
  return entries.map((entry, index) =>
    SEATS.flatMap(seat => {
      const goesOn = running[index + 1]?.[seat] !== null && running[index + 1] !== undefined
      const turn = running[index]?.[seat]
      if (turn) return [`${seat}-${turn.role}`, ...(goesOn ? [] : [`${seat}-last`])]
      if (entry.type !== 'turn' || entry.voice.seat !== seat || !goesOn) return []
      return [`${seat}-${entry.voice.role}`, `${seat}-on`]
    }).join(' '),
  )
}
