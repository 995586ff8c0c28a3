/**
 * A turn that only waits for a model server that does not answer. Some programs try again without end; a review that
 * never comes would look like one at work. Rule: after `ms` awake milliseconds in which the program did nothing else its
 * turn is interrupted, and counts as failed for the reason that the program told; at once when its provider's limit lasts
 * longer than that.
 */
import type { AgentEvent } from '../../shared/agent/event'
import type { SeatId } from '../../shared/pair/seat'
import { afterAwake } from '../awake'

type Stalled = Extract<AgentEvent, { type: 'stalled' }>

export interface Patience {
  /** The event as the relay is to hear it. */
  heard(seat: SeatId, event: AgentEvent): AgentEvent
  stop(): void
}

export interface PatienceDeps {
  readonly ms: () => number
  readonly interrupt: (seat: SeatId) => void
  readonly now?: () => number
}

const lastsLonger = ({ resetsAt }: Extract<AgentEvent, { type: 'limit' }>, ms: number): boolean =>
  Date.parse(resetsAt) - Date.now() > ms

export const createPatience = ({ ms, interrupt, now }: PatienceDeps): Patience => {
  const ends: Record<SeatId, () => void> = { left: () => undefined, right: () => undefined }
  const stalled: Record<SeatId, Stalled | null> = { left: null, right: null }
  const over: Record<SeatId, Stalled | null> = { left: null, right: null }

  const forget = (seat: SeatId): void => {
    ends[seat]()
    stalled[seat] = null
    over[seat] = null
  }
  const giveUp = (seat: SeatId): void => {
    ends[seat]()
    over[seat] = stalled[seat]
    interrupt(seat)
  }
  return {
    heard(seat, event) {
      const gaveUp = over[seat]
      switch (event.type) {
        case 'stalled':
          forget(seat)
          stalled[seat] = event
          ends[seat] = afterAwake(ms(), () => giveUp(seat), now)
          return event
        case 'limit':
          if (stalled[seat]?.cause === 'quota' && over[seat] === null && lastsLonger(event, ms()))
            giveUp(seat)
          return event
        case 'wentOn':
        case 'said':
        case 'requestOpened':
        case 'turnStarted':
        case 'exited':
          forget(seat)
          return event
        case 'turnEnded': {
          forget(seat)
          if (gaveUp === null || event.outcome.type !== 'interrupted') return event
          return { ...event, outcome: { type: 'failed', cause: gaveUp.cause, detail: gaveUp.text } }
        }
        default:
          return event
      }
    },
    stop: () => {
      forget('left')
      forget('right')
    },
  }
}
