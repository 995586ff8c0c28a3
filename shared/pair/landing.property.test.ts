/** What the composer says of where the human's words land, against what the core does with them, in random worlds. */
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { asRequestId, asTurnId, type DeliveryId } from '../ids'
import { cooperate, type Step } from './cooperate'
import { decide } from './decide'
import type { Stamped } from './events'
import { evolve, fold } from './evolve'
import type { Input } from './inputs'
import { type Landing, landingsOf, landingWords } from './landing'
import type { PairState } from './model'
import { SEATS, type SeatId } from './seat'
import { type SteerWait, steerWaitsFor } from './steering'
import { AT, run, stepListArb, worldArb } from './worlds'

vi.setConfig({ testTimeout: 120_000 })

const ASKED = {
  type: 'requestOpened',
  request: { type: 'question', id: asRequestId('last'), questions: [] },
} as const
const EXITED = { type: 'exited', code: 1, signal: null, resumable: true } as const

const saidArb = fc.record({
  to: fc.constantFrom<SeatId | 'both'>('left', 'right', 'both'),
  when: fc.constantFrom('now' as const, 'next' as const),
})

const given =
  (input: Input): Step =>
  () =>
    input
const pause = given({ type: 'command', command: { type: 'pause', now: false } })
const event = (seat: SeatId, what: typeof ASKED | typeof EXITED): Step =>
  given({ type: 'signal', signal: { type: 'agent', seat, event: what } })
const driverEnds: Step = ({ seats, driver }) => {
  const { status } = seats[driver]
  const turn = status.type === 'working' ? status.turn : asTurnId('unseen')
  const outcome = { type: 'completed' } as const
  const ended = { type: 'turnEnded', turn, outcome, text: 'done' } as const
  return { type: 'signal', signal: { type: 'agent', seat: driver, event: ended } }
}
const measured: Step = ({ stage }) => {
  const turn = (stage.phase === 'driving' && stage.measuring) || asTurnId('none')
  return {
    type: 'signal',
    signal: { type: 'measured', turn, measure: { diffstat: null, target: null, note: '' } },
  }
}

/** What a world seldom ends with, since it cooperates: so that each thing that words can wait for is met. */
const lastArb = fc.constantFrom<readonly Step[]>(
  [],
  [pause],
  [pause, driverEnds, measured],
  [event('left', EXITED)],
  [event('right', EXITED)],
  [event('left', ASKED)],
  [event('right', ASKED)],
)
const stateArb = fc
  .tuple(worldArb, lastArb)
  .map(([world, last]) => fold(run({ ...world, steps: [...world.steps, ...last] })))

const say = (state: PairState, to: SeatId | 'both', when: 'now' | 'next'): readonly Stamped[] | null => {
  const decided = decide(
    state,
    { type: 'command', command: { type: 'steer', to, when, text: 'mind it' } },
    AT,
  )
  return decided.ok ? decided.value : null
}

const queuedIn = (events: readonly Stamped[], seat: SeatId): DeliveryId => {
  const found = events.find(
    event => event.type === 'deliveryQueued' && event.text === 'mind it' && event.to === seat,
  )
  if (found?.type !== 'deliveryQueued') throw new Error('it was not queued')
  return found.id
}

/** How it left, in these events; null: it did not. */
const leftIn = (events: readonly Stamped[], id: DeliveryId) =>
  events.find(
    (event): event is Extract<Stamped, { type: 'deliverySending' }> =>
      event.type === 'deliverySending' && (event.id === id || event.carries.includes(id)),
  )

const check = (
  state: PairState,
  to: SeatId | 'both',
  when: 'now' | 'next',
  seen: Set<Landing['type']>,
): void => {
  const landings = landingsOf(state, to, when)
  const events = say(state, to, when)
  if (events === null) {
    expect(landings).toEqual([])
    expect(landingWords(state, to, when)).toBe('')
    return
  }
  expect(landings.map(({ seat }) => seat)).toEqual(SEATS.filter(seat => to === 'both' || seat === to))
  expect(landingWords(state, to, when)).toMatch(/^Lands /)
  for (const { seat, type } of landings) {
    seen.add(type)
    const mode = type === 'inTurn' ? 'steer' : type === 'begins' ? 'message' : undefined
    expect(leftIn(events, queuedIn(events, seat))?.mode).toBe(mode)
  }
}

test('what is said to land at once does, in the way that was said, and nothing else does', () => {
  const seen = new Set<Landing['type']>()
  fc.assert(
    fc.property(stateArb, state => {
      for (const to of ['left', 'right', 'both'] as const) {
        for (const when of ['now', 'next'] as const) check(state, to, when, seen)
      }
    }),
    { numRuns: 300 },
  )
  expect([...seen].sort()).toEqual(['begins', 'inTurn', 'nextHandoff', 'waitingHandoff', 'waits'])
})

/** Goes on until the message leaves or is gone for good, and tells the state just before it left. */
const follow = (
  from: PairState,
  id: DeliveryId,
  steps: readonly Step[],
): { readonly before: PairState; readonly left: Extract<Stamped, { type: 'deliverySending' }> } | null => {
  let state = from
  for (let n = 0; n < steps.length + 300; n += 1) {
    const decided = decide(state, steps[n]?.(state) ?? cooperate(state, n), AT)
    if (!decided.ok) continue
    for (const event of decided.value) {
      if (leftIn([event], id)) {
        const left = leftIn([event], id)
        return left ? { before: state, left } : null
      }
      state = evolve(state, event).state
    }
    if (!state.outbox.some(each => each.id === id)) return null
  }
  return null
}

test('what is said to wait leaves when that is over, and what is said for the next handoff travels in it', () => {
  const waited = new Set<SteerWait>()
  let carried = 0
  fc.assert(
    fc.property(stateArb, saidArb, stepListArb, (state, { to, when }, steps) => {
      const events = say(state, to, when)
      if (events === null) return
      const after = fold(events, state)
      for (const landing of landingsOf(state, to, when)) {
        const id = queuedIn(events, landing.seat)
        if (leftIn(events, id)) continue
        const gone = follow(after, id, steps)
        if (!gone) continue
        const { before, left } = gone
        const carrier = before.outbox.find(each => each.id === left.id)
        if (landing.type === 'waits') {
          waited.add(landing.for)
          expect(steerWaitsFor(before, landing.seat)).toBeNull()
        } else {
          carried += 1
          expect(left.id).not.toBe(id)
          expect(['handoff', 'notice']).toContain(carrier?.kind)
          expect(carrier?.to).toBe(landing.seat)
        }
      }
    }),
    { numRuns: 300 },
  )
  expect(carried).toBeGreaterThan(20)
  expect([...waited].sort()).toEqual(expect.arrayContaining(['answer', 'message', 'restart', 'resume']))
})
