/**
 * `evolve`: what an event means for the state of a pair, and what the host must do because of it. Total: any
 * order of events folds without throwing, so that a damaged journal can still be shown.
 */

import type { DeliveryId } from '../ids'
import type { Delivery, Effect, PairEvent, PairState, SeatState, SeatStatus, Stage, Stamped } from './model'
import { SEATS, type SeatId } from './seat'

export interface Evolved {
  readonly state: PairState
  readonly effects: readonly Effect[]
}

type Of<T extends PairEvent['type']> = Stamped<Extract<PairEvent, { type: T }>>
type Change<T extends PairEvent['type']> = (state: PairState, event: Of<T>) => PairState

/** The state before the first event, so that folding needs no special case. */
export const nothing: PairState = {
  seq: -1,
  pair: '' as PairState['pair'],
  salt: '0000',
  intent: '',
  folder: '',
  branch: null,
  git: false,
  base: null,
  startedAt: '',
  endedAt: null,
  seats: { left: emptySeat({ agent: 'practice' }), right: emptySeat({ agent: 'practice' }) },
  driver: 'left',
  stage: { phase: 'driving', measuring: null },
  round: 1,
  caps: { rounds: 1 },
  holds: [],
  requests: [],
  outbox: [],
  stepAllowed: false,
  swapRequested: false,
  endingRound: false,
  lastText: { left: '', right: '' },
  lastTurn: { left: null, right: null },
  lastMeasure: null,
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
})

/** It worked, or had taken a message and was about to. */
const wasBusy = (state: PairState, seat: SeatId): boolean =>
  state.seats[seat].status.type === 'working' ||
  state.outbox.some(({ to, status }) => to === seat && status === 'accepted')

/** The processes of before are gone: what they were doing is lost, what they took is taken. */
const reopened: Change<'pairReopened'> = state => ({
  ...SEATS.reduce(
    (next, seat) =>
      withSeat(next, seat, {
        status: { type: 'exited', code: null, resumable: next.seats[seat].session !== null },
        lostTurn: next.seats[seat].lostTurn || wasBusy(state, seat),
      }),
    state,
  ),
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
  return wasReview && state.stage.phase === 'reviewing'
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
  const { stage } = state
  if (stage.phase === 'ended' || to === state.driver) return stage
  if (kind === 'handoff' && stage.phase === 'driving') {
    return { phase: 'reviewing', target: state.lastMeasure?.target ?? null, reminded: false, review: null }
  }
  if (kind === 'reminder' && stage.phase === 'reviewing') return { ...stage, reminded: true }
  return stage
}

const accepted: Change<'deliveryAccepted'> = (state, event) =>
  withDelivery(state, family(state, event.id), each => ({ ...each, status: 'accepted' }))

/** What it carried waits again too, each for itself. */
const returned: Change<'deliveryReturned'> = (state, event) =>
  withDelivery(state, family(state, event.id), each => ({ ...each, status: 'waiting', carries: [] }))

const turnStarted: Change<'turnStarted'> = (state, event) => {
  const working = withSeat(state, event.seat, {
    status: { type: 'working', turn: event.turn, cause: event.cause, since: event.at },
    lostTurn: false,
  })
  return event.seat === state.driver && state.stage.phase === 'driving'
    ? { ...working, stage: { phase: 'driving', measuring: null } }
    : working
}

const turnEnded: Change<'turnEnded'> = (state, event) => {
  const { status } = state.seats[event.seat]
  const rested: PairState =
    status.type === 'working' ? withStatus(state, event.seat, { type: 'idle' }) : state
  const idle = event.outcome.type === 'failed' ? withSeat(rested, event.seat, { lostTurn: true }) : rested
  return {
    ...idle,
    outbox: state.outbox.filter(each => !(each.to === event.seat && each.status === 'accepted')),
    endingRound: false,
    lastText: { ...state.lastText, [event.seat]: event.text },
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
    ...state,
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
  turnMeasured: (state, { measure }) => ({
    ...state,
    lastMeasure: measure,
    stage: state.stage.phase === 'driving' ? { phase: 'driving', measuring: null } : state.stage,
  }),
  reviewSubmitted: (state, { review }) =>
    state.stage.phase === 'reviewing' ? { ...state, stage: { ...state.stage, review } } : state,
  reviewed: state => state,
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
    stepAllowed: why === 'paused' ? false : state.stepAllowed,
  }),
  stepAllowed: state => ({ ...state, stepAllowed: true }),
  turnInterrupting: (state, { purpose }) => ({ ...state, endingRound: purpose === 'handOver' }),
  handingOver: (state, { turn }) => ({ ...state, stage: { phase: 'driving', measuring: turn } }),
  swapRequested: state => ({ ...state, swapRequested: true }),
  swapWithdrawn: state => ({ ...state, swapRequested: false }),
  rolesSwapped: (state, { driver }) => ({ ...state, driver, swapRequested: false }),
  roundStarted: (state, { round }) => ({ ...state, round, stage: { phase: 'driving', measuring: null } }),
  usageReported: (state, { seat, usage }) => withSeat(state, seat, { usage }),
  noticed: state => state,
  ended,
}

