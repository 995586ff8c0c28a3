/**
 * `evolve`: what an event means for the state of a pair, and what the host must do because of it. Total: any
 * order of events folds without throwing, so that a damaged journal can still be shown. Plan, proof and findings have
 * a file each (`evolve-review`); what the host does is in `effects-of`.
 */

import type { DeliveryId } from '../ids'
import { millisOf } from '../time'
import { effectsOf } from './effects-of'
import type { PairEvent, Stamped } from './events'
import {
  agreementChecking,
  answered,
  checkpointed,
  continued,
  doubleStarted,
  followUps,
  judged,
  planProposed,
  planSettled,
  promoted,
  proofEnded,
  proofStarted,
  restored,
  ruled,
  submitted,
} from './evolve-review'
import type { Effect } from './inputs'
import { type Delivery, noTerms, type PairState, type SeatState, type SeatStatus, type Stage } from './model'
import { SEATS, type SeatId } from './seat'
import { isForDriver, isPlanning } from './view'

export interface Evolved {
  readonly state: PairState
  readonly effects: readonly Effect[]
}

export type Of<T extends PairEvent['type']> = Stamped<Extract<PairEvent, { type: T }>>
export type Change<T extends PairEvent['type']> = (state: PairState, event: Of<T>) => PairState

/** The state before the first event, so that folding needs no special case. */
export const nothing: PairState = {
  seq: -1,
  pair: '' as PairState['pair'],
  salt: '0000',
  intent: '',
  intentHash: '',
  terms: noTerms,
  folder: '',
  branch: null,
  git: false,
  base: null,
  startedAt: '',
  endedAt: null,
  lastAt: '',
  clock: { usedMs: 0, since: '' },
  seats: { left: emptySeat({ agent: 'practice' }), right: emptySeat({ agent: 'practice' }) },
  driver: 'left',
  stage: { phase: 'driving', measuring: null },
  round: 1,
  caps: { rounds: 1 },
  capReached: null,
  holds: [],
  requests: [],
  outbox: [],
  stepAllowed: false,
  swapRequested: false,
  doubleRequested: false,
  endingRound: false,
  lastText: { left: '', right: '' },
  recent: { left: [], right: [] },
  lastTurn: { left: null, right: null },
  lastMeasure: null,
  plans: [],
  planJudged: 0,
  planSettled: null,
  report: null,
  proof: null,
  proofsSentBack: 0,
  findings: [],
  passed: null,
  reviewedWork: null,
  quietReviews: 0,
  acceptedFiles: [],
  checkpoints: [],
  pullRequest: null,
}

function emptySeat(config: SeatState['config']): SeatState {
  return {
    config,
    status: { type: 'starting' },
    session: null,
    version: '',
    model: null,
    usage: null,
    lastTask: null,
    lostTurn: false,
  }
}

const withSeat = (state: PairState, seat: SeatId, change: Partial<SeatState>): PairState => ({
  ...state,
  seats: { ...state.seats, [seat]: { ...state.seats[seat], ...change } },
})

const withStatus = (state: PairState, seat: SeatId, status: SeatStatus): PairState =>
  withSeat(state, seat, { status })

const withDelivery = (
  state: PairState,
  ids: readonly DeliveryId[],
  change: (delivery: Delivery) => Delivery,
): PairState => ({
  ...state,
  outbox: state.outbox.map(delivery => (ids.includes(delivery.id) ? change(delivery) : delivery)),
})

const without = (state: PairState, ids: readonly DeliveryId[]): PairState => ({
  ...state,
  outbox: state.outbox.filter(delivery => !ids.includes(delivery.id)),
})

/** A delivery together with the steers that travel in it. */
const family = (state: PairState, id: DeliveryId): readonly DeliveryId[] => [
  id,
  ...(state.outbox.find(delivery => delivery.id === id)?.carries ?? []),
]

