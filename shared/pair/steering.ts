/**
 * Where the human's words land, and what they wait for. `advance` asks the same functions, so what the composer says
 * is what happens.
 */
import type { PairState, SeatState } from './model'
import type { AgentKind, SeatId } from './seat'
import { holdOf, isUp, isWorking } from './view'

/** Why nothing can go to a seat now. */
type SeatWait = 'restore' | 'start' | 'restart' | 'message'
/** Why the human's own words for `now` wait. */
export type SteerWait = SeatWait | 'resume' | 'notTaken' | 'answer' | 'turn'

/** Where each agent reads a message in its turn; null: it takes none before its turn is over (docs: architecture). */
const READS: Readonly<Record<AgentKind, string | null>> = {
  claude: 'between tool calls',
  codex: 'between tool calls',
  opencode: 'at the next step',
  practice: 'between steps',
  command: null,
}
export const readsInTurn = ({ config }: SeatState): string | null => READS[config.agent]

/** Null: it takes messages. Whether it may get one is another question. */
export const seatWaitsFor = (state: PairState, seat: SeatId): SeatWait | null => {
  // Files are being put back: whoever began now would read them half done.
  if (state.restoring !== null) return 'restore'
  if (!isUp(state.seats[seat])) return state.seats[seat].status.type === 'starting' ? 'start' : 'restart'
  return state.outbox.some(({ to, status }) => to === seat && status === 'sending') ? 'message' : null
}

/**
 * The human's own words wait only for the human's own pause, for a dialog that is open at that agent, and for the turn of
 * a program that takes nothing while it works.
 */
export const steerWaitsFor = (state: PairState, seat: SeatId): SteerWait | null => {
  const wait = seatWaitsFor(state, seat)
  if (wait !== null) return wait
  if (holdOf(state, 'paused') && !state.stepAllowed) return 'resume'
  if (holdOf(state, 'notAccepted')) return 'notTaken'
  if (state.requests.some(request => request.seat === seat)) return 'answer'
  const at = state.seats[seat]
  return isWorking(at) && readsInTurn(at) === null ? 'turn' : null
}
