/**
 * For tests: an agent that plays a program outside the host. It keeps its own record, takes one message after
 * another, asks nothing of the host but tools, and can die at any moment, with what was on its way to it read or not.
 */

import { type AgentEvent, VIA_RECORD } from '../../../shared/agent/event'
import { asDeliveryId, asTurnId } from '../../../shared/ids'
import type { SeatId } from '../../../shared/pair/seat'
import { err, ok, type Result } from '../../../shared/result'
import type { Agent, DeliverError, Message, Seat, SeatContext } from '../../agents/agent'
import type { Random } from './random'
import { append, idOf, type RecordLine, read, sessionsOf } from './record'
import { act, isTask, type Plot } from './script'

export interface Launch {
  readonly seat: SeatId
  readonly resume: string | null
}

export interface Programs {
  readonly agent: Agent
  readonly launches: readonly Launch[]
  /** Ends every program at once, as when the host is killed: nothing of them is heard any more. */
  killAll(): void
  /** Kills one program; its host is told by the exit alone. False when it does not run. */
  kill(seat: SeatId): boolean
}

export interface ProgramsDeps {
  /** Where the records are. */
  readonly root: string
  readonly random: Random
  readonly plot: Plot
  /** How likely it is that a message vanishes on its way and the adapter notices. */
  readonly loss: number
  /** How likely it is that a program cannot be resumed at the first try. */
  readonly refusal: number
}

interface Program {
  readonly seat: SeatId
  die(tell: boolean): void
}

export const createPrograms = (deps: ProgramsDeps): Programs => {
  const running = new Map<SeatId, Program>()
  const launches: Launch[] = []

  /** The session of an earlier start that took this opening, although its id was never heard of. */
  const orphanOf = (seat: SeatId, opening: Message | undefined): string | undefined =>
    opening &&
    sessionsOf(deps.root, seat).find(session =>
      read(deps.root, seat, session).some(line => line.type === 'taken' && line.id === opening.id),
    )

  const start: Agent['start'] = async context => {
    const { seat, resume = orphanOf(context.seat, context.opening) } = context
    launches.push({ seat, resume: context.resume ?? null })
    await tick(deps.random.below(3))
    if (resume !== undefined && deps.random.chance(deps.refusal))
      return err({ cause: 'failed', message: 'It does not come up.' })
    if (resume !== undefined && !sessionsOf(deps.root, seat).includes(resume.padStart(6, '0')))
      return err({ cause: 'failed', message: `There is no session ${resume}.` })
    const session = resume ?? String(sessionsOf(deps.root, seat).length + 1).padStart(6, '0')
    append(deps.root, seat, session)
    const { program, port } = createProgram(deps, context, session)
    running.set(seat, program)
    return ok(port)
  }

  return {
    agent: {
      kind: 'practice',
      detect: async () => {
        const state = { type: 'ready', path: '/x', version: '1' } as const
        return { kind: 'practice', name: 'Scripted', state, permissionModes: [] }
      },
      start,
    },
    launches,
    killAll: () => {
      for (const program of running.values()) program.die(false)
      running.clear()
    },
    kill: seat => {
      const program = running.get(seat)
      running.delete(seat)
      program?.die(true)
      return program !== undefined
    },
  }
}

/** A few rounds of the event loop: time passes without a clock. */
export const tick = async (count = 1): Promise<void> => {
  for (let left = count; left > 0; left -= 1) await new Promise(resolve => setImmediate(resolve))
}

const never = new Promise<never>(() => undefined)