const started: Change<'pairStarted'> = (_, event) => ({
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
const reopened: Change<'pairReopened'> = (state, event) => ({
  ...SEATS.reduce(
    (next, seat) =>
      withSeat(next, seat, {
        status: { type: 'exited', code: null, resumable: next.seats[seat].session !== null },
        lostTurn: next.seats[seat].lostTurn || wasBusy(state, seat),
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
  endingRound: false,
})

const exited: Change<'seatExited'> = (state, event) => ({
  ...withSeat(state, event.seat, {
    status: { type: 'exited', code: event.code, resumable: event.resumable },
    lostTurn: state.seats[event.seat].lostTurn || wasBusy(state, event.seat),
  }),
  requests: state.requests.filter(({ seat }) => seat !== event.seat),
  outbox: state.outbox.filter(({ to, status }) => !(to === event.seat && status === 'accepted')),
  endingRound: false,
})

const dropped: Change<'deliveryDropped'> = (state, event) => {
  const delivery = state.outbox.find(({ id }) => id === event.id)
  const rest = without(state, [event.id])
  const wasReview = delivery?.kind === 'handoff' && delivery.to !== state.driver
  if (!wasReview) return rest
  if (state.stage.phase === 'planReview') return { ...rest, stage: { phase: 'planning', reminded: false } }
  return state.stage.phase === 'reviewing' || state.stage.phase === 'doubleReview'
    ? { ...rest, stage: { phase: 'driving', measuring: null } }
    : rest
}

const sending: Change<'deliverySending'> = (state, event) => {
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
const takenAlong = (state: PairState, handoff: DeliveryId): PairState => ({
  ...state,
  findings: state.findings.map(record =>
    record.handoff === null && isForDriver(record) ? { ...record, handoff } : record,
  ),
})

const accepted: Change<'deliveryAccepted'> = (state, event) =>
  withDelivery(state, family(state, event.id), each => ({ ...each, status: 'accepted' }))

/** What it carried waits again too, each for itself. */
const returned: Change<'deliveryReturned'> = (state, event) =>
  withDelivery(state, family(state, event.id), each => ({ ...each, status: 'waiting', carries: [] }))

/** The driver works again: what it had claimed, and what had been shown of it, is about work of before. */
const goesOn = (state: PairState, seat: SeatId): Partial<PairState> => {
  const works = ['driving', 'proving', 'settling'].includes(state.stage.phase)
  return seat === state.driver && works ? { report: null, stage: { phase: 'driving', measuring: null } } : {}
}

const turnStarted: Change<'turnStarted'> = (state, event) => {
  const working = withSeat(state, event.seat, {
    status: { type: 'working', turn: event.turn, cause: event.cause, since: event.at },
    lostTurn: false,
  })
  return { ...working, ...goesOn(state, event.seat) }
}

/** Turns whose words are kept to notice that they repeat, and the characters kept of each. */
const RECENT_TURNS = 3
const RECENT_CHARS = 4_000

const turnEnded: Change<'turnEnded'> = (state, event) => {
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

const ended: Change<'ended'> = (state, event) => ({
  ...state,
  stage: { phase: 'ended', reason: event.reason, detail: event.detail },
  endedAt: event.at,
  holds: [],
  outbox: state.outbox.filter(({ status }) => status !== 'waiting'),
  stepAllowed: false,
  swapRequested: false,
  endingRound: false,
})

/** One entry for each event type: the compiler finds the missing one, and an unknown type changes nothing. */
const changes: { readonly [T in PairEvent['type']]: Change<T> } = {
  pairStarted: started,
  pairReopened: reopened,
  seatStarting: (state, { seat }) => withStatus(state, seat, { type: 'starting' }),
  seatReady: (state, { seat, session, version, model }) =>
    withSeat(state, seat, {
      session,
      version,
      model,
      status: state.seats[seat].status.type === 'working' ? state.seats[seat].status : { type: 'idle' },
    }),
  seatFailed: (state, { seat, message }) => withStatus(state, seat, { type: 'failed', message }),
  seatExited: exited,
  deliveryQueued: (state, { id, to, kind, when, text }) => ({
    ...(kind === 'handoff' && to === state.driver ? takenAlong(state, id) : state),
    outbox: [...state.outbox, { id, to, kind, when, text, status: 'waiting', carries: [] }],
  }),
  deliveryEdited: (state, { id, text }) => withDelivery(state, [id], each => ({ ...each, text })),
  deliveryDropped: dropped,
  deliverySending: sending,
  deliveryAccepted: accepted,
  deliveryChecking: state => state,
  deliveryReturned: returned,
  turnStarted,
  said: (state, { seat, text }) => ({ ...state, lastText: { ...state.lastText, [seat]: text } }),
  turnEnded,
  turnMeasured: (state, event) => ({
    ...checkpointed(state, event),
    lastMeasure: event.measure,
    stage: state.stage.phase === 'driving' ? { phase: 'driving', measuring: null } : state.stage,
  }),
  reviewSubmitted: submitted,
  reviewed: judged,
  planProposed,
  planSettled,
  doneReported: (state, { report }) => ({ ...state, report }),
  followUpsNamed: followUps,
  findingsAnswered: answered,
  findingRuled: ruled,
  findingPromoted: promoted,
  proofChanged: (state, { proof }) => ({ ...state, terms: { ...state.terms, proof }, proofsSentBack: 0 }),
  proofStarted,
  proofStopping: state => ({ ...state, proof: state.proof && { ...state.proof, stopping: true } }),
  proofEnded,
  proofSentBack: (state, { count }) => ({ ...state, proofsSentBack: count }),
  doubleReviewRequested: state => ({ ...state, doubleRequested: true }),
  doubleReviewWithdrawn: state => ({ ...state, doubleRequested: false }),
  doubleReviewStarted: doubleStarted,
  agreementChecking,
  unplannedAccepted: (state, { files }) => ({
    ...state,
    acceptedFiles: [...new Set([...state.acceptedFiles, ...files])],
  }),
  restoring: state => state,
  restored,
  capReached: (state, { cap }) => ({ ...state, capReached: cap }),
  continued,
  pullRequestDrafted: (state, { url }) => ({ ...state, pullRequest: url }),
  requestOpened: (state, { seat, request, at }) => ({
    ...state,
    requests: [...state.requests, { seat, request, since: at, answered: false }],
  }),
  requestAnswered: (state, { id }) => ({
    ...state,
    requests: state.requests.map(each => (each.request.id === id ? { ...each, answered: true } : each)),
  }),
  requestClosed: (state, { id }) => ({
    ...state,
    requests: state.requests.filter(({ request }) => request.id !== id),
  }),
  held: (state, { why, at }) => ({ ...state, holds: [...state.holds, { ...why, since: at }] }),
  released: (state, { why }) => ({
    ...state,
    holds: state.holds.filter(({ type }) => type !== why),
    recent: why === 'repetition' ? nothing.recent : state.recent,
    stepAllowed: why === 'paused' ? false : state.stepAllowed,
  }),
  stepAllowed: state => ({ ...state, stepAllowed: true }),
  turnInterrupting: (state, { purpose }) => ({ ...state, endingRound: purpose === 'handOver' }),
  handingOver: (state, { turn }) => ({ ...state, stage: { phase: 'driving', measuring: turn } }),
  swapRequested: state => ({ ...state, swapRequested: true }),
  swapWithdrawn: state => ({ ...state, swapRequested: false }),
  rolesSwapped: (state, { driver }) => ({ ...state, driver, swapRequested: false }),
  roundStarted: (state, { round }) => ({
    ...state,
    round,
    stage: isPlanning(state) ? { phase: 'planning', reminded: false } : { phase: 'driving', measuring: null },
  }),
  usageReported: (state, { seat, usage }) => withSeat(state, seat, { usage }),
  noticed: state => state,
  ended,
}

export const evolve = (state: PairState, event: Stamped): Evolved => {
  const change = changes[event.type] as ((state: PairState, event: Stamped) => PairState) | undefined
  const next = { ...(change ? change(state, event) : state), seq: event.seq, lastAt: event.at }
  return { state: next, effects: effectsOf(state, next, event) }
}

/** The state that a journal tells; effects are off. */
export const fold = (events: Iterable<Stamped>, from: PairState = nothing): PairState => {
  let state = from
  for (const event of events) state = evolve(state, event).state
  return state
}
