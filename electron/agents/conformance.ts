/**
 * What every adapter must keep, whatever its channel. Test support: an agent gives a `Subject`, which says what the
 * program can do and what it really received; the same trials run for all of them.
 */
import process from 'node:process'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type AgentEvent, VIA_RECORD } from '../../shared/agent/event'
import { asDeliveryId } from '../../shared/ids'
import { message, type Trial, type Trials } from './trial'

export interface Subject extends Trials {
  /** What the program itself noted that it was given, in order: from us and from the human. */
  received(): Promise<readonly string[]>
}

export interface Abilities {
  /** Words that make the agent end its turn at once, and words that keep it at work until it is stopped. */
  readonly quick: string
  readonly long: string
  /** A message can be handed over while the human has a draft; one that is typed waits for the human. */
  readonly pastDraft: boolean
  readonly interrupt: boolean
  readonly resume: boolean
  /** It tells its version, and the text that a turn ended with. */
  readonly version: boolean
  readonly text: boolean
  /** What an interrupted turn leaves in the agent's queue: it is taken next, or lost and may be sent again. */
  readonly queue: 'taken' | 'lost'
}

/** Programs that are typed to must fall silent before each message; a busy machine takes its time too. */
const LIMIT_MS = 180_000

const kinds = (events: readonly AgentEvent[], ...wanted: readonly AgentEvent['type'][]) =>
  events.map(({ type }) => type).filter(type => wanted.includes(type))

const taken = (trial: Trial): readonly string[] =>
  trial.events.flatMap(event => (event.type === 'messageTaken' ? [event.id] : []))

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false // ESRCH: it is gone
  }
}

/** Messages among what was received, by id. */
const idsIn = (received: readonly string[]): readonly string[] =>
  received.flatMap(text => [...text.matchAll(/\[duologue (\w+)\]/g)].map(match => match[1] ?? ''))

