/** Where each pair of this process stands, for the lists in all windows; told when it changes. A fold of the engine's events. */

import type { Stamped } from '../shared/pair/events'
import type { PairState } from '../shared/pair/model'
import { intentLine } from '../shared/pair/names'
import { whatNow } from '../shared/pair/now'
import type { Standing } from '../shared/pair/standing'
import { hasEnded } from '../shared/pair/view'

export interface StandingsDeps {
  readonly live: (pair: string) => boolean
  /** A window shows it: what happens there is not news. */
  readonly shown: (pair: string) => boolean
  readonly tell: (standings: readonly Standing[]) => void
}

export interface Standings {
  events(pair: string, events: readonly Stamped[], state: PairState): void
  /** Pairs were opened or closed. */
  changed(): void
  /** A window shows another pair now. */
  looked(): void
  /** The pair that was started first comes first. */
  all(): readonly Standing[]
}

export const createStandings = ({ live, shown, tell }: StandingsDeps): Standings => {
  const standings = new Map<string, Standing>()
  let told = '[]'
  const all = (): readonly Standing[] =>
    [...standings.values()].sort((a, b) =>
      a.startedAt < b.startedAt ? -1 : a.startedAt > b.startedAt ? 1 : 0,
    )
  const settle = (): void => {
    const now = all()
    const words = JSON.stringify(now)
    if (words === told) return
    told = words
    tell(now)
  }
  return {
    events(pair, events, state) {
      if (!live(pair)) return
      const ended = events.filter(({ type }) => type === 'turnEnded').length
      const before = standings.get(pair)?.unread ?? 0
      standings.set(pair, {
        pair,
        intent: intentLine(state.intent),
        startedAt: state.startedAt,
        now: whatNow(state),
        ended: hasEnded(state),
        round: state.round,
        rounds: state.caps.rounds,
        unread: shown(pair) ? 0 : before + ended,
      })
      settle()
    },
    changed() {
      for (const pair of standings.keys()) if (!live(pair)) standings.delete(pair)
      settle()
    },
    looked() {
      for (const [pair, standing] of standings)
        if (standing.unread > 0 && shown(pair)) standings.set(pair, { ...standing, unread: 0 })
      settle()
    },
    all,
  }
}
