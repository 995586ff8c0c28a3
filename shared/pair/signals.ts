/** What an agent's signal, or the outcome of an effect, means for the pair. A signal is never refused: it happened. */
import type { AgentEvent } from '../agent/event'
import { asFindingId, type RequestId } from '../ids'
import { assertNever } from '../result'
import type { Draft } from './draft'
import type { Signal } from './inputs'
import { limitEnded, limitTold } from './limits'
import { restartedText } from './messages/notes'
import { propose } from './planning'
import { proofEnded } from './proving'
import { carrierOf, notAccepted, notTaken, taken } from './receipts'
import { restored } from './restoring'
import type { SeatId } from './seat'
import { interrupted, turnEnded } from './turn-ends'
import { settled } from './verdict'
import {
  hasEnded,
  holdOf,
  isActive,
  isWorking,
  lastFinding,
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
      return taken(draft, event.id, event.via)
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