export const conforms = (name: string, can: Abilities, make: () => Promise<Subject>): void => {
  describe(`${name} keeps what every adapter must`, { timeout: LIMIT_MS }, () => {
    let subject: Subject
    beforeEach(async () => {
      subject = await make()
    })
    afterEach(() => subject.clear())

    const turn = async (trial: Trial, id: string, body: string): Promise<void> => {
      const from = trial.events.length
      expect(await trial.seat.deliver(message(id, body))).toEqual({ ok: true, value: undefined })
      await trial.until('turnEnded', undefined, from)
    }

    test('an opening and messages to an idle agent are taken once each, in order, inside a turn of their own', async () => {
      const trial = await subject.open({ opening: message('aa00', can.quick) })
      const ready = await trial.until('ready')
      expect(ready.session).not.toBe('')
      expect(ready.version).toMatch(can.version ? /^\d+\.\d+\.\d+/ : /^$/)
      const ended = await trial.until('turnEnded')
      expect(ended.outcome).toEqual({ type: 'completed' })
      expect(ended.text !== '').toBe(can.text)
      for (const id of ['aa01', 'aa02', 'aa03']) await turn(trial, id, can.quick)
      expect(taken(trial)).toEqual(['aa00', 'aa01', 'aa02', 'aa03'])
      expect(idsIn(await subject.received())).toEqual(['aa00', 'aa01', 'aa02', 'aa03'])
      const causes = trial.events.flatMap(event => (event.type === 'turnStarted' ? [event.cause] : []))
      expect(causes).toEqual(['aa00', 'aa01', 'aa02', 'aa03'].map(id => ({ delivery: id })))
      expect(kinds(trial.events, 'turnStarted', 'turnEnded')).toEqual(
        causes.flatMap(() => ['turnStarted', 'turnEnded']),
      )
    })

    test('a draft of the human stays theirs, byte for byte', async () => {
      const trial = await subject.open()
      const draft = 'status'
      trial.type(draft)
      await trial.sees(draft)
      const from = trial.events.length
      const sent = trial.seat.deliver(message('ac01', can.quick))
      if (can.pastDraft) await trial.until('turnEnded', undefined, from)
      else await trial.until('notice', undefined, from)
      const before = trial.events.length
      trial.type('\r')
      const own = await trial.until('turnStarted', ({ cause }) => cause === 'human', before)
      expect((await trial.until('turnEnded', undefined, before)).turn).toBe(own.turn)
      expect(await sent).toEqual({ ok: true, value: undefined })
      await trial.until('messageTaken', ({ id }) => id === 'ac01', from)
      const received = await subject.received()
      expect(received.filter(text => !text.includes('[duologue'))).toEqual([draft])
      expect(idsIn(received)).toEqual(['ac01'])
    })

    test.runIf(can.interrupt)(
      'an interrupt without a turn is refused; a message to a busy agent is taken once, and an interrupt ends the turn',
      async () => {
        const trial = await subject.open()
        expect(await trial.seat.interrupt()).toMatchObject({ ok: false, error: { type: 'notNow' } })
        await trial.seat.deliver(message('ad01', can.long))
        const { turn: running } = await trial.until('turnStarted')
        const sent = trial.seat.deliver(message('ad02', can.quick))
        expect(await trial.seat.interrupt()).toEqual({ ok: true, value: undefined })
        const ended = await trial.until('turnEnded', event => event.turn === running)
        expect(ended.outcome).toEqual({ type: 'interrupted' })
        expect(await sent).toEqual({ ok: true, value: undefined })
        if (can.queue === 'lost') {
          await trial.until('messageLost', ({ id }) => id === 'ad02')
          expect(await trial.seat.took(asDeliveryId('ad02'))).toBe(false)
          await trial.seat.deliver(message('ad02', can.quick))
        }
        await trial.until('messageTaken', ({ id }) => id === 'ad02')
        const next = await trial.until('turnEnded', event => event.turn !== running)
        expect(next.outcome).toEqual({ type: 'completed' })
        expect(trial.events.flatMap(event => (event.type === 'turnStarted' ? [event.cause] : []))).toEqual([
          { delivery: 'ad01' },
          { delivery: 'ad02' },
        ])
        expect(idsIn(await subject.received())).toEqual(['ad01', 'ad02'])
        expect(taken(trial)).toEqual(['ad01', 'ad02'])
      },
    )

    test.runIf(can.resume)(
      'killed, the same conversation comes back by its id, with what it took',
      async () => {
        const first = await subject.open()
        const { session } = await first.until('ready')
        await turn(first, 'ae01', can.quick)
        process.kill(first.pid, 'SIGKILL')
        expect(await first.until('exited')).toMatchObject({ resumable: true })
        await first.seat.stop()
        const second = await subject.open({ resume: session })
        expect((await second.until('ready')).session).toBe(session)
        expect(await second.seat.took(asDeliveryId('ae01'))).toBe(true)
        await turn(second, 'ae02', can.quick)
        expect(idsIn(await subject.received())).toEqual(['ae01', 'ae02'])
      },
    )

    test.runIf(can.resume)(
      'an opening that was taken is not read again when nobody noted the session',
      async () => {
        const opening = message('ba01', can.quick)
        const first = await subject.open({ opening })
        const { session } = await first.until('ready')
        await first.until('turnEnded')
        await first.seat.stop()
        const second = await subject.open({ opening })
        expect((await second.until('ready')).session).toBe(session)
        expect(await second.until('messageTaken')).toEqual({
          type: 'messageTaken',
          id: 'ba01',
          via: VIA_RECORD,
        })
        await turn(second, 'ba02', can.quick)
        expect(idsIn(await subject.received())).toEqual(['ba01', 'ba02'])
      },
    )

    test('a message is taken by the agent’s signal only, as its own seat’s record tells; two seats share nothing', async () => {
      const left = await subject.open()
      const right = await subject.open({ seat: 'right' })
      expect((await left.until('ready')).session).not.toBe((await right.until('ready')).session)
      expect(await left.seat.took(asDeliveryId('bb01'))).toBe(false)
      await turn(left, 'bb01', can.quick)
      expect(await left.seat.took(asDeliveryId('bb01'))).toBe(true)
      expect(await left.seat.took(asDeliveryId('bb02'))).toBe(false)
      expect(await right.seat.took(asDeliveryId('bb01'))).toBe(false)
      await left.seat.stop()
      await turn(right, 'bb02', can.quick)
      expect([taken(left), taken(right)]).toEqual([['bb01'], ['bb02']])
    })

    test('stop in the middle of a turn leaves no process, twice is no harm, and nothing is sent after', async () => {
      const trial = await subject.open()
      await trial.seat.deliver(message('af01', can.long))
      await trial.until('turnStarted')
      const reads = async (): Promise<readonly string[]> => idsIn(await subject.received())
      await expect.poll(reads, { timeout: LIMIT_MS }).toEqual(['af01'])
      await trial.seat.stop()
      await trial.seat.stop()
      expect(isAlive(trial.pid)).toBe(false)
      expect(await trial.seat.deliver(message('af02', can.quick))).toMatchObject({ ok: false })
      expect(idsIn(await subject.received())).toEqual(['af01'])
    })
  })
}
