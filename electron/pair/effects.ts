/**
 * Effects carried out: seats are launched, messages handed to their channels, the workspace read. Every outcome
 * goes back into the machine as a signal, so that nothing is known here that the journal does not know.
 */
import { VIA_RECORD } from '../../shared/agent/event'
import type { DeliveryId } from '../../shared/ids'
import type { Effect, Signal } from '../../shared/pair/inputs'
import { wireSummary, wireText } from '../../shared/pair/messages/wire'
import type { PairState } from '../../shared/pair/model'
import { SEATS, type SeatId } from '../../shared/pair/seat'
import { assertNever, type Result } from '../../shared/result'
import type { DeliverError, LaunchError, Message, Seat } from '../agents/agent'
import { afterAwake, atTime } from '../awake'
import type { PairWork } from '../workspace/pair-work'
import { createWork } from './work'

/** An agent that has not said within this time that it took a message is asked about: the human decides. */
const ACCEPT_MS = 30_000

export interface EffectDeps {
  /** Starts the seat's program; the adapter's events come back through the host. */
  readonly launch: (
    seat: SeatId,
    resume: string | null,
    opening: Message | null,
  ) => Promise<Result<Seat, LaunchError>>
  readonly work: PairWork
  readonly signal: (signal: Signal) => void
  readonly log: (line: string) => void
}

export interface Effects {
  run(effect: Effect, state: PairState): void
  /** Stops both seats' programs and every timer; resolves when the processes are gone. */
  stop(): Promise<void>
}

export const createEffects = (deps: EffectDeps): Effects => {
  const seats: Record<SeatId, Promise<Seat | null>> = {
    left: Promise.resolve(null),
    right: Promise.resolve(null),
  }
  const timers = new Map<DeliveryId, () => void>()
  /** What takes back the wait for the end of a provider's limit. */
  const resets: Record<SeatId, () => void> = { left: () => undefined, right: () => undefined }
  const work = createWork(deps.work, deps.signal)
  let stopped = false

  const messageOf = (state: PairState, id: DeliveryId): Message | null => {
    const delivery = state.outbox.find(each => each.id === id)
    return delivery ? { id, text: wireText(state, delivery), summary: wireSummary(state, delivery) } : null
  }

  const launch = async (
    previous: Promise<Seat | null>,
    effect: Extract<Effect, { type: 'launch' }>,
    state: PairState,
  ) => {
    const before = await previous
    await before?.stop()
    if (stopped) return null
    const opening = effect.opening === null ? null : messageOf(state, effect.opening)
    const launched = await deps.launch(effect.seat, effect.resume, opening)
    if (launched.ok) return launched.value
    deps.signal({ type: 'launchFailed', seat: effect.seat, message: launched.error.message })
    return null
  }

  const deliver = async (
    { seat, id, mode }: Extract<Effect, { type: 'deliver' }>,
    state: PairState,
  ): Promise<void> => {
    const message = messageOf(state, id)
    const at = await seats[seat]
    if (!message) return
    if (!at) return deps.signal({ type: 'deliverFailed', id, why: 'The agent is not running.' })
    const sent = mode === 'steer' ? await steer(at, message) : await at.deliver(message)
    if (!sent.ok) deps.signal({ type: 'deliverFailed', id, why: sent.error.why })
  }

  /** The turn may have ended while the steer was on its way; then it is a message like any other. */
  const steer = async (seat: Seat, message: Message): Promise<Result<void, DeliverError>> => {
    const steered = await seat.steer(message)
    return !steered.ok && steered.error.type === 'notNow' ? seat.deliver(message) : steered
  }

  const awaitAcceptance = (id: DeliveryId): void => {
    timers.get(id)?.()
    const cancel = afterAwake(ACCEPT_MS, () => {
      timers.delete(id)
      deps.signal({ type: 'acceptTimedOut', id })
    })
    timers.set(id, cancel)
  }

  const awaitReset = ({ seat, resetsAt }: Extract<Effect, { type: 'awaitReset' }>): void => {
    resets[seat]()
    resets[seat] = atTime(Date.parse(resetsAt), () => deps.signal({ type: 'limitEnded', seat, resetsAt }))
  }

  const recheck = async ({ seat, ids }: Extract<Effect, { type: 'recheck' }>): Promise<void> => {
    const at = await seats[seat]
    for (const id of ids) {
      const took = (await at?.took(id)) ?? false
      deps.signal(
        took
          ? { type: 'agent', seat, event: { type: 'messageTaken', id, via: VIA_RECORD } }
          : { type: 'notTaken', id },
      )
    }
  }

  const interrupt = async (seat: SeatId): Promise<void> => {
    const done = await (await seats[seat])?.interrupt()
    if (done && !done.ok)
      deps.signal({ type: 'notice', seat, text: `Could not interrupt: ${done.error.why}` })
  }

  const answer = async ({ seat, id, answer: given }: Extract<Effect, { type: 'answer' }>): Promise<void> => {
    const done = await (await seats[seat])?.answer(id, given)
    if (done && !done.ok) deps.signal({ type: 'answerFailed', id, why: done.error.why })
  }

  const measure = async ({ turn }: Extract<Effect, { type: 'measure' }>, state: PairState): Promise<void> => {
    deps.signal({ type: 'measured', turn, measure: await deps.work.measure(state) })
  }

  const background = (what: string, work: Promise<void>): void => {
    work.catch((cause: unknown) => {
      deps.log(`${what} failed: ${String(cause)}`)
      deps.signal({
        type: 'notice',
        seat: null,
        text: `Something went wrong inside Duologue (${what}): ${String(cause)}`,
      })
    })
  }

  const run = (effect: Effect, state: PairState): void => {
    if (stopped) return
    switch (effect.type) {
      case 'launch':
        seats[effect.seat] = launch(seats[effect.seat], effect, state).catch((cause: unknown) => {
          deps.signal({
            type: 'launchFailed',
            seat: effect.seat,
            message: `It could not be started: ${String(cause)}`,
          })
          return null
        })
        return
      case 'deliver':
        return background('delivery', deliver(effect, state))
      case 'awaitAcceptance':
        return awaitAcceptance(effect.id)
      case 'recheck':
        return background('recheck', recheck(effect))
      case 'interrupt':
        return background('interrupt', interrupt(effect.seat))
      case 'answer':
        return background('answer', answer(effect))
      case 'measure':
        return background('measure', measure(effect, state))
      case 'awaitReset':
        return awaitReset(effect)
      case 'prove':
      case 'stopProof':
      case 'settle':
      case 'restore':
      case 'wake':
        return background(effect.type, work.run(effect, state))
      default:
        return assertNever(effect)
    }
  }

  const stop = async (): Promise<void> => {
    stopped = true
    for (const cancel of timers.values()) cancel()
    timers.clear()
    for (const seat of SEATS) resets[seat]()
    await work.stop()
    // One that cannot be ended must not keep its partner running, nor the pair open.
    const ends = await Promise.allSettled(SEATS.map(async seat => (await seats[seat])?.stop()))
    for (const end of ends)
      if (end.status === 'rejected') deps.log(`a seat did not end: ${String(end.reason)}`)
  }

  return { run, stop }
}
