/** What an agent's signal, or the outcome of an effect, means for the pair. A signal is never refused: it happened. */
import { type AgentEvent, VIA_RECORD } from '../agent/event'
import { asFindingId, type DeliveryId, type RequestId } from '../ids'
import { assertNever } from '../result'
import { doubleTurnEnded } from './double-review'
import type { Draft } from './draft'
import type { PairEvent } from './events'
import type { Signal } from './inputs'
import { holdForLimit, limitEnded, limitTold } from './limits'
import { restartedText, reviewReminderText } from './messages/notes'
import type { BlindReviewer, PairState } from './model'
import { planJudged, planTurnEnded, propose } from './planning'
import { proofEnded } from './proving'
import { restored } from './restoring'
import { handBackUnreviewed, handOverWork } from './rounds'
import type { SeatId } from './seat'
import { giveVerdict, settled } from './verdict'
import {
  hasEnded,
  holdOf,
  isActive,
  isWorking,
  lastFinding,
  notAcceptedOf,
  quotaOf,
  taskOutstanding,
  troubleOf,
} from './view'
import { workMeasured } from './work'

export const onSignal = (draft: Draft, signal: Signal): void => {
  switch (signal.type) {
    case 'agent':
      heard(draft, signal.seat)
      return onAgent(draft, signal.seat, signal.event)
    case 'quiet':
      return quiet(draft, signal)
    case 'heard':
      return heard(draft, signal.seat)
    case 'launchFailed':
      return launchFailed(draft, signal.seat, signal.message)
    case 'deliverFailed':
      return notAccepted(draft, signal.id, signal.why)
    case 'notTaken':
      return notTaken(draft, carrierOf(draft.state, signal.id))
    case 'acceptTimedOut':
      if (!draft.state.outbox.some(({ id, status }) => id === signal.id && status === 'sending')) return
      return draft.hold({
        type: 'notAccepted',
        delivery: signal.id,
        detail: 'The agent has not said that it took this message.',
      })
    case 'answerFailed':
      return answerFailed(draft, signal.id, signal.why)
    case 'measured':
      return workMeasured(draft, signal.turn, signal.measure)
    case 'review':
      return draft.add({ type: 'reviewSubmitted', seat: signal.seat, review: signal.review })
    case 'plan':
      return propose(draft, signal.seat, signal.items, signal.reason)
    case 'report':
      return reported(draft, signal)
    case 'answers':
      return draft.add({ type: 'findingsAnswered', seat: signal.seat, answers: signal.answers })
    case 'proofEnded':
      return proofEnded(draft, signal.run, signal.result)
    case 'settled':
      return settled(draft, signal.tree)
    case 'restored':
      return restored(draft, signal)
    case 'timeIsUp':
      if (draft.state.capReached !== 'minutes') draft.add({ type: 'capReached', cap: 'minutes' })
      return
    case 'limitEnded':
      return limitEnded(draft, signal.seat, signal.resetsAt)
    case 'slept':
      if (draft.state.stage.phase !== 'ended') draft.add({ type: 'slept', ms: signal.ms })
      return
    case 'pullRequest':
      return draft.add({ type: 'pullRequestDrafted', url: signal.url })
    case 'notice':
      return draft.add({ type: 'noticed', seat: signal.seat, text: signal.text })
    default:
      return assertNever(signal)
  }
}

/** One that waits for its human, or is at rest, is not stuck. Said once for each silence. */
const quiet = (draft: Draft, { seat, since, last }: Extract<Signal, { type: 'quiet' }>): void => {
  const { seats, requests } = draft.state
  if (!isWorking(seats[seat]) || seats[seat].quiet !== null) return
  if (requests.some(request => request.seat === seat)) return
  draft.add({ type: 'seatQuiet', seat, since, last })
}

const heard = (draft: Draft, seat: SeatId): void => {
  if (draft.state.seats[seat].quiet !== null) draft.add({ type: 'seatHeard', seat })
}

