/** A turn goes on while other things happen: rows inside its time get a tail of it on its lane. */
import type { Entry } from '../../shared/journal/entry'
import type { Role, SeatId } from '../../shared/pair/seat'

interface Running {
  readonly role: Role
  readonly endedAt: string | null
}

/** For each entry the class names of the tails that pass it, e.g. `left-driver`; empty for none. */
export const tails = (entries: readonly Entry[]): readonly string[] => {
  const running: { left: Running | null; right: Running | null } = { left: null, right: null }
  return entries.map(entry => {
    const names = (['left', 'right'] as const).flatMap((seat: SeatId) => {
      const turn = running[seat]
      return turn && (turn.endedAt === null || entry.at < turn.endedAt) ? [`${seat}-${turn.role}`] : []
    })
    if (entry.type === 'turn') running[entry.voice.seat] = { role: entry.voice.role, endedAt: entry.endedAt }
    return names.join(' ')
  })
}
