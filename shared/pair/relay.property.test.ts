/** The invariants of the relay, over random orders of commands and signals. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { asDeliveryId, asFindingId, asPairId, asRequestId, asTurnId } from '../ids'
import { decide } from './decide'
import type { Stamped } from './events'
import { evolve, fold, nothing } from './evolve'
import type { Command, Input, Signal } from './inputs'
import type { PairState } from './model'
import type { SeatId } from './seat'
import { isHeld } from './view'

const AT = '2026-01-01T00:00:00.000Z'
const CAP = 3

const start: Input = {
  type: 'start',
  start: {
    pair: asPairId('p'),
    salt: 'abcd',
    intent: 'Do it.',
    folder: '/w',
    branch: 'main',
    git: true,
    base: null,
    seats: { left: { agent: 'claude' }, right: { agent: 'codex' } },
    driver: 'left',
    caps: { rounds: CAP },
  },
}

/** What a random step may refer to is chosen from the state it meets, by index, so that most steps bite. */
type Step = (state: PairState) => Input
const command =
  (make: (state: PairState) => Command): Step =>
  state => ({ type: 'command', command: make(state) })
const signal =
  (make: (state: PairState) => Signal): Step =>
  state => ({ type: 'signal', signal: make(state) })
const agent = (seat: SeatId, event: Extract<Signal, { type: 'agent' }>['event']): Step =>
  signal(() => ({ type: 'agent', seat, event }))

const seatArb = fc.constantFrom<SeatId>('left', 'right')
const pickDelivery = (state: PairState, n: number) =>
  state.outbox[n % Math.max(1, state.outbox.length)]?.id ?? asDeliveryId('none')
const pickRequest = (state: PairState, n: number) =>
  state.requests[n % Math.max(1, state.requests.length)]?.request.id ?? asRequestId('none')
const turnOf = (state: PairState, seat: SeatId) => {
  const { status } = state.seats[seat]
  return status.type === 'working' ? status.turn : asTurnId('unseen')
}

const finding = {
  id: asFindingId('f1'),
  severity: 'major',
  file: 'a.ts',
  line: 1,
  text: 'x',
  inScope: true,
} as const

const commandArb: fc.Arbitrary<Step> = fc.oneof(
  fc
    .constantFrom<Command>(
      { type: 'pause', now: false },
      { type: 'pause', now: true },
      { type: 'resume' },
      { type: 'step' },
      { type: 'swap' },
      { type: 'endRound' },
      { type: 'handOver' },
      { type: 'retry' },
      { type: 'reopen' },
      { type: 'rule', verdict: 'changes' },
    )
    .map(each => command(() => each)),
  fc
    .tuple(
      fc.constantFrom<SeatId | 'both'>('left', 'right', 'both'),
      fc.constantFrom('now' as const, 'next' as const),
    )
    .map(([to, when]) => command(() => ({ type: 'steer', to, when, text: 'keep it small' }))),
  fc
    .nat(9)
    .map(n => command(state => ({ type: 'editDelivery', id: pickDelivery(state, n), text: 'edited' }))),
  fc.nat(9).map(n => command(state => ({ type: 'dropDelivery', id: pickDelivery(state, n) }))),
  fc.nat(9).map(n =>
    command(state => ({
      type: 'answer',
      id: pickRequest(state, n),
      answer: { type: 'approval', choice: 'allow' },
    })),
  ),
  seatArb.map(seat => command(() => ({ type: 'restartSeat', seat }))),
)

