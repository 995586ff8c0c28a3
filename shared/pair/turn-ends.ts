/** How a turn ended, and what the pair does next. */
import type { AgentEvent } from '../agent/event'
import { assertNever } from '../result'
import { doubleTurnEnded } from './double-review'
import type { Draft } from './draft'
import type { PairEvent } from './events'
import { holdForLimit } from './limits'
import { reviewReminderText } from './messages/notes'
import type { BlindReviewer, PairState } from './model'
import { planJudged, planTurnEnded } from './planning'
import { taken } from './receipts'
import { handBackUnreviewed, handOverWork } from './rounds'
import type { SeatId } from './seat'
import { giveVerdict } from './verdict'
import { isActive, isWorking, taskOutstanding } from './view'

type TurnEnded = Extract<AgentEvent, { type: 'turnEnded' }>

/**
 * An agent that has ended the turn that a message began has read the message, also when its receipt is still to come
 * (Claude Code writes a prompt down after its hooks have told of it). One that crashed may have lost it.
 */
const receive = (draft: Draft, seat: SeatId, { turn, outcome }: TurnEnded): void => {
  const { status } = draft.state.seats[seat]
  if (status.type !== 'working' || status.turn !== turn || status.cause === 'human') return
  if (outcome.type === 'failed' && outcome.cause === 'crash') return
  taken(draft, status.cause.delivery, 'the end of its turn')
}

export const turnEnded = (draft: Draft, seat: SeatId, event: TurnEnded): void => {
  receive(draft, seat, event)
  const before = draft.state
  const { status } = before.seats[seat]
  if (status.type !== 'working' || status.turn !== event.turn) {
    // A turn that we never saw begin (the app was away), or a repeated signal: its begin is not invented.
    if (before.lastTurn[seat] === event.turn || status.type === 'exited') return
  }
  const fact: PairEvent = {
    type: 'turnEnded',
    seat,
    turn: event.turn,
    outcome: event.outcome,
    text: event.text,
  }
  draft.add(fact)
  if (!isActive(before, seat) || taskOutstanding(before, seat)) return
  const { outcome } = event
  switch (outcome.type) {
    case 'completed':
      return completed(draft, seat)
    case 'interrupted':
      return interrupted(draft, before, seat)
    case 'failed':
      return failed(draft, before, seat, outcome)
    default:
      return assertNever(outcome)
  }
}

const completed = (draft: Draft, seat: SeatId): void => {
  const { stage } = draft.state
  switch (stage.phase) {
    case 'planning':
      return planTurnEnded(draft)
    case 'driving':
      return handOverWork(draft)
    case 'planReview':
    case 'reviewing':
    case 'doubleReview':
      return reviewEnded(draft, seat)
    case 'proving':
    case 'settling':
    case 'ended':
      return
    default:
      return assertNever(stage)
  }
}

/** What a reviewer has given in the review that goes on. */
const reviewOf = ({ stage }: PairState, seat: SeatId): BlindReviewer | null => {
  if (stage.phase === 'doubleReview') return stage.reviewers[seat]
  return stage.phase === 'reviewing' || stage.phase === 'planReview' ? stage : null
}

export const interrupted = (draft: Draft, before: PairState, seat: SeatId): void => {
  if (!before.endingRound) return draft.hold({ type: 'interrupted', seat })
  const reviewer = reviewOf(before, seat)
  if (reviewer === null) return completed(draft, seat)
  if (reviewer.review) return reviewEnded(draft, seat)
  if (before.stage.phase !== 'doubleReview' || nobodyWorks(draft)) handBackUnreviewed(draft)
}

const nobodyWorks = ({ state }: Draft): boolean =>
  !isWorking(state.seats.left) && !isWorking(state.seats.right)

/** A review that could not be made is an `error`: never a pass, never a round. */
const failed = (
  draft: Draft,
  before: PairState,
  seat: SeatId,
  { cause, detail }: Extract<TurnEnded['outcome'], { type: 'failed' }>,
): void => {
  if (reviewOf(before, seat)) {
    draft.add({ type: 'reviewed', seat, verdict: 'error', by: 'navigator', summary: detail, findings: [] })
  }
  if (cause === 'quota') return holdForLimit(draft, seat, detail)
  draft.hold({ type: 'trouble', seat, cause, detail })
}

const reviewEnded = (draft: Draft, seat: SeatId): void => {
  const { stage } = draft.state
  const reviewer = reviewOf(draft.state, seat)
  // A plan that was judged waits for the human; what its reviewer does meanwhile is no second review.
  const judged = stage.phase === 'planReview' && draft.state.planJudged >= stage.version
  if (reviewer === null || judged) return
  if (reviewer.review) {
    if (stage.phase === 'doubleReview') return doubleTurnEnded(draft)
    if (stage.phase === 'planReview') return planJudged(draft, reviewer.review, 'navigator')
    return giveVerdict(draft, { ...reviewer.review, by: 'navigator' })
  }
  if (!reviewer.reminded) {
    draft.queue({ to: seat, kind: 'reminder', text: reviewReminderText })
    return
  }
  if (isWorking(draft.state.seats[seat])) return
  draft.add({ type: 'reviewed', seat, verdict: 'unclear', by: 'navigator', summary: '', findings: [] })
  draft.hold({ type: 'unclear', seat })
}