/** Follow-ups become findings of their own, for the human to promote or export. */
const reported = (draft: Draft, { seat, report, followUps }: Extract<Signal, { type: 'report' }>): void => {
  draft.add({ type: 'doneReported', seat, report })
  if (followUps.length === 0) return
  const prefix = `${draft.state.round}.f`
  const last = lastFinding(draft.state, prefix)
  const named = followUps.map((text, index) => ({
    id: asFindingId(`${prefix}${last + index + 1}`),
    severity: 'minor' as const,
    file: '',
    line: 0,
    text,
    inScope: false,
  }))
  draft.add({ type: 'followUpsNamed', seat, findings: named })
}

const onAgent = (draft: Draft, seat: SeatId, event: AgentEvent): void => {
  switch (event.type) {
    case 'ready':
      return ready(draft, seat, event)
    case 'turnStarted':
      return turnStarted(draft, seat, event)
    case 'messageTaken':
      return taken(draft, event)
    case 'messageLost':
      return notAccepted(draft, event.id, event.why)
    case 'said':
      if (event.text.trim() !== '') draft.add({ ...event, seat })
      return
    case 'turnEnded':
      return turnEnded(draft, seat, event)
    case 'requestOpened':
      if (draft.state.requests.some(({ request }) => request.id === event.request.id)) return
      return draft.add({ type: 'requestOpened', seat, request: event.request })
    case 'requestClosed':
      if (!draft.state.requests.some(({ request }) => request.id === event.id)) return
      return draft.add(event)
    case 'usage':
      return draft.add({ type: 'usageReported', seat, usage: event.usage })
    case 'limit':
      return limitTold(draft, seat, event.resetsAt)
    case 'notice':
    case 'stalled':
      return draft.add({ type: 'noticed', seat, text: event.text })
    case 'wentOn':
      return
    case 'exited':
      return exited(draft, seat, event)
    default:
      return assertNever(event)
  }
}

type Is<T extends AgentEvent['type']> = Extract<AgentEvent, { type: T }>

const ready = (draft: Draft, seat: SeatId, event: Is<'ready'>): void => {
  const { lostTurn, status } = draft.state.seats[seat]
  draft.add({
    type: 'seatReady',
    seat,
    session: event.session,
    version: event.version,
    model: event.model ?? null,
  })
  if (status.type !== 'starting') return
  releaseTrouble(draft, seat)
  // One that a limit holds gets its task again when the human lets it go on.
  if (quotaOf(draft.state, seat)) return
  if (lostTurn && isActive(draft.state, seat) && !taskOutstanding(draft.state, seat)) {
    // The human had ended this round when the turn died: what there is goes over all the same.
    if (draft.state.endingRound) return interrupted(draft, draft.state, seat)
    draft.queue({ to: seat, kind: 'notice', text: restartedText })
  }
}

const releaseTrouble = (draft: Draft, seat: SeatId): void => {
  const hold = troubleOf(draft.state, seat)
  if (hold) draft.releaseOne(hold)
}

const turnStarted = (draft: Draft, seat: SeatId, event: Is<'turnStarted'>): void => {
  const { status } = draft.state.seats[seat]
  if (status.type === 'working' && status.turn === event.turn) return
  draft.add({ type: 'turnStarted', seat, turn: event.turn, cause: event.cause })
  if (!isActive(draft.state, seat)) return
  if (holdOf(draft.state, 'interrupted')?.seat === seat) draft.release('interrupted')
  releaseTrouble(draft, seat)
  const limited = quotaOf(draft.state, seat)
  if (limited) draft.releaseOne(limited)
  for (const type of ['unclear', 'noPlan', 'repetition'] as const) {
    if (holdOf(draft.state, type)?.seat === seat) draft.release(type)
  }
  if (seat === draft.state.driver) draft.release('unplanned')
  withdrawHandoff(draft, seat)
}

/** The driver works again, so what was to be handed over is no longer what there is; it is made anew at the end. */
const withdrawHandoff = (draft: Draft, seat: SeatId): void => {
  const { state } = draft
  if (seat !== state.driver) return
  const stale = state.outbox.filter(
    each => each.kind === 'handoff' && each.to !== seat && each.status === 'waiting',
  )
  draft.drop(stale, 'the driver went on working')
}

