import { describe, expect, test } from 'vitest'
import { asPairId, asTurnId } from '../../shared/ids'
import type { Stamped } from '../../shared/pair/events'
import type { Command, Effect, Input, Signal } from '../../shared/pair/inputs'
import { err, ok, type Result } from '../../shared/result'
import { createRunner, type Runner } from './runner'

const start: Input = {
  type: 'start',
  start: {
    pair: asPairId('p'),
    salt: 'abcd',
    intent: 'Do it.',
    folder: '/w',
    branch: null,
    git: false,
    base: null,
    seats: { left: { agent: 'practice' }, right: { agent: 'practice' } },
    driver: 'left',
    caps: { rounds: 3 },
  },
}
const ready: Signal = { type: 'agent', seat: 'left', event: { type: 'ready', session: 's', version: '1' } }
const turn: Signal = {
  type: 'agent',
  seat: 'left',
  event: { type: 'turnStarted', turn: asTurnId('t1'), cause: 'human' },
}
const signal = (given: Signal): Input => ({ type: 'signal', signal: given })
const command = (given: Command): Input => ({ type: 'command', command: given })

/** A journal whose disk can be full, and what came of it, in order. */
const rig = (onEvents: () => void = () => undefined) => {
  const logged: string[] = []
  const order: string[] = []
  const written: Stamped[] = []
  const troubles: (string | null)[] = []
  const disk = { full: false }
  const runner: Runner = createRunner({
    journal: {
      append: async (events): Promise<Result<void, { message: string }>> => {
        await Promise.resolve()
        if (disk.full) return err({ message: 'The disk is full.' })
        written.push(...events)
        order.push(...events.map(({ type }) => `written ${type}`))
        return ok(undefined)
      },
    },
    events: [],
    nextSeq: 0,
    now: () => '2026-01-01T00:00:00.000Z',
    run: (effect: Effect) => order.push(`effect ${effect.type}`),
    onEvents,
    log: line => logged.push(line),
    onStorageTrouble: message => troubles.push(message),
  })
  return { runner, order, written, troubles, disk, logged }
}

describe('a pair’s queue', () => {
  test('writes before it acts', async () => {
    const { runner, order } = rig()
    await runner.submit(start)
    expect(order).toEqual([
      'written pairStarted',
      'written deliveryQueued',
      'written deliverySending',
      'written seatStarting',
      'written seatStarting',
      'effect launch',
      'effect launch',
    ])
  })

  test('decides each input on the state that the one before it left', async () => {
    const { runner, written } = rig()
    await Promise.all(
      [start, signal(ready), signal(turn), command({ type: 'pause', now: true })].map(runner.submit),
    )
    expect(written.map(({ seq }) => seq)).toEqual(written.map((_, index) => index))
    expect(written.at(-1)).toMatchObject({ type: 'turnInterrupting', seat: 'left' })
  })

  test('on a full disk it stands still, says so, acts on nothing, and loses no signal', async () => {
    const { runner, order, written, troubles, disk } = rig()
    await runner.submit(start)
    order.length = 0
    disk.full = true
    const first = runner.submit(signal(ready))
    const second = runner.submit(signal(turn))
    await runner.settled()
    expect(troubles).toEqual(['The disk is full.'])
    expect(order).toEqual([])
    expect(runner.state().seats.left.status).toEqual({ type: 'starting' })
    expect(await runner.submit(command({ type: 'swap' }))).toEqual(
      err({ type: 'refused', message: 'The disk is full.' }),
    )
    expect(await runner.submit(command({ type: 'resume' }))).toEqual(
      err({ type: 'refused', message: 'The disk is full.' }),
    )

    disk.full = false
    expect(await runner.submit(command({ type: 'resume' }))).toEqual(ok(undefined))
    await Promise.all([first, second])
    expect(troubles).toEqual(['The disk is full.', null])
    expect(written.slice(5).map(({ type }) => type)).toEqual(['seatReady', 'turnStarted'])
    expect(runner.state().seats.left.status).toMatchObject({ type: 'working', turn: 't1' })
  })

  test('a command that could not be written did not happen', async () => {
    const { runner, written, disk } = rig()
    await runner.submit(start)
    disk.full = true
    expect(await runner.submit(command({ type: 'swap' }))).toEqual(
      err({ type: 'refused', message: 'The disk is full.' }),
    )
    disk.full = false
    await runner.submit(command({ type: 'resume' }))
    await runner.submit(signal(ready))
    expect(written.map(({ type }) => type)).not.toContain('swapRequested')
  })

  test('a listener that throws neither stops the queue nor writes an event twice', async () => {
    const { runner, written, logged } = rig(() => {
      throw new Error('the window is gone')
    })
    await runner.submit(start)
    await runner.submit(signal(ready))
    expect(written.map(({ seq }) => seq)).toEqual(written.map((_, index) => index))
    expect(runner.state().seats.left.status.type).toBe('idle')
    expect(logged).toHaveLength(2)
  })
})
