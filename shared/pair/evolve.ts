/**
 * `evolve`: what an event means for the state of a pair, and what the host must do because of it. Total: any
 * order of events folds without throwing, so that a damaged journal can still be shown. Relay and review
 * have a file each (`evolve-relay`, `evolve-review`); what the host does is in `effects-of`.
 */

import { type Change, withDelivery, withLimit, withSeat, withStatus } from './change'
import { effectsOf } from './effects-of'
import type { PairEvent, Stamped } from './events'
import {
  accepted,
  dropped,
  ended,
  exited,
  reopened,
  returned,
  sending,
  started,
  takenAlong,
  turnEnded,
  turnStarted,
  usageReported,
} from './evolve-relay'
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
import { nothing } from './initial'
import type { Effect } from './inputs'
import type { PairState } from './model'
import { renewed } from './renewed'
import { isPlanning } from './view'

export interface Evolved {
  readonly state: PairState
  readonly effects: readonly Effect[]
}

/** One entry for each event type: the compiler finds the missing one, and an unknown type changes nothing. */
const changes: { readonly [T in PairEvent['type']]: Change<T> } = {
  pairStarted: started,
  pairReopened: reopened,
  seatStarting: (state, { seat }) => withSeat(state, seat, { status: { type: 'starting' }, quiet: null }),
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
  restoring: (state, { checkpoint, tree, seq }) => ({
    ...state,
    restoring: { checkpoint, tree, keepAs: seq },
  }),
  restored,
  capReached: (state, { cap }) => ({ ...state, capReached: cap }),
  slept: (state, { ms }) => ({
    ...state,
    clock: { ...state.clock, usedMs: state.clock.usedMs - ms },
  }),
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
  handingOver: (state, { turn }) => ({
    ...state,
    endingRound: false,
    stage: { phase: 'driving', measuring: turn },
  }),
  swapRequested: state => ({ ...state, swapRequested: true }),
  swapWithdrawn: state => ({ ...state, swapRequested: false }),
  rolesSwapped: (state, { driver }) => ({ ...state, driver, swapRequested: false }),
  roundStarted: (state, { round }) => ({
    ...state,
    round,
    endingRound: false,
    stage: isPlanning(state) ? { phase: 'planning', reminded: false } : { phase: 'driving', measuring: null },
  }),
  usageReported,
  limitTold: (state, { seat, resetsAt }) => ({
    ...withLimit(state, seat, limit => ({ resetsAt, goesOn: limit?.goesOn ?? false, over: false })),
    holds: state.holds.map(hold =>
      hold.type === 'quota' && hold.seat === seat ? { ...hold, resetsAt } : hold,
    ),
  }),
  goOnPlanned: (state, { seat }) => withLimit(state, seat, limit => limit && { ...limit, goesOn: true }),
  goOnWithdrawn: (state, { seat }) => withLimit(state, seat, limit => limit && { ...limit, goesOn: false }),
  limitOver: (state, { seat }) => withLimit(state, seat, limit => limit && { ...limit, over: true }),
  seatQuiet: (state, { seat, since, last }) => withSeat(state, seat, { quiet: { since, last } }),
  seatHeard: (state, { seat }) => withSeat(state, seat, { quiet: null }),
  noticed: state => state,
  ended,
}

export const evolve = (state: PairState, event: Stamped): Evolved => {
  const change = changes[event.type] as ((state: PairState, event: Stamped) => PairState) | undefined
  const next = renewed(change ? change(state, event) : state, event)
  return { state: next, effects: effectsOf(state, next, event) }
}

/** The state that a journal tells; effects are off. */
export const fold = (events: Iterable<Stamped>, from: PairState = nothing): PairState => {
  let state = from
  for (const event of events) state = evolve(state, event).state
  return state
}
