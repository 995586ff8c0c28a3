/**
 * A pair whose agents are played: engine, journal, runner, effects and terminals are the real ones. A turn is ended by the agent's own
 * signal, and a handoff counts as made when the other seat's channel has been given the message.
 */

import type { Agent, Message, SeatContext } from '../electron/agents/agent'
import type { Engine } from '../electron/pair/engine'
import type { PairId, TurnId } from '../shared/ids'
import { asTurnId } from '../shared/ids'
import type { StartRequest } from '../shared/ipc'
import { otherSeat, type SeatId } from '../shared/pair/seat'
import { openFindings } from '../shared/pair/view'
import { ok } from '../shared/result'
import { remark, words } from './long-pair'

export interface Players {
  readonly agent: Agent
  /** Resolves with the next message that this seat's channel is given, and when that was. */
  next(pair: string, seat: SeatId): Promise<Given>
  context(pair: string, seat: SeatId): SeatContext
}

interface Given {
  readonly message: Message
  readonly at: number
}

export const createPlayers = (): Players => {
  const contexts = new Map<string, SeatContext>()
  const waiting = new Map<string, (given: Given) => void>()
  const given = new Map<string, Given>()
  const key = (pair: string, seat: SeatId): string => `${pair} ${seat}`
  const give = (at: string, message: Message): void => {
    const told: Given = { message, at: performance.now() }
    const wants = waiting.get(at)
    if (wants) {
      waiting.delete(at)
      wants(told)
    } else given.set(at, told)
  }
  return {
    agent: {
      kind: 'practice',
      detect: async () => {
        const state = { type: 'ready', path: '/x', version: '1' } as const
        return { kind: 'practice', name: 'Played', state, permissionModes: [] }
      },
      start: async context => {
        const at = key(context.pair, context.seat)
        contexts.set(at, context)
        queueMicrotask(() => context.emit({ type: 'ready', session: `s-${context.seat}`, version: '1' }))
        if (context.opening) give(at, context.opening)
        const take = async (message: Message) => {
          give(at, message)
          return ok(undefined)
        }
        const nothing = async () => ok(undefined)
        const stop = async () => undefined
        return ok({
          ...{ deliver: take, steer: take, interrupt: nothing, answer: nothing, stop },
          took: async () => false,
        })
      },
    },
    next: (pair, seat) => {
      const at = key(pair, seat)
      const there = given.get(at)
      given.delete(at)
      return there ? Promise.resolve(there) : new Promise(resolve => waiting.set(at, resolve))
    },
    context: (pair, seat) => {
      const context = contexts.get(key(pair, seat))
      if (!context) throw new Error(`${seat} of ${pair} was not started`)
      return context
    },
  }
}

export const startPair = async (engine: Engine, folder: string, number: number): Promise<PairId> => {
  const seat = { agent: 'practice' } as const
  const request: StartRequest = {
    folder,
    intent: words(number, 3),
    left: seat,
    right: seat,
    rounds: 1_000_000,
  }
  const started = await engine.start(request)
  if (!started.ok) throw new Error(started.error.message)
  return started.value
}

const call = async (context: SeatContext, name: string, args: unknown): Promise<void> => {
  const reply = await context.callTool(name, args)
  if (!reply.ok) throw new Error(reply.text)
}

/** What a seat does in a turn before it ends it: it says something, and reviews or answers. `n`: never twice the same. */
const work = async (
  engine: Engine,
  context: SeatContext,
  turn: TurnId,
  n: number,
  dwell: () => Promise<void>,
): Promise<void> => {
  for (let part = 0; part < 3; part++) {
    context.emit({ type: 'said', turn, text: words(n * 10 + part, 2) })
    await dwell()
  }
  const live = engine.live(context.pair)
  if (!live) throw new Error(`${context.pair} is not open`)
  if (live.state().driver !== context.seat) {
    const finding = { severity: 'major', file: `src/part-${n}.ts`, line: 1 + (n % 900), inScope: true }
    const findings = [{ ...finding, text: remark(n) }]
    await call(context, 'submit_review', { verdict: 'changes', summary: words(n, 2), findings })
  } else {
    const answers = openFindings(live.state()).map(({ finding }) => ({
      ...{ id: finding.id, answer: 'fixed', reason: words(n, 1) },
    }))
    if (answers.length > 0) await call(context, 'answer_findings', { answers })
  }
  await dwell()
}

export interface Turns {
  readonly engine: Engine
  readonly players: Players
  readonly pair: PairId
  /** Between the things that an agent does; the journal comes to rest meanwhile. */
  readonly dwell: () => Promise<void>
  /** Just before the turn is ended. */
  readonly ending: (seat: SeatId) => Promise<void>
  /** The other seat has the message. Milliseconds since the turn was ended. */
  readonly handed: (from: SeatId, ms: number) => Promise<void>
}

/** Lets the pair work for so many handoffs. */
export const takeTurns = async (
  { engine, players, pair, dwell, ending, handed }: Turns,
  count: number,
): Promise<void> => {
  let seat: SeatId = 'left'
  let { message } = await players.next(pair, seat)
  for (let n = 1; n <= count; n++) {
    const context = players.context(pair, seat)
    const turn = asTurnId(`t${n}`)
    context.emit({ type: 'turnStarted', turn, cause: { delivery: message.id } })
    context.emit({ type: 'messageTaken', id: message.id, via: 'played' })
    await work(engine, context, turn, n, dwell)
    await ending(seat)
    const given = players.next(pair, otherSeat(seat))
    const began = performance.now()
    context.emit({ type: 'turnEnded', turn, outcome: { type: 'completed' }, text: words(n * 10 + 9, 12) })
    const { message: next, at } = await given
    await handed(seat, at - began)
    seat = otherSeat(seat)
    message = next
  }
}