const signalArb: fc.Arbitrary<Step> = fc.oneof(
  seatArb.map(seat => agent(seat, { type: 'ready', session: `s-${seat}`, version: '1' })),
  fc
    .tuple(seatArb, fc.nat(50))
    .map(([seat, n]) => agent(seat, { type: 'turnStarted', turn: asTurnId(`t${n}`), cause: 'human' })),
  fc.nat(9).map(n =>
    signal(state => ({
      type: 'agent',
      seat: 'left',
      event: { type: 'messageTaken', id: pickDelivery(state, n), via: 'x' },
    })),
  ),
  fc.nat(9).map(n =>
    signal(state => ({
      type: 'agent',
      seat: 'left',
      event: { type: 'messageLost', id: pickDelivery(state, n), why: 'x' },
    })),
  ),
  fc
    .tuple(
      seatArb,
      fc.constantFrom(
        { type: 'completed' } as const,
        { type: 'completed' } as const,
        { type: 'interrupted' } as const,
        { type: 'failed', cause: 'quota', detail: 'no more' } as const,
      ),
    )
    .map(([seat, outcome]) =>
      signal(state => ({
        type: 'agent',
        seat,
        event: { type: 'turnEnded', turn: turnOf(state, seat), outcome, text: 'done' },
      })),
    ),
  fc.tuple(seatArb, fc.nat(50)).map(([seat, n]) =>
    agent(seat, {
      type: 'requestOpened',
      request: {
        type: 'approval',
        id: asRequestId(`r${n}`),
        title: 'Run',
        body: 'ls',
        reason: '',
        choices: ['allow', 'deny'],
      },
    }),
  ),
  fc.nat(9).map(n =>
    signal(state => ({
      type: 'agent',
      seat: 'left',
      event: { type: 'requestClosed', id: pickRequest(state, n), by: 'terminal', summary: 'allowed' },
    })),
  ),
  seatArb.map(seat => agent(seat, { type: 'exited', code: 1, signal: null, resumable: true })),
  fc.constant(
    signal(state => ({
      type: 'measured',
      turn:
        state.stage.phase === 'driving' && state.stage.measuring ? state.stage.measuring : asTurnId('none'),
      measure: { diffstat: null, target: null, note: 'no git' },
    })),
  ),
  fc.tuple(seatArb, fc.boolean()).map(([seat, pass]) =>
    signal(() => ({
      type: 'review',
      seat,
      review: pass
        ? { verdict: 'pass', summary: '', findings: [] }
        : { verdict: 'changes', summary: '', findings: [finding] },
    })),
  ),
  fc.nat(9).map(n => signal(state => ({ type: 'notTaken', id: pickDelivery(state, n) }))),
  fc.nat(9).map(n => signal(state => ({ type: 'acceptTimedOut', id: pickDelivery(state, n) }))),
)

const stepsArb = fc.array(
  fc.oneof({ weight: 2, arbitrary: commandArb }, { weight: 5, arbitrary: signalArb }),
  {
    minLength: 1,
    maxLength: 120,
  },
)

const run = (steps: readonly Step[]): readonly Stamped[] => {
  const first = decide(nothing, start, AT)
  if (!first.ok) throw new Error('the start was refused')
  const events = [...first.value]
  let state = fold(events)
  for (const step of steps) {
    const decided = decide(state, step(state), AT)
    if (!decided.ok) continue
    events.push(...decided.value)
    state = fold(decided.value, state)
  }
  return events
}

/** Every state on the way, with the event that comes next. */
const walk = (
  events: readonly Stamped[],
  visit: (before: PairState, event: Stamped, after: PairState) => void,
): void => {
  let state = nothing
  for (const event of events) {
    const next = evolve(state, event).state
    visit(state, event, next)
    state = next
  }
}

test('one delivery is on its way to a seat at a time', () => {
  fc.assert(
    fc.property(stepsArb, steps => {
      walk(run(steps), (_, __, after) => {
        const carried = after.outbox.flatMap(({ carries }) => carries)
        for (const seat of ['left', 'right'] as const) {
          const flying = after.outbox.filter(
            each => each.to === seat && each.status === 'sending' && !carried.includes(each.id),
          )
          expect(flying.length).toBeLessThanOrEqual(1)
        }
      })
    }),
  )
})

test('nothing leaves while held, but for a step and for the human’s own steer', () => {
  fc.assert(
    fc.property(stepsArb, steps => {
      walk(run(steps), (before, event) => {
        if (event.type !== 'deliverySending' || event.mode === 'launch') return
        const delivery = before.outbox.find(({ id }) => id === event.id)
        const paused = before.holds.some(({ type }) => type === 'paused')
        expect(paused && !before.stepAllowed).toBe(false)
        if (delivery?.kind === 'steer') return
        const onlyPaused = before.requests.length === 0 && before.holds.every(({ type }) => type === 'paused')
        expect(!isHeld(before) || (before.stepAllowed && onlyPaused)).toBe(true)
      })
    }),
  )
})

test('nothing is accepted twice, and nothing is sent again once it was accepted', () => {
  fc.assert(
    fc.property(stepsArb, steps => {
      const taken = new Set<string>()
      walk(run(steps), (before, event) => {
        if (event.type === 'deliveryAccepted') {
          expect(taken.has(event.id)).toBe(false)
          taken.add(event.id)
          for (const id of before.outbox.find(each => each.id === event.id)?.carries ?? []) taken.add(id)
        }
        if (event.type === 'deliverySending') {
          expect([event.id, ...event.carries].some(id => taken.has(id))).toBe(false)
        }
      })
    }),
  )
})

