/**
 * Where and when the human's words will land, said before they are sent. Found by asking the core what it would do
 * with them, so that what was said is what happens; the words for it are here too.
 */
import { assertNever } from '../result'
import { carriesSteers } from './advance'
import { decide } from './decide'
import { fold } from './evolve'
import type { PairState } from './model'
import { SEATS, type SeatId } from './seat'
import { readsInTurn, type SteerWait, steerWaitsFor } from './steering'
import { isHeld, nameOf, roleOf, waiting } from './view'

export type Landing = { readonly seat: SeatId } /** Into the turn that runs. */ & (
  | { readonly type: 'inTurn' }
  /** At once, and a turn begins with it. */
  | { readonly type: 'begins' }
  /** In the next message that the pair carries to the seat. */
  | { readonly type: 'nextHandoff' }
  /** In the one that waits for it already; `held`: something holds that. */
  | { readonly type: 'waitingHandoff'; readonly held: 'pause' | 'other' | null }
  | { readonly type: 'waits'; readonly for: SteerWait }
)

export const landingsOf = (
  state: PairState,
  to: SeatId | 'both',
  when: 'now' | 'next',
): readonly Landing[] => {
  const decided = decide(
    state,
    { type: 'command', command: { type: 'steer', to, when, text: '…' } },
    state.lastAt,
  )
  if (!decided.ok) return []
  const after = fold(decided.value, state)
  return SEATS.filter(seat => to === 'both' || seat === to).map(seat => {
    const steer = decided.value.find(
      event => event.type === 'deliveryQueued' && event.kind === 'steer' && event.to === seat,
    )
    const sent = decided.value.find(
      event => event.type === 'deliverySending' && steer?.type === 'deliveryQueued' && event.id === steer.id,
    )
    if (sent?.type === 'deliverySending') return { seat, type: sent.mode === 'steer' ? 'inTurn' : 'begins' }
    if (when === 'now') {
      const wait = steerWaitsFor(after, seat)
      if (wait !== null) return { seat, type: 'waits', for: wait }
    }
    const carrier = waiting(after).some(each => each.to === seat && carriesSteers(each))
    return carrier ? { seat, type: 'waitingHandoff', held: heldBy(after) } : { seat, type: 'nextHandoff' }
  })
}

const heldBy = (state: PairState): 'pause' | 'other' | null => {
  if (!isHeld(state)) return null
  return state.requests.length === 0 && state.holds.every(({ type }) => type === 'paused') ? 'pause' : 'other'
}

const WAITS: Readonly<Record<SteerWait, (name: string) => string>> = {
  restore: () => 'when the files are restored',
  start: name => `when ${name} has started`,
  restart: name => `when ${name} runs again`,
  message: name => `when ${name} has taken the message before it`,
  resume: () => 'when you resume',
  notTaken: () => 'when the message that was not taken is settled',
  answer: name => `when what ${name} asks is answered`,
  turn: name => `when the turn of ${name} is over: it takes nothing while it works`,
}

/** The review that runs may end the pair, and then there is no next handoff. */
const mayBeLast = ({ stage }: PairState): boolean =>
  stage.phase === 'reviewing' || stage.phase === 'doubleReview' || stage.phase === 'settling'

const phrase = (state: PairState, landing: Landing): string => {
  const { seat } = landing
  const name = `${nameOf(state, seat)} (${roleOf(state, seat)})`
  switch (landing.type) {
    case 'inTurn':
      return `now, ${readsInTurn(state.seats[seat])} of ${name}`
    case 'begins':
      return `now, and begins a turn of ${name}`
    case 'nextHandoff': {
      const unsure = seat !== state.driver && mayBeLast(state) ? ', if there is one' : ''
      return `with the next handoff to ${name}${unsure}`
    }
    case 'waitingHandoff': {
      const when = { pause: ', when you resume', other: ', when nothing holds it' }
      return `with the handoff that waits for ${name}${landing.held === null ? '' : when[landing.held]}`
    }
    case 'waits':
      return WAITS[landing.for](name)
    default:
      return assertNever(landing)
  }
}

/** A line for the human; empty when nothing can be said to the pair. */
export const landingWords = (state: PairState, to: SeatId | 'both', when: 'now' | 'next'): string => {
  const landings = landingsOf(state, to, when)
  const [first] = landings
  if (!first) return ''
  if (landings.length > 1 && landings.every(({ type }) => type === 'nextHandoff') && !mayBeLast(state))
    return 'Lands with the next handoff to each'
  const phrases = landings.map(landing => phrase(state, landing))
  return `Lands ${[...new Set(phrases)].join('; ')}`
}
