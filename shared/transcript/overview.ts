/** What stands at the head of a transcript: a small fold that needs no message text, so a first pass can make it. */

import { freshTokens } from '../agent/usage'
import { isKnown, type JournalEvent } from '../journal/line'
import type { EndReason } from '../pair/model'
import type { AgentKind, SeatId } from '../pair/seat'
import type { Verdict } from '../review/finding'

export interface OverviewSeat {
  readonly agent: AgentKind
  readonly version: string
  readonly model: string | null
  readonly tokens: number
}

export interface Overview {
  readonly pair: string
  readonly intent: string
  readonly folder: string
  readonly branch: string | null
  readonly startedAt: string
  readonly lastAt: string
  readonly rounds: number
  readonly driver: SeatId
  readonly seats: Readonly<Record<SeatId, OverviewSeat>>
  readonly ended: { readonly reason: EndReason; readonly detail: string } | null
  readonly verdict: Verdict | null
}

const noSeat: OverviewSeat = { agent: 'practice', version: '', model: null, tokens: 0 }
export const emptyOverview: Overview = {
  pair: '',
  intent: '',
  folder: '',
  branch: null,
  startedAt: '',
  lastAt: '',
  rounds: 1,
  driver: 'left',
  seats: { left: noSeat, right: noSeat },
  ended: null,
  verdict: null,
}

const withSeat = (overview: Overview, seat: SeatId, change: Partial<OverviewSeat>): Overview => ({
  ...overview,
  seats: { ...overview.seats, [seat]: { ...overview.seats[seat], ...change } },
})

export const foldOverview = (before: Overview, event: JournalEvent): Overview => {
  const overview = { ...before, lastAt: event.at }
  if (!isKnown(event)) return overview
  switch (event.type) {
    case 'pairStarted': {
      const { pair, intent, folder, branch, driver, seats, at } = event
      const left = { ...noSeat, agent: seats.left.agent }
      const right = { ...noSeat, agent: seats.right.agent }
      return { ...overview, pair, intent, folder, branch, driver, startedAt: at, seats: { left, right } }
    }
    case 'seatReady':
      return withSeat(overview, event.seat, { version: event.version, model: event.model })
    case 'usageReported':
      return withSeat(overview, event.seat, { tokens: freshTokens(event.usage) })
    case 'roundStarted':
      return { ...overview, rounds: event.round }
    case 'reviewed':
      return { ...overview, verdict: event.verdict }
    case 'ended':
      return { ...overview, ended: { reason: event.reason, detail: event.detail } }
    default:
      return overview
  }
}
