/**
 * `foldTimeline`: what one more event means for what a person reads. Total, pure and incremental: any order of
 * events folds without throwing, nothing before an event is looked at again, and a version once made stays valid.
 */
import type { Stamped } from '../pair/events'
import { otherSeat } from '../pair/seat'
import { assertNever } from '../result'
import { entryAt, listOf, sealed, unsealed, withoutBefore } from './entries'
import type { Entry } from './entry'
import type { JournalEvent } from './line'
import {
  accepted,
  answerAll,
  dropped,
  dropWaiting,
  edited,
  forgetTaken,
  queued,
  returned,
  sending,
} from './timeline-deliveries'
import { limitTold, noted } from './timeline-notes'
import { reviewEvent } from './timeline-review'
import {
  add,
  closeRequests,
  initialTimeline,
  type Of,
  release,
  rememberPair,
  start,
  type Timeline,
  voice,
} from './timeline-state'
import { closeTurn, endTurn, inSession, measureTurn, saidInTurn, startTurn, usage } from './timeline-turns'

export type { Timeline }

/** Before the first event. */
export const emptyTimeline: Timeline = initialTimeline

/** All entries, in order. Copies; call it once for a batch of events. */
export const entriesOf = (timeline: Timeline): readonly Entry[] => listOf(timeline.entries)

/**
 * How many entries, from the first, no later event can change: what an export may write already. A seat's last turn
 * counts as open until its next one, because its usage and measure may come late.
 */
export const settledCount = (timeline: Timeline): number => {
  const { turns, requests, holds, deliveries, entries } = timeline
  const open = [
    ...Object.values(turns).flatMap(turn => (turn ? [turn.index] : [])),
    ...[...requests, ...holds, ...deliveries, ...(timeline.proof ? [timeline.proof] : [])].map(
      ({ index }) => index,
    ),
  ]
  return Math.min(entries.length, ...open)
}

/** Entry `index`, or undefined when it was forgotten. */
export const timelineEntry = (timeline: Timeline, index: number): Entry | undefined =>
  entryAt(timeline.entries, index)

/** Forgets written entries, in steps; what still changes among them changes unseen. */
export const forgetEntries = (timeline: Timeline, before: number): Timeline => ({
  ...timeline,
  entries: withoutBefore(timeline.entries, before),
})

export const foldTimeline = (timeline: Timeline, event: JournalEvent): Timeline => {
  if (event.type !== 'unknown') return fold(timeline, event)
  return add(timeline, { ...start(timeline, event), type: 'unknown', name: event.name })
}

/** Many events at once: the same timeline as one by one, without a version of it for each. */
export const foldEvents = (timeline: Timeline, events: readonly JournalEvent[]): Timeline => {
  const begun = { ...timeline, entries: unsealed(timeline.entries) }
  const folded = events.reduce(foldTimeline, begun)
  return { ...folded, entries: sealed(folded.entries) }
}

const fold = (timeline: Timeline, event: Stamped): Timeline => {
  switch (event.type) {
    case 'pairStarted':
      return pairStarted(timeline, event)
    case 'deliveryQueued':
      return queued(timeline, event)
    case 'deliveryEdited':
      return edited(timeline, event)
    case 'deliveryDropped':
      return dropped(timeline, event)
    case 'deliverySending':
      return sending(timeline, event)
    case 'deliveryAccepted':
      return accepted(timeline, event)
    case 'deliveryReturned':
      return returned(timeline, event)
    case 'turnStarted':
      return startTurn(timeline, event)
    case 'said':
      return saidInTurn(timeline, event)
    case 'turnEnded':
      return answerAll(endTurn(timeline, event), event.seat, event.at)
    case 'turnMeasured':
      return measureTurn(timeline, event)
    case 'usageReported':
      return usage(timeline, event)
    case 'reviewed':
      return reviewed(timeline, event)
    case 'requestOpened':
      return requestOpened(timeline, event)
    case 'requestClosed':
      return closeRequests(timeline, ({ id }) => id === event.id, event)
    case 'held':
      return held(timeline, event)
    case 'released':
      return release(timeline, ({ type }) => type === event.why, event.at)
    case 'roundStarted':
      return roundStarted(timeline, event)
    case 'rolesSwapped':
      return swapped(timeline, event)
    case 'ended':
      return ended(timeline, event)
    case 'planProposed':
    case 'planSettled':
    case 'doneReported':
    case 'followUpsNamed':
    case 'findingsAnswered':
    case 'findingRuled':
    case 'findingPromoted':
    case 'proofChanged':
    case 'proofStarted':
    case 'proofEnded':
    case 'proofSentBack':
    case 'doubleReviewRequested':
    case 'doubleReviewWithdrawn':
    case 'doubleReviewStarted':
    case 'unplannedAccepted':
    case 'restored':
    case 'capReached':
    case 'slept':
    case 'continued':
    case 'pullRequestDrafted':
      return reviewEvent(timeline, event)
    case 'noticed':
    case 'stepAllowed':
    case 'turnInterrupting':
    case 'swapRequested':
    case 'swapWithdrawn':
    case 'seatQuiet':
    case 'goOnPlanned':
    case 'goOnWithdrawn':
    case 'limitOver':
      return noted(timeline, event)
    case 'limitTold':
      return limitTold(timeline, event)
    case 'pairReopened':
    case 'seatReady':
    case 'seatFailed':
    case 'seatExited':
      return seatChanged(timeline, event)
    case 'seatStarting':
    case 'deliveryChecking':
    case 'reviewSubmitted':
    case 'requestAnswered':
    case 'handingOver':
    case 'proofStopping':
    case 'agreementChecking':
    case 'restoring':
    case 'seatHeard':
      return timeline // told by the event that follows: seatReady, reviewed, requestClosed, turnMeasured, …
    default:
      return assertNever(event)
  }
}

