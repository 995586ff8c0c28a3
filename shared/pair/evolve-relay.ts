/** What seats, deliveries and turns mean for the state of a pair. */
import { sumUsage, withUsage } from '../agent/usage'
import type { DeliveryId } from '../ids'
import { millisOf } from '../time'
import { type Change, family, withDelivery, without, withSeat, withStatus } from './change'
import { emptySeat, nothing } from './initial'
import { type Delivery, noTerms, type PairState, type Stage } from './model'
import { SEATS, type SeatId } from './seat'
import { openFindings } from './view'

export const started: Change<'pairStarted'> = (_, event) => ({
  ...nothing,
  pair: event.pair,
  salt: event.salt,
  intent: event.intent,
  folder: event.folder,
  branch: event.branch,
  git: event.git,
  base: event.base,
  startedAt: event.at,
  seats: { left: emptySeat(event.seats.left), right: emptySeat(event.seats.right) },
  driver: event.driver,
  caps: event.caps,
  intentHash: event.intentHash ?? '',
  terms: event.terms ?? noTerms,
  clock: { usedMs: 0, since: event.at },
  stage: (event.terms ?? noTerms).planFirst === 'no' ? nothing.stage : { phase: 'planning', reminded: false },
  checkpoints:
    event.base === null ? [] : [{ number: 0, tree: event.base, at: event.at, why: 'start', round: 1 }],
})

/** It worked, or had taken a message and was about to. */
const wasBusy = (state: PairState, seat: SeatId): boolean =>
  state.seats[seat].status.type === 'working' ||
  state.outbox.some(({ to, status }) => to === seat && status === 'accepted')

/** The processes of before are gone: what they were doing is lost, what they took is taken. */
export const reopened: Change<'pairReopened'> = (state, event) => ({
  ...SEATS.reduce(
    (next, seat) =>
      withSeat(next, seat, {
        status: { type: 'exited', code: null, resumable: next.seats[seat].session !== null },
        lostTurn: next.seats[seat].lostTurn || wasBusy(state, seat),
        quiet: null,
      }),
    state,
  ),
  clock: {
    usedMs: state.clock.usedMs + Math.max(0, millisOf(state.lastAt) - millisOf(state.clock.since) || 0),
    since: event.at,
  },
  requests: [],
  outbox: state.outbox.filter(delivery => delivery.status !== 'accepted'),
  stepAllowed: false,
})

export const exited: Change<'seatExited'> = (state, event) => ({
  ...withSeat(state, event.seat, {
    status: { type: 'exited', code: event.code, resumable: event.resumable },
    lostTurn: state.seats[event.seat].lostTurn || wasBusy(state, event.seat),
  }),
  requests: state.requests.filter(({ seat }) => seat !== event.seat),
  outbox: state.outbox.filter(({ to, status }) => !(to === event.seat && status === 'accepted')),
})

export const dropped: Change<'deliveryDropped'> = (state, event) => {
  const delivery = state.outbox.find(({ id }) => id === event.id)
  const rest = without(state, [event.id])
  const wasReview = delivery?.kind === 'handoff' && delivery.to !== state.driver
  if (!wasReview) return rest
  if (state.stage.phase === 'planReview') return { ...rest, stage: { phase: 'planning', reminded: false } }
  return state.stage.phase === 'reviewing' || state.stage.phase === 'doubleReview'
    ? { ...rest, stage: { phase: 'driving', measuring: null } }
    : rest
}

export const sending: Change<'deliverySending'> = (state, event) => {
  const delivery = state.outbox.find(({ id }) => id === event.id)
  if (!delivery) return state
  const carried = withDelivery(state, event.carries, each => ({ ...each, status: 'sending' }))
  const sent = withDelivery(carried, [event.id], each => ({
    ...each,
    status: 'sending',
    carries: event.carries,
  }))
  const isTask = delivery.kind === 'opening' || delivery.kind === 'handoff'
  return {
    ...(isTask ? withSeat(sent, delivery.to, { lastTask: delivery.text }) : sent),
    stage: stageAfterSending(state, delivery),
    stepAllowed: false,
  }
}

