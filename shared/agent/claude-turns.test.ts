import { describe, expect, test } from 'vitest'
import { asDeliveryId, asTurnId } from '../ids'
import { noTurn, settles, stepTurn, type TurnInput, type TurnState } from './claude-turns'
import type { AgentEvent } from './event'

const turn = asTurnId('t1')
const other = asTurnId('t2')

/** Puts the inputs in, one after the other. */
const run = (
  inputs: readonly TurnInput[],
  from = noTurn,
): { state: TurnState; events: readonly AgentEvent[] } => {
  let state = from
  const events: AgentEvent[] = []
  for (const input of inputs) {
    const step = stepTurn(state, input)
    state = step.state
    events.push(...step.events)
  }
  return { state, events }
}

const prompted = (promptId: string, id = turn): TurnInput => ({
  type: 'prompted',
  promptId,
  delivery: null,
  turn: id,
})
const stopped = (promptId: string, text: string, tasks: readonly string[] = []): TurnInput => ({
  type: 'stopped',
  promptId,
  text,
  tasks,
  turn: other,
})
const status = (value: TurnState['status']): TurnInput => ({ type: 'status', status: value })
const cut = (promptId: string): TurnInput => ({ type: 'interrupted', promptId })
const settled: TurnInput = { type: 'settled' }
const started: AgentEvent = { type: 'turnStarted', turn, cause: 'human' }
const completed = (text: string): AgentEvent => ({
  type: 'turnEnded',
  turn,
  outcome: { type: 'completed' },
  text,
})
const interrupted: AgentEvent = { type: 'turnEnded', turn, outcome: { type: 'interrupted' }, text: '' }

describe('a turn of Claude Code', () => {
  test('begins with a prompt and ends when the status has rested after the Stop', () => {
    const before = run([prompted('p'), status('busy'), stopped('p', 'Done.')])
    expect(settles(before.state)).toBeNull()
    const resting = run([prompted('p'), status('busy'), stopped('p', 'Done.'), status('idle')])
    expect(settles(resting.state)).toBe(300)
    expect(stepTurn(resting.state, settled).events).toEqual([completed('Done.')])
  })

  test('carries the delivery that it began with', () => {
    const delivery = asDeliveryId('7c1e')
    const { events } = run([{ type: 'prompted', promptId: 'p', delivery, turn }])
    expect(events).toEqual([{ type: 'turnStarted', turn, cause: { delivery } }])
  })

  test('goes on when prompts were queued: idle for a moment, and busy again without a hook', () => {
    const { state, events } = run([
      prompted('p'),
      status('busy'),
      prompted('p', other),
      stopped('p', 'first answer'),
      status('idle'),
      status('busy'),
      stopped('q', 'second answer'),
      status('idle'),
      settled,
    ])
    expect(events).toEqual([
      started,
      { type: 'said', turn, text: 'first answer' },
      completed('second answer'),
    ])
    expect(settles(state)).toBeNull()
  })

  test('waits for background tasks, and ends without a wake-up when they are gone', () => {
    const waiting = run([
      prompted('p'),
      status('busy'),
      stopped('p', 'Started.', ['the server']),
      status('idle'),
    ])
    expect(settles(waiting.state)).toBeNull()
    expect(waiting.events).toEqual([
      started,
      { type: 'notice', text: 'Claude Code waits for its background tasks: the server' },
    ])
    const gone = [status('shell'), status('idle'), settled].reduce(
      (state, input) => stepTurn(state, input).state,
      waiting.state,
    )
    expect(gone).toMatchObject({ phase: { type: 'idle' }, closed: 'p' })
  })

  test('was interrupted when the status rests without a Stop', () => {
    const { state, events } = run([prompted('p'), status('busy'), status('waiting'), status('idle')])
    expect(settles(state)).toBe(300)
    expect([...events, ...stepTurn(state, settled).events]).toEqual([started, interrupted])
  })

  test('was interrupted when the transcript says so and nothing follows, and late hooks of it open nothing', () => {
    const rests = (inputs: readonly TurnInput[]): number | null =>
      settles(run([prompted('p'), ...inputs, cut('p')]).state)
    expect(rests([status('busy')])).toBeNull()
    expect(rests([status('busy'), status('idle')])).toBe(300)
    expect(rests([status('idle')])).toBe(2000)
    expect(rests([])).toBe(2000)
    const { events } = run([
      prompted('p'),
      status('busy'),
      cut('p'),
      status('idle'),
      settled,
      { type: 'active', promptId: 'p', turn: other },
    ])
    expect(events).toEqual([started, interrupted])
  })

  test('goes on when the row about an interruption was of an older prompt', () => {
    const { events } = run([prompted('p'), cut('an older one'), prompted('q', other)])
    expect(events).toEqual([started])
  })

  // 2.1.330 gives the queued prompt an id of its own; the same one was seen too.
  test.each(['p', 'q'])('begins anew with a prompt that was queued in an interrupted one (%s)', id => {
    const anew = run([prompted('p'), status('busy'), cut('p'), prompted(id, other)])
    expect(anew.events).toEqual([started, interrupted, { type: 'turnStarted', turn: other, cause: 'human' }])
    // Still about the turn before.
    const flips = stepTurn(anew.state, status('idle')).state
    expect(settles(flips)).toBe(10_000)
    // The row about the interruption comes late, with the new prompt's id.
    const { state } = stepTurn(flips, cut(id))
    expect(settles(state)).toBe(2000)
    const busy = stepTurn(state, status('busy')).state
    const { events } = run([stopped(id, 'Done after all.'), status('idle'), settled], busy)
    expect(events).toEqual([
      { type: 'turnEnded', turn: other, outcome: { type: 'completed' }, text: 'Done after all.' },
    ])
  })

  test('is seen even when its prompt was not: a shell command of the human’s', () => {
    const { events } = run([
      { type: 'active', promptId: 'p', turn },
      stopped('p', 'ok'),
      status('idle'),
      settled,
    ])
    expect(events).toEqual([started, completed('ok')])
  })

  test.each([
    ['rate_limit', 'You are out of quota', 'quota'],
    ['authentication_failed', 'Please run /login', 'auth'],
    ['model_not_found', 'no such model', 'model'],
    ['server_error', 'overloaded', 'server'],
    ['unknown', 'API Error: Unable to connect to API (ECONNREFUSED)', 'network'],
    ['something new', 'odd', 'unknown'],
  ])('fails with a cause: %s', (error, text, cause) => {
    const { events } = run([prompted('p'), { type: 'failed', promptId: 'p', error, text, turn: other }])
    const outcome = { type: 'failed', cause, detail: text }
    expect(events).toEqual([started, { type: 'turnEnded', turn, outcome, text: '' }])
  })

  test('crashes with its process, unless it was stopped by us', () => {
    const crash = { type: 'failed', cause: 'crash', detail: 'Claude Code ended during the turn' }
    expect(run([prompted('p'), { type: 'exited', expected: false }]).events).toEqual([
      started,
      { type: 'turnEnded', turn, outcome: crash, text: '' },
    ])
    expect(run([prompted('p'), { type: 'exited', expected: true }]).events).toEqual([started, interrupted])
  })

  test('ends after a longer silence where there is no status file', () => {
    expect(settles(run([prompted('p')]).state)).toBeNull()
    expect(settles(run([prompted('p'), stopped('p', 'Done.')]).state)).toBe(2000)
  })
})
