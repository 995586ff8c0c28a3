/** Questions about a state that the machine, the window and the command line all ask. */
import { freshTokens } from '../agent/usage'
import type { DeliveryId, FindingId } from '../ids'
import { assertNever } from '../result'
import { type FindingRecord, stateOf } from '../review/finding'
import type { PlanVersion } from '../review/plan'
import { hasPassed } from '../review/proof'
import { unplannedFiles } from '../review/scope'
import type { Checkpoint, Delivery, Hold, PairState, SeatState } from './model'
import { otherSeat, type Role, type SeatId, seatAgentName } from './seat'

export const roleOf = (state: PairState, seat: SeatId): Role =>
  seat === state.driver ? 'driver' : 'navigator'
export const nameOf = (state: PairState, seat: SeatId): string => seatAgentName(state.seats[seat].config)

/** The seats whose turn it is: one, both in a double review, none when the pair has ended. */
export const activeSeats = ({ stage, driver }: PairState): readonly SeatId[] => {
  switch (stage.phase) {
    case 'ended':
      return []
    case 'doubleReview':
      return [otherSeat(driver), driver]
    case 'planReview':
    case 'reviewing':
      return [otherSeat(driver)]
    case 'planning':
    case 'driving':
    case 'proving':
    case 'settling':
      return [driver]
    default:
      return assertNever(stage)
  }
}
export const isActive = (state: PairState, seat: SeatId): boolean => activeSeats(state).includes(seat)
export const hasEnded = ({ stage }: PairState): boolean => stage.phase === 'ended'

/** A plan comes first and is not settled yet. */
export const isPlanning = ({ terms, planSettled }: PairState): boolean =>
  terms.planFirst !== 'no' && planSettled === null
export const planOf = ({ plans }: PairState): PlanVersion | null => plans.at(-1) ?? null

/** To be mended by the driver. Of what was said more than once, the last telling. */
export const openFindings = ({ findings }: PairState): readonly FindingRecord[] => {
  const saidAgain = new Set(findings.flatMap(({ finding }) => finding.repeats ?? []))
  return findings.filter(record => stateOf(record) === 'open' && !saidAgain.has(record.finding.id))
}
/** The highest number in the ids with this prefix, `2.` of `2.1` and `2.2`; 0 when there is none. */
export const lastFinding = ({ findings }: PairState, prefix: string): number =>
  Math.max(
    0,
    ...findings.map(({ finding: { id } }) =>
      id.startsWith(prefix) ? Number(id.slice(prefix.length)) || 0 : 0,
    ),
  )
export const findingOf = ({ findings }: PairState, id: FindingId): FindingRecord | undefined =>
  findings.find(({ finding }) => finding.id === id)

/** What names the work as it was read last: its tree, or outside git the turn that made it. */
export const workOf = ({ lastMeasure, lastTurn, driver }: PairState): string | null =>
  lastMeasure?.target?.tree ?? lastTurn[driver]

/** The proof passed, and on the work as it was read last; true when none is asked for. */
export const isProven = (state: PairState): boolean => {
  if (state.terms.proof === null) return true
  const result = state.proof?.result
  return !!result && hasPassed(result) && isFresh(state)
}
/** The proof's run was about the work as it was read last. Outside git any later turn makes it stale. */
export const isFresh = ({ proof, lastMeasure, git, report }: PairState): boolean => {
  if (!proof?.result) return false
  return git ? proof.result.tree === (lastMeasure?.target?.tree ?? null) : report !== null
}
export const proofRuns = ({ proof }: PairState): boolean => proof !== null && proof.result === null

/** Changed files, of all that the pair has changed, that no plan item names and the human has not accepted. */
export const unplannedOf = (state: PairState): readonly string[] => {
  const plan = planOf(state)
  const changed = state.lastMeasure?.whole ?? state.lastMeasure?.diffstat
  if (!plan || !changed) return []
  const files = changed.files.map(({ path }) => path)
  return unplannedFiles(files, plan.items).filter(path => !state.acceptedFiles.includes(path))
}

/** Tokens of both agents by their own count, cached input left out. */
export const tokensUsed = ({ seats }: PairState): number =>
  freshTokens(seats.left.usage) + freshTokens(seats.right.usage)

export const isWorking = (seat: SeatState): boolean => seat.status.type === 'working'
/** Its program is up: it takes messages now or after its turn. */
export const isUp = (seat: SeatState): boolean =>
  seat.status.type === 'idle' || seat.status.type === 'working'

export const waiting = (state: PairState): readonly Delivery[] =>
  state.outbox.filter(({ status }) => status === 'waiting')

const holdsOf = <T extends Hold['type']>(state: PairState, type: T): readonly Extract<Hold, { type: T }>[] =>
  state.holds.filter((hold): hold is Extract<Hold, { type: T }> => hold.type === type)
/** The first of this type. */
export const holdOf = <T extends Hold['type']>(
  state: PairState,
  type: T,
): Extract<Hold, { type: T }> | undefined => holdsOf(state, type)[0]
export const troubleOf = (state: PairState, seat: SeatId) =>
  holdsOf(state, 'trouble').find(hold => hold.seat === seat)
export const quotaOf = (state: PairState, seat: SeatId) =>
  holdsOf(state, 'quota').find(hold => hold.seat === seat)
export const notAcceptedOf = (state: PairState, delivery: DeliveryId) =>
  holdsOf(state, 'notAccepted').find(hold => hold.delivery === delivery)

/** True when nothing may be handed over: a hold, or a question or approval that is open at either agent. */
export const isHeld = (state: PairState): boolean => state.holds.length > 0 || state.requests.length > 0

/** A task (opening, handoff, reminder) is on its way to the seat and the agent has not said that it took it. */
export const taskOutstanding = (state: PairState, seat: SeatId): boolean =>
  state.outbox.some(each => each.to === seat && each.kind !== 'steer' && each.status !== 'accepted')

export const checkpointOf = ({ checkpoints }: PairState, number: number): Checkpoint | undefined =>
  checkpoints.find(each => each.number === number)

/** It works, or a task is on its way to it: a word to it now reaches that work. */
export const isAtWork = (state: PairState, seat: SeatId): boolean =>
  isWorking(state.seats[seat]) ||
  state.outbox.some(({ to, kind, status }) => to === seat && kind !== 'steer' && status !== 'waiting')
