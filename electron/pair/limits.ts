/**
 * The end of a provider's limit, for a turn that it ended: told by the agent itself, or, when it told none in this turn,
 * in the words of its failure.
 */
import type { AgentEvent } from '../../shared/agent/event'
import type { SeatId } from '../../shared/pair/seat'
import { resetTime } from '../agents/reset-time'

export interface Limits {
  /** What the relay is to hear in place of this event. */
  heard(seat: SeatId, event: AgentEvent): readonly AgentEvent[]
}

/** `now` in milliseconds since 1970. */
export const createLimits = (now: () => number): Limits => {
  const told: Record<SeatId, boolean> = { left: false, right: false }
  return {
    heard(seat, event) {
      if (event.type === 'turnStarted') told[seat] = false
      if (event.type === 'limit' && Date.parse(event.resetsAt) > now()) told[seat] = true
      if (event.type !== 'turnEnded' || told[seat]) return [event]
      if (event.outcome.type !== 'failed' || event.outcome.cause !== 'quota') return [event]
      const resetsAt = resetTime(event.outcome.detail, now())
      return resetsAt === null ? [event] : [{ type: 'limit', resetsAt }, event]
    },
  }
}