export const evolve = (state: PairState, event: Stamped): Evolved => {
  const change = changes[event.type] as ((state: PairState, event: Stamped) => PairState) | undefined
  const next = { ...(change ? change(state, event) : state), seq: event.seq }
  return { state: next, effects: effectsOf(state, next, event) }
}

/** The state that a journal tells; effects are off. */
export const fold = (events: Iterable<Stamped>, from: PairState = nothing): PairState => {
  let state = from
  for (const event of events) state = evolve(state, event).state
  return state
}

const onTheWay = (state: PairState, seat: SeatId): readonly DeliveryId[] => {
  const carried = state.outbox.flatMap(({ carries }) => carries)
  return state.outbox
    .filter(({ to, status, id }) => to === seat && status === 'sending' && !carried.includes(id))
    .map(({ id }) => id)
}

const effectsOf = (before: PairState, after: PairState, event: Stamped): readonly Effect[] => {
  switch (event.type) {
    case 'seatStarting': {
      const opening = event.resume === null ? (onTheWay(after, event.seat)[0] ?? null) : null
      return [{ type: 'launch', seat: event.seat, resume: event.resume, opening }]
    }
    case 'seatReady': {
      if (before.seats[event.seat].status.type !== 'starting') return []
      const ids = onTheWay(after, event.seat)
      if (before.seats[event.seat].session === null) return ids.map(id => ({ type: 'awaitAcceptance', id }))
      return ids.length > 0 ? [{ type: 'recheck', seat: event.seat, ids }] : []
    }
    case 'deliverySending': {
      const to = after.outbox.find(({ id }) => id === event.id)?.to
      if (event.mode === 'launch' || to === undefined) return []
      const deliver: Effect = { type: 'deliver', seat: to, id: event.id, mode: event.mode }
      // A steer is taken at the agent's next step, which may be a test run away: its time begins when the turn ends.
      return event.mode === 'steer' ? [deliver] : [deliver, { type: 'awaitAcceptance', id: event.id }]
    }
    case 'turnEnded':
      return onTheWay(after, event.seat).map(id => ({ type: 'awaitAcceptance', id }))
    case 'deliveryChecking': {
      const to = after.outbox.find(({ id }) => id === event.id)?.to
      return to === undefined ? [] : [{ type: 'recheck', seat: to, ids: [event.id] }]
    }
    case 'turnInterrupting':
      return [{ type: 'interrupt', seat: event.seat }]
    case 'requestAnswered': {
      const open = before.requests.find(({ request }) => request.id === event.id)
      return open ? [{ type: 'answer', seat: open.seat, id: event.id, answer: event.answer }] : []
    }
    case 'handingOver':
      return [{ type: 'measure', turn: event.turn }]
    case 'pairReopened':
      return after.stage.phase === 'driving' && after.stage.measuring !== null
        ? [{ type: 'measure', turn: after.stage.measuring }]
        : []
    default:
      return []
  }
}
