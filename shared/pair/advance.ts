/**
 * What follows by itself: after every decision, whatever may go out now goes out. One delivery in flight per seat;
 * nothing leaves while held, except what a Step lets pass and the human's own steer into a turn.
 */
import type { Draft } from './draft'
import { handoffAfterSwap } from './messages/work'
import type { Delivery, PairState } from './model'
import { otherSeat, SEATS, type SeatId } from './seat'
import { seatWaitsFor, steerWaitsFor } from './steering'
import { isHeld, isWorking, tokensUsed, waiting } from './view'

export const advance = (draft: Draft): void => {
  if (draft.state.stage.phase === 'ended') return
  countTokens(draft)
  swapAtBoundary(draft)
  for (const seat of SEATS) holdForProgram(draft, seat)
  for (const seat of SEATS) sendNext(draft, seat)
}

const countTokens = (draft: Draft): void => {
  const { caps, capReached } = draft.state
  if (caps.tokens === undefined || capReached !== null) return
  if (tokensUsed(draft.state) >= caps.tokens) draft.add({ type: 'capReached', cap: 'tokens' })
}

const capDetail = ({ caps, capReached }: PairState): string =>
  capReached === 'minutes'
    ? `${caps.minutes} ${caps.minutes === 1 ? 'minute' : 'minutes'}`
    : `${caps.tokens} tokens`

/** A task for a program that is not running would wait for ever, and nobody would know. */
const holdForProgram = (draft: Draft, seat: SeatId): void => {
  const { type } = draft.state.seats[seat].status
  if (type !== 'exited' && type !== 'failed') return
  if (!waiting(draft.state).some(({ to, kind }) => to === seat && kind !== 'steer')) return
  const detail = 'Its program is not running, and a message waits for it.'
  draft.hold({ type: 'trouble', seat, cause: 'crash', detail })
}

/** Roles swap where a round begins: when a review's findings wait for the driver. */
const swapAtBoundary = (draft: Draft): void => {
  const { state } = draft
  const atBoundary = state.stage.phase === 'driving' || state.stage.phase === 'planning'
  if (!state.swapRequested || !atBoundary || isWorking(state.seats[state.driver])) return
  const handoff = waiting(state).find(({ kind, to }) => kind === 'handoff' && to === state.driver)
  if (!handoff) return
  const driver = otherSeat(state.driver)
  draft.add({ type: 'rolesSwapped', driver })
  draft.drop([handoff], 'roles swapped')
  draft.queue({ to: driver, kind: 'handoff', text: handoffAfterSwap(draft.state, handoff.text) })
}

const sendNext = (draft: Draft, seat: SeatId): void => {
  const { state } = draft
  if (state.stage.phase === 'ended' || seatWaitsFor(state, seat) !== null) return
  const mine = waiting(state).filter(({ to }) => to === seat)
  const working = isWorking(state.seats[seat])
  const steer = mine.find(({ kind, when }) => kind === 'steer' && when === 'now')
  if (steer && steerWaitsFor(state, seat) === null) {
    draft.add({ type: 'deliverySending', id: steer.id, carries: [], mode: working ? 'steer' : 'message' })
    return
  }
  const task = mine.find(({ kind }) => kind !== 'steer')
  if (!task || working || !mayHandOver(state)) return
  if (task.kind === 'handoff' && seat !== state.driver && driverIsAboutToWork(state)) return
  if (state.capReached !== null) {
    return draft.add({ type: 'ended', reason: 'cap', detail: capDetail(state) })
  }
  const carries = mine.filter(each => each.kind === 'steer' && each.id !== task.id).map(({ id }) => id)
  draft.add({
    type: 'deliverySending',
    id: task.id,
    carries: carriesSteers(task) ? carries : [],
    mode: 'message',
  })
}

/** The work under review would change: the turn that begins takes the handoff back, and it is made anew. */
const driverIsAboutToWork = ({ outbox, driver, stage }: PairState): boolean =>
  stage.phase !== 'doubleReview' && outbox.some(({ to, status }) => to === driver && status !== 'waiting')

/** What steers for the next handoff travel in. */
export const carriesSteers = ({ kind }: Delivery): boolean => kind === 'handoff' || kind === 'notice'

const mayHandOver = (state: PairState): boolean =>
  !isHeld(state) ||
  (state.stepAllowed && state.requests.length === 0 && state.holds.every(({ type }) => type === 'paused'))
