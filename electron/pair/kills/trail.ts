/** For tests: what a person needs who was not there when a pair stood still. */
import type { Stamped } from '../../../shared/pair/events'
import type { PairState } from '../../../shared/pair/model'

const LAST = 15
/** What became of the programs, however much else was told since. */
const LIVES = 30
const LIFE = /^(?:seat(?:Starting|Ready|Exited|Failed)|pairReopened|turn(?:Started|Ended)|noticed)$/

/** Tells of the programs' lives and turns. */
export const isLife = ({ type }: Stamped): boolean => LIFE.test(type)

/** An event in a line: when, what, whose, and why. */
export const lineOf = (event: Stamped): string =>
  [
    event.at.slice(11, 23),
    event.type,
    'seat' in event ? event.seat : '',
    'id' in event ? event.id : '',
    'why' in event ? JSON.stringify(event.why).slice(0, 80) : '',
    event.type === 'noticed' ? event.text.slice(0, 120) : '',
  ]
    .filter(Boolean)
    .join(' ')

export const whereItStands = (state: PairState, told: readonly Stamped[]): string => {
  const { stage, holds, requests, seats, outbox, round, seq } = state
  const last = told.slice(-LAST).map(({ type }) => type)
  const brief = outbox.map(each => ({ ...each, text: each.text.slice(0, 60) }))
  const status = [seats.left.status, seats.right.status]
  const lives = told.filter(isLife).slice(-LIVES)
  return JSON.stringify(
    { stage, holds, requests, round, seq, status, outbox: brief, last, lives: lives.map(lineOf) },
    null,
    1,
  )
}