function createProgram(
  { root, random, plot, loss }: ProgramsDeps,
  context: SeatContext,
  session: string,
): { readonly program: Program; readonly port: Seat } {
  const { seat } = context
  const onTheWay = new Set<Message>()
  const queue: Message[] = []
  const steers: Message[] = []
  let alive = true
  let turn: string | null = null
  let interrupted = false
  let turns = read(root, seat, session).filter(line => line.type === 'turn' && line.what === 'began').length

  const note = (...lines: readonly RecordLine[]): void => append(root, seat, session, ...lines)
  const emit = (event: AgentEvent): void => {
    if (alive) context.emit(event)
  }
  const take = (message: Message): void => {
    const id = idOf(message.text)
    note({ type: 'taken', id, text: message.text })
  }
  const taken = (message: Message): void =>
    emit({ type: 'messageTaken', id: asDeliveryId(idOf(message.text)), via: 'script' })

  const call = async (name: string, args: unknown) => {
    await step()
    const reply = await context.callTool(name, args)
    if (!alive) return never
    note({ type: 'call', name, ok: reply.ok })
    return reply
  }
  /** Time passes; what was put into the turn is read. */
  const step = async (): Promise<void> => {
    await tick(1 + random.below(3))
    if (!alive) return never
    for (const message of steers.splice(0)) {
      take(message)
      await tick(random.below(2))
      if (!alive) return never
      taken(message)
    }
  }
  const lastTask = (): string =>
    read(root, seat, session)
      .flatMap(line => (line.type === 'taken' && isTask(line.text) ? [line.text] : []))
      .at(-1) ?? ''

  const work = async (): Promise<void> => {
    for (let message = queue.shift(); message && alive; message = queue.shift()) await oneTurn(message)
    turn = null
  }
  const oneTurn = async (message: Message): Promise<void> => {
    turns += 1
    const id = `${session}-${turns}`
    turn = id
    interrupted = false
    take(message)
    note({ type: 'turn', turn: id, what: 'began' })
    await tick(random.below(2))
    const begin = () => emit({ type: 'turnStarted', turn: asTurnId(id), cause: { delivery: message.id } })
    if (random.chance(0.5)) begin()
    taken(message)
    begin()
    const text = await act(isTask(message.text) ? message.text : lastTask(), plot, random, call)
    await step()
    note({ type: 'turn', turn: id, what: 'ended' })
    const outcome = interrupted ? ({ type: 'interrupted' } as const) : ({ type: 'completed' } as const)
    // What came too late for the turn is a message like any other.
    queue.push(...steers.splice(0))
    turn = null
    emit({ type: 'turnEnded', turn: asTurnId(id), outcome, text })
  }

  const arrive = (message: Message, steer: boolean): void => {
    if (steer && turn !== null) return void steers.push(message)
    queue.push(message)
    if (turn === null) {
      turn = 'waking'
      void work()
    }
  }
  const send = async (message: Message, steer: boolean): Promise<Result<void, DeliverError>> => {
    if (!alive) return err({ type: 'notSent', why: 'the program is not running' })
    onTheWay.add(message)
    void travel(message, steer)
    return ok(undefined)
  }
  const travel = async (message: Message, steer: boolean): Promise<void> => {
    await tick(random.below(4))
    if (!alive || !onTheWay.delete(message)) return
    if (random.chance(loss)) return emit({ type: 'messageLost', id: message.id, why: 'lost on its way' })
    arrive(message, steer)
  }

  const die = (tell: boolean): void => {
    if (!alive) return
    // The last that it read before it died: in its record, and nobody was told.
    const [reached] = [...onTheWay, ...steers]
    if (reached && random.chance(0.5)) take(reached)
    if (tell) emit({ type: 'exited', code: null, signal: 'SIGKILL', resumable: true })
    alive = false
  }

  const took = async (id: string): Promise<boolean> =>
    read(root, seat, session).some(line => line.type === 'taken' && line.id === id)

  emit({ type: 'ready', session, version: '1' })
  if (context.opening) {
    const { opening } = context
    const known = read(root, seat, session).some(line => line.type === 'taken' && line.id === opening.id)
    if (known) emit({ type: 'messageTaken', id: opening.id, via: VIA_RECORD })
    else void send(opening, false)
  }
  return {
    program: { seat, die },
    port: {
      deliver: message => send(message, false),
      steer: async message =>
        turn === null ? err({ type: 'notNow', why: 'no turn is running' }) : send(message, true),
      interrupt: async () => {
        interrupted = true
        return ok(undefined)
      },
      answer: async () => ok(undefined),
      took,
      stop: async () => die(false),
    },
  }
}