const pairStarted = (timeline: Timeline, event: Of<'pairStarted'>): Timeline => {
  const known = rememberPair(timeline, event)
  const { intent, folder, branch } = event
  return add(known, { ...start(known, event), type: 'intent', text: intent, folder, branch })
}

const reviewed = (timeline: Timeline, event: Of<'reviewed'>): Timeline => {
  const { seat, verdict, by, summary, findings, plan, matches, verdicts, nothingNew } = event
  return add(timeline, {
    ...start(timeline, event),
    type: 'review',
    voice: voice(timeline, seat),
    verdict,
    by,
    summary,
    findings,
    plan: plan ?? null,
    matches: matches ?? [],
    verdicts: verdicts ?? null,
    nothingNew: nothingNew ?? false,
  })
}

const requestOpened = (timeline: Timeline, event: Of<'requestOpened'>): Timeline => {
  const { seat, request } = event
  const { id } = request
  const index = timeline.entries.length
  const open = { ...timeline, requests: [...timeline.requests, { id, seat, index }] }
  return add(open, {
    ...start(timeline, event),
    type: 'request',
    voice: voice(timeline, seat),
    id,
    request,
    closedAt: null,
    by: null,
    summary: '',
  })
}

const held = (timeline: Timeline, event: Of<'held'>): Timeline => {
  const index = timeline.entries.length
  const open = { ...timeline, holds: [...timeline.holds, { type: event.why.type, index }] }
  return add(open, { ...start(timeline, event), type: 'hold', why: event.why, releasedAt: null })
}

const roundStarted = (timeline: Timeline, event: Of<'roundStarted'>): Timeline => {
  const next = { ...timeline, round: event.round }
  return add(next, { ...start(next, event), type: 'round' })
}

const swapped = (timeline: Timeline, event: Of<'rolesSwapped'>): Timeline => {
  const next = { ...timeline, driver: event.driver }
  return add(next, {
    ...start(next, event),
    type: 'swap',
    driver: voice(next, event.driver),
    navigator: voice(next, otherSeat(event.driver)),
  })
}

const ended = (timeline: Timeline, event: Of<'ended'>): Timeline => {
  const quiet = release(dropWaiting(timeline, event.at, 'The pair ended.'), () => true, event.at)
  const { reason, detail } = event
  return add({ ...quiet, ended: true }, { ...start(timeline, event), type: 'ended', reason, detail })
}

type SeatChange = Of<'pairReopened' | 'seatReady' | 'seatFailed' | 'seatExited'>

const seatChanged = (timeline: Timeline, event: SeatChange): Timeline => {
  switch (event.type) {
    case 'pairReopened':
      return reopened(timeline, event)
    case 'seatReady':
      return ready(timeline, event)
    case 'seatFailed':
      return seatEntry(timeline, event, event.message, 'trouble')
    case 'seatExited':
      return exited(timeline, event)
    default:
      return assertNever(event)
  }
}

const seatEntry = (
  timeline: Timeline,
  event: Of<'seatReady' | 'seatFailed' | 'seatExited'>,
  text: string,
  tone: 'plain' | 'trouble',
): Timeline =>
  add(timeline, {
    ...start(timeline, event),
    type: 'seat',
    voice: voice(timeline, event.seat),
    text,
    tone,
    ready:
      event.type === 'seatReady'
        ? { version: event.version, model: event.model, session: event.session }
        : null,
  })

const reopened = (timeline: Timeline, event: Of<'pairReopened'>): Timeline => {
  const text = 'The pair was opened again.'
  const lost = { at: event.at, outcome: { type: 'interrupted' } } as const
  const closed = closeTurn(closeTurn(timeline, 'left', lost), 'right', lost)
  const quiet = closeRequests(forgetTaken(closed, null), () => true, {
    at: event.at,
    by: 'agent',
    summary: 'Not answered: Duologue was closed.',
  })
  return add(quiet, { ...start(quiet, event), type: 'notice', voice: null, text })
}

/** An agent tells that it is ready again when nothing changed; that is not worth a line. */
const ready = (before: Timeline, event: Of<'seatReady'>): Timeline => {
  const timeline = inSession(before, event.seat, event.session)
  const model = event.model === null ? '' : `, ${event.model}`
  const text = `Ready: version ${event.version}${model}, session ${event.session}`
  if (timeline.ready[event.seat] === text) return timeline
  const next = { ...timeline, ready: { ...timeline.ready, [event.seat]: text } }
  return seatEntry(next, event, text, 'plain')
}

const exited = (timeline: Timeline, event: Of<'seatExited'>): Timeline => {
  const { seat, code, signal, at } = event
  const how = signal === null ? `exit code ${code ?? 'unknown'}` : signal
  const detail = `Its program ended (${how}).`
  const closed = closeTurn(timeline, seat, { at, outcome: { type: 'failed', cause: 'crash', detail } })
  const quiet = closeRequests(forgetTaken(closed, seat), request => request.seat === seat, {
    at,
    by: 'agent',
    summary: 'Not answered: its program ended.',
  })
  const next = { ...quiet, ready: { ...quiet.ready, [seat]: '' } }
  return seatEntry(next, event, detail, code === 0 || timeline.ended ? 'plain' : 'trouble')
}