/** A steer that travels in another message is that message: it is taken with it, or not at all. */
const carrierOf = ({ outbox }: PairState, id: DeliveryId): DeliveryId =>
  outbox.find(({ carries, status }) => status === 'sending' && carries.includes(id))?.id ?? id

const taken = (draft: Draft, { id: told, via }: Is<'messageTaken'>): void => {
  const id = carrierOf(draft.state, told)
  const delivery = draft.state.outbox.find(each => each.id === id)
  if (!delivery || delivery.status === 'accepted') return
  draft.add({ type: 'deliveryAccepted', id, via })
  const hold = notAcceptedOf(draft.state, id)
  if (hold) draft.releaseOne(hold)
  const seat = delivery.to
  const rests = !isWorking(draft.state.seats[seat]) && !taskOutstanding(draft.state, seat)
  if (via === VIA_RECORD && isActive(draft.state, seat) && rests) {
    draft.queue({ to: seat, kind: 'notice', text: restartedText })
  }
}

const notAccepted = (draft: Draft, told: Is<'messageLost'>['id'], why: string): void => {
  const id = carrierOf(draft.state, told)
  const delivery = draft.state.outbox.find(each => each.id === id)
  if (delivery?.status !== 'sending') return
  draft.add({ type: 'deliveryReturned', id, why })
  draft.hold({ type: 'notAccepted', delivery: id, detail: why })
}

const notTaken = (draft: Draft, id: DeliveryId): void => {
  if (!draft.state.outbox.some(each => each.id === id && each.status === 'sending')) return
  draft.add({ type: 'deliveryReturned', id, why: 'It had not reached the agent.' })
}

/** It is open still, and the human may answer it again. */
const answerFailed = (draft: Draft, id: RequestId, why: string): void => {
  const open = draft.state.requests.find(({ request }) => request.id === id)
  if (!open?.answered) return
  draft.add({ type: 'requestClosed', id, by: 'agent', summary: `the answer did not arrive: ${why}` })
  draft.add({ type: 'requestOpened', seat: open.seat, request: open.request })
}

/** What was on its way may have reached the program of before: it stays so until the agent's own record can be asked. */
const launchFailed = (draft: Draft, seat: SeatId, message: string): void => {
  draft.add({ type: 'seatFailed', seat, message })
  if (!hasEnded(draft.state)) draft.hold({ type: 'trouble', seat, cause: 'crash', detail: message })
}

const exited = (draft: Draft, seat: SeatId, event: Is<'exited'>): void => {
  const { status } = draft.state.seats[seat]
  if (status.type === 'exited') return
  draft.add({ type: 'seatExited', seat, code: event.code, signal: event.signal, resumable: event.resumable })
  if (hasEnded(draft.state)) return
  const how = event.signal
    ? `was ended by ${event.signal}`
    : `ended with exit code ${event.code ?? 'unknown'}`
  const when = status.type === 'working' ? ' in the middle of its turn' : ''
  draft.hold({ type: 'trouble', seat, cause: 'crash', detail: `Its program ${how}${when}.` })
}

/**
 * An agent that has ended the turn that a message began has read the message, also when its receipt is still to come
 * (Claude Code writes a prompt down after its hooks have told of it). One that crashed may have lost it.
 */
const receive = (draft: Draft, seat: SeatId, { turn, outcome }: Is<'turnEnded'>): void => {
  const { status } = draft.state.seats[seat]
  if (status.type !== 'working' || status.turn !== turn || status.cause === 'human') return
  if (outcome.type === 'failed' && outcome.cause === 'crash') return
  taken(draft, { type: 'messageTaken', id: status.cause.delivery, via: 'the end of its turn' })
}

const turnEnded = (draft: Draft, seat: SeatId, event: Is<'turnEnded'>): void => {
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

const interrupted = (draft: Draft, before: PairState, seat: SeatId): void => {
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
  { cause, detail }: Extract<Is<'turnEnded'>['outcome'], { type: 'failed' }>,
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
