/** What an agent's signal, or the outcome of an effect, means for the pair. A signal is never refused: it happened. */
import { type AgentEvent, VIA_RECORD } from '../agent/event'
import type { RequestId } from '../ids'
import { assertNever } from '../result'
import type { Draft } from './draft'
import { restartedText } from './handoff'
import type { PairEvent, PairState, Signal } from './model'
import { giveVerdict, handBackUnreviewed, handOverWork, remind, workMeasured } from './rounds'
import type { SeatId } from './seat'
import { activeSeat, holdOf, isWorking, notAcceptedOf, taskOutstanding, troubleOf } from './view'

export const onSignal = (draft: Draft, signal: Signal): void => {
  switch (signal.type) {
    case 'agent':
      return onAgent(draft, signal.seat, signal.event)
    case 'launchFailed':
      return launchFailed(draft, signal.seat, signal.message)
    case 'deliverFailed':
      return notAccepted(draft, signal.id, signal.why)
    case 'notTaken':
      if (!draft.state.outbox.some(({ id, status }) => id === signal.id && status === 'sending')) return
      draft.add({ type: 'deliveryReturned', id: signal.id, why: 'It had not reached the agent.' })
      return
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
    case 'notice':
      return draft.add({ type: 'noticed', seat: signal.seat, text: signal.text })
    default:
      return assertNever(signal)
  }
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
    case 'notice':
      return draft.add({ type: 'noticed', seat, text: event.text })
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
  if (lostTurn && activeSeat(draft.state) === seat && !taskOutstanding(draft.state, seat)) {
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
  if (activeSeat(draft.state) !== seat) return
  if (holdOf(draft.state, 'interrupted')?.seat === seat) draft.release('interrupted')
  releaseTrouble(draft, seat)
  if (holdOf(draft.state, 'unclear')?.seat === seat) draft.release('unclear')
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

const taken = (draft: Draft, { id, via }: Is<'messageTaken'>): void => {
  const delivery = draft.state.outbox.find(each => each.id === id)
  if (!delivery || delivery.status === 'accepted') return
  draft.add({ type: 'deliveryAccepted', id, via })
  const hold = notAcceptedOf(draft.state, id)
  if (hold) draft.releaseOne(hold)
  const seat = delivery.to
  if (via === VIA_RECORD && activeSeat(draft.state) === seat && !isWorking(draft.state.seats[seat])) {
    draft.queue({ to: seat, kind: 'notice', text: restartedText })
  }
}

const notAccepted = (draft: Draft, id: Is<'messageLost'>['id'], why: string): void => {
  const delivery = draft.state.outbox.find(each => each.id === id)
  if (delivery?.status !== 'sending') return
  draft.add({ type: 'deliveryReturned', id, why })
  draft.hold({ type: 'notAccepted', delivery: id, detail: why })
}

/** It is open still, and the human may answer it again. */
const answerFailed = (draft: Draft, id: RequestId, why: string): void => {
  const open = draft.state.requests.find(({ request }) => request.id === id)
  if (!open?.answered) return
  draft.add({ type: 'requestClosed', id, by: 'agent', summary: `the answer did not arrive: ${why}` })
  draft.add({ type: 'requestOpened', seat: open.seat, request: open.request })
}

const launchFailed = (draft: Draft, seat: SeatId, message: string): void => {
  draft.add({ type: 'seatFailed', seat, message })
  const lost = draft.state.outbox.filter(({ to, status }) => to === seat && status === 'sending')
  for (const { id } of lost) draft.add({ type: 'deliveryReturned', id, why: message })
  if (activeSeat(draft.state) !== null) draft.hold({ type: 'trouble', seat, cause: 'crash', detail: message })
}

const exited = (draft: Draft, seat: SeatId, event: Is<'exited'>): void => {
  const { status } = draft.state.seats[seat]
  if (status.type === 'exited') return
  draft.add({ type: 'seatExited', seat, code: event.code, signal: event.signal, resumable: event.resumable })
  if (activeSeat(draft.state) === null) return
  const how = event.signal
    ? `was ended by ${event.signal}`
    : `ended with exit code ${event.code ?? 'unknown'}`
  const when = status.type === 'working' ? ' in the middle of its turn' : ''
  draft.hold({ type: 'trouble', seat, cause: 'crash', detail: `Its program ${how}${when}.` })
}

const turnEnded = (draft: Draft, seat: SeatId, event: Is<'turnEnded'>): void => {
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
  if (activeSeat(before) !== seat || taskOutstanding(before, seat)) return
  const { outcome } = event
  switch (outcome.type) {
    case 'completed':
      return before.stage.phase === 'driving' ? handOverWork(draft) : reviewEnded(draft)
    case 'interrupted':
      return interrupted(draft, before, seat)
    case 'failed':
      return failed(draft, before, seat, outcome)
    default:
      return assertNever(outcome)
  }
}

const interrupted = (draft: Draft, before: PairState, seat: SeatId): void => {
  if (!before.endingRound) return draft.hold({ type: 'interrupted', seat })
  if (before.stage.phase === 'driving') return handOverWork(draft)
  if (before.stage.phase === 'reviewing' && before.stage.review) return reviewEnded(draft)
  handBackUnreviewed(draft)
}

/** A review that could not be made is an `error`: never a pass, never a round. */
const failed = (
  draft: Draft,
  before: PairState,
  seat: SeatId,
  { cause, detail }: Extract<Is<'turnEnded'>['outcome'], { type: 'failed' }>,
): void => {
  if (before.stage.phase === 'reviewing') {
    draft.add({ type: 'reviewed', seat, verdict: 'error', by: 'navigator', summary: detail, findings: [] })
  }
  draft.hold({ type: 'trouble', seat, cause, detail })
}

const reviewEnded = (draft: Draft): void => {
  const { stage } = draft.state
  if (stage.phase !== 'reviewing') return
  if (stage.review) return giveVerdict(draft, stage.review, 'navigator')
  if (!stage.reminded) return remind(draft)
  const seat = activeSeat(draft.state)
  if (seat === null || isWorking(draft.state.seats[seat])) return
  draft.add({ type: 'reviewed', seat, verdict: 'unclear', by: 'navigator', summary: '', findings: [] })
  draft.hold({ type: 'unclear', seat })
}