const stageAfterSending = (state: PairState, { kind, to }: Delivery): Stage => {
  const { stage, driver } = state
  if (kind === 'reminder') return remindedStage(stage, to, driver)
  if (kind !== 'handoff' || to === driver) return stage
  if (stage.phase === 'driving') {
    return { phase: 'reviewing', target: state.lastMeasure?.target ?? null, reminded: false, review: null }
  }
  const version = state.plans.at(-1)?.version ?? 0
  return stage.phase === 'planning' ? { phase: 'planReview', version, reminded: false, review: null } : stage
}

const remindedStage = (stage: Stage, to: SeatId, driver: SeatId): Stage => {
  switch (stage.phase) {
    case 'planning':
      return to === driver ? { ...stage, reminded: true } : stage
    case 'planReview':
    case 'reviewing':
      return to === driver ? stage : { ...stage, reminded: true }
    case 'doubleReview':
      return {
        ...stage,
        reviewers: { ...stage.reviewers, [to]: { ...stage.reviewers[to], reminded: true } },
      }
    default:
      return stage
  }
}

/** The findings that this handoff carries to the driver. */
export const takenAlong = (state: PairState, handoff: DeliveryId): PairState => {
  const open = openFindings(state).map(({ finding }) => finding.id)
  return {
    ...state,
    findings: state.findings.map(record =>
      record.handoff === null && open.includes(record.finding.id) ? { ...record, handoff } : record,
    ),
  }
}

export const accepted: Change<'deliveryAccepted'> = (state, event) =>
  withDelivery(state, family(state, event.id), each => ({ ...each, status: 'accepted' }))

/** What it carried waits again too, each for itself. */
export const returned: Change<'deliveryReturned'> = (state, event) =>
  withDelivery(state, family(state, event.id), each => ({ ...each, status: 'waiting', carries: [] }))

/** The driver works again: what it had claimed, and what had been shown of it, is about work of before. */
const goesOn = (state: PairState, seat: SeatId): Partial<PairState> => {
  const works = ['driving', 'proving', 'settling'].includes(state.stage.phase)
  return seat === state.driver && works ? { report: null, stage: { phase: 'driving', measuring: null } } : {}
}

export const turnStarted: Change<'turnStarted'> = (state, event) => {
  const working = withSeat(state, event.seat, {
    status: { type: 'working', turn: event.turn, cause: event.cause, since: event.at },
    lostTurn: false,
    limit: null,
  })
  return { ...working, ...goesOn(state, event.seat), endingRound: false }
}

/** Turns whose words are kept to notice that they repeat, and the characters kept of each. */
const RECENT_TURNS = 3
const RECENT_CHARS = 4_000

export const turnEnded: Change<'turnEnded'> = (state, event) => {
  const { status } = state.seats[event.seat]
  const rested: PairState =
    status.type === 'working' ? withStatus(state, event.seat, { type: 'idle' }) : state
  const idle = event.outcome.type === 'failed' ? withSeat(rested, event.seat, { lostTurn: true }) : rested
  const recent = [...state.recent[event.seat], event.text.slice(0, RECENT_CHARS)].slice(-RECENT_TURNS)
  return {
    ...idle,
    // A turn whose begin was not seen: the driver worked all the same.
    ...(status.type === 'working' ? {} : goesOn(state, event.seat)),
    outbox: state.outbox.filter(each => !(each.to === event.seat && each.status === 'accepted')),
    endingRound: false,
    lastText: { ...state.lastText, [event.seat]: event.text },
    recent: event.outcome.type === 'completed' ? { ...state.recent, [event.seat]: recent } : state.recent,
    lastTurn: { ...state.lastTurn, [event.seat]: event.turn },
  }
}

export const usageReported: Change<'usageReported'> = (state, { seat, usage }) => {
  const { session, sessionUsage } = state.seats[seat]
  const sessions = withUsage(sessionUsage, session ?? '', usage)
  return withSeat(state, seat, { usage: sumUsage(sessions, usage), sessionUsage: sessions })
}

export const ended: Change<'ended'> = (state, event) => ({
  ...state,
  stage: { phase: 'ended', reason: event.reason, detail: event.detail },
  endedAt: event.at,
  holds: [],
  outbox: state.outbox.filter(({ status }) => status !== 'waiting'),
  stepAllowed: false,
  swapRequested: false,
  endingRound: false,
})
