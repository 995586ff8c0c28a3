/** The words for what happens, in one place, so that header, panes, notifications and readers say the same. */

import type { PairState, SeatState } from '../../shared/pair/model'
import { roleName, shortVersion } from '../../shared/pair/names'
import { type Now, whatNow, workWords } from '../../shared/pair/now'
import { type SeatId, seatAgentName } from '../../shared/pair/seat'
import { roleOf } from '../../shared/pair/view'
import { until } from '../ui/format'

export const seatRoleName = (state: PairState, seat: SeatId): string => roleName(roleOf(state, seat))

export const titleOf = (intent: string): string => intent.trim().split('\n')[0]?.trim() ?? ''

/** A seat that seems stuck is told with its last sign, a limit with its end: both in the human's own time. */
export const toldNow = ({ quiet, limit, ...now }: Now): Now => {
  if (limit) return { ...now, text: `Limit until ${until(limit.resetsAt, limit.since)}` }
  return quiet ? { ...now, detail: lastSeen(quiet) } : now
}

export const nowOf = (state: PairState): Now => toldNow(whatNow(state))

export const agentTitle = (seat: SeatState): string =>
  [seatAgentName(seat.config), shortVersion(seat.version)].filter(Boolean).join(' ')

export interface SeatWords {
  readonly text: string
  readonly tone: 'off' | 'on' | 'wait' | 'trouble'
  /** Since when, for a running clock; null for none. */
  readonly since: string | null
  /** What else there is to know, for whoever points at it. */
  readonly detail?: string
}

/** `last seen: said “…”, 14:02`, in the human's own time. */
const lastSeen = ({ since, last }: NonNullable<SeatState['quiet']>): string =>
  `last seen: ${last}, ${new Date(since).toTimeString().slice(0, 5)}`

export const seatWords = (state: PairState, seat: SeatId): SeatWords => {
  const { status, quiet } = state.seats[seat]
  const asking = state.requests.find(request => request.seat === seat && !request.answered)
  switch (status.type) {
    case 'starting':
      return { text: 'starting', tone: 'on', since: null }
    case 'failed':
      return { text: 'could not start', tone: 'trouble', since: null }
    case 'exited':
      return { text: 'exited', tone: 'trouble', since: null }
    case 'working':
      if (asking) return { text: 'waits for you', tone: 'wait', since: asking.since }
      if (quiet) return { text: 'seems stuck', tone: 'trouble', since: quiet.since, detail: lastSeen(quiet) }
      if (status.cause === 'human') return { text: 'with you', tone: 'on', since: status.since }
      return {
        text: workWords(state, seat),
        tone: 'on',
        since: status.since,
      }
    case 'idle':
      return asking
        ? { text: 'waits for you', tone: 'wait', since: asking.since }
        : { text: 'idle', tone: 'off', since: null }
  }
}