test('rounds never pass the cap, and count by one', () => {
  fc.assert(
    fc.property(stepsArb, steps => {
      walk(run(steps), (before, event, after) => {
        expect(after.round).toBeLessThanOrEqual(CAP)
        if (event.type === 'roundStarted') expect(event.round).toBe(before.round + 1)
      })
    }),
  )
})

test('a pair ends once, and then nothing more is sent, queued or held', () => {
  const end = command(() => ({ type: 'end' }))
  fc.assert(
    fc.property(stepsArb, stepsArb, (steps, more) => {
      walk(run([...steps, end, ...more]), (before, event) => {
        if (before.stage.phase !== 'ended') return
        expect(['ended', 'deliverySending', 'deliveryQueued', 'handingOver', 'held']).not.toContain(
          event.type,
        )
      })
    }),
  )
})

test('a replay of the journal gives the same state', () => {
  fc.assert(
    fc.property(stepsArb, steps => {
      const events = run(steps)
      const stored = events.map(event => JSON.parse(JSON.stringify(event)) as Stamped)
      expect(fold(stored)).toEqual(fold(events))
      expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index))
    }),
  )
})

/** Two agents who answer, a human who lets them: what a cooperating world does next in this state. */
const cooperate = (state: PairState): Input => {
  const request = state.requests[0]
  const asSignal = (seat: SeatId, event: Extract<Signal, { type: 'agent' }>['event']): Input => ({
    type: 'signal',
    signal: { type: 'agent', seat, event },
  })
  for (const seat of ['left', 'right'] as const) {
    const { status } = state.seats[seat]
    if (status.type === 'exited' || status.type === 'failed')
      return { type: 'command', command: { type: 'restartSeat', seat } }
    if (status.type === 'starting') return asSignal(seat, { type: 'ready', session: 's', version: '1' })
  }
  if (request)
    return asSignal(request.seat, {
      type: 'requestClosed',
      id: request.request.id,
      by: 'terminal',
      summary: '',
    })
  const flying = state.outbox.find(({ status }) => status === 'sending')
  if (flying) return asSignal(flying.to, { type: 'messageTaken', id: flying.id, via: 'x' })
  if (state.stage.phase === 'driving' && state.stage.measuring) {
    const measure = { diffstat: null, target: null, note: '' }
    return { type: 'signal', signal: { type: 'measured', turn: state.stage.measuring, measure } }
  }
  const hold = state.holds[0]
  if (hold?.type === 'paused' || hold?.type === 'interrupted')
    return { type: 'command', command: { type: 'resume' } }
  if (hold?.type === 'unclear') return { type: 'command', command: { type: 'rule', verdict: 'changes' } }
  if (hold) return { type: 'command', command: { type: 'retry' } }
  const reviewer: SeatId = state.driver === 'left' ? 'right' : 'left'
  if (state.stage.phase === 'reviewing' && !state.stage.review) {
    return {
      type: 'signal',
      signal: {
        type: 'review',
        seat: reviewer,
        review: { verdict: 'changes', summary: '', findings: [finding] },
      },
    }
  }
  for (const seat of ['left', 'right'] as const) {
    const { status } = state.seats[seat]
    if (status.type === 'working') {
      return asSignal(seat, {
        type: 'turnEnded',
        turn: status.turn,
        outcome: { type: 'completed' },
        text: 'done',
      })
    }
  }
  const taken = state.outbox.find(({ status }) => status === 'accepted')
  if (taken) {
    return asSignal(taken.to, {
      type: 'turnStarted',
      turn: asTurnId(`c${state.seq}`),
      cause: { delivery: taken.id },
    })
  }
  return { type: 'command', command: { type: 'handOver' } }
}

test('from anywhere, a cooperating world reaches an end', () => {
  fc.assert(
    fc.property(stepsArb, steps => {
      let state = fold(run(steps))
      for (let n = 0; n < 400 && state.stage.phase !== 'ended'; n += 1) {
        const input = cooperate(state)
        const decided = decide(state, input, AT)
        if (!decided.ok)
          throw new Error(`stuck: ${JSON.stringify({ input, why: decided.error, state }, null, 1)}`)
        state = fold(decided.value, state)
      }
      expect(state.stage.phase).toBe('ended')
    }),
  )
})
