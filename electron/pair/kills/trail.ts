/** For tests: what a person needs who was not there when a pair stood still. */
import type { Stamped } from '../../../shared/pair/events'
import type { PairState } from '../../../shared/pair/model'

const LAST = 15

export const whereItStands = (state: PairState, told: readonly Stamped[]): string => {
  const { stage, holds, requests, seats, outbox, round, seq } = state
  const last = told.slice(-LAST).map(({ type }) => type)
  const brief = outbox.map(each => ({ ...each, text: each.text.slice(0, 60) }))
  const status = [seats.left.status, seats.right.status]
  return JSON.stringify({ stage, holds, requests, round, seq, status, outbox: brief, last }, null, 1)
}
