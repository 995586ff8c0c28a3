/**
 * `decide`: what happens because of a command or a signal, as events, or a refusal that says why not. Pure: time
 * comes in as `at`, ids come from the state. The relay's rules are in three places: what a human may do
 * (`actions`), what an agent's signal means (`signals`), and what then goes out by itself (`advance`).
 */
import { assertNever, err, ok, type Result } from '../result'
import { refusal } from './actions'
import { advance } from './advance'
import { Draft } from './draft'
import { nothing } from './evolve'
import { goOnText, openingText } from './handoff'
import type { Command, Input, PairState, Refusal, Stamped, Start } from './model'
import { giveVerdict, handBackUnreviewed, handOverWork, remind } from './rounds'
import { otherSeat, SEATS, type SeatId } from './seat'
import { onSignal } from './signals'
import { activeSeat, holdOf, isWorking, notAcceptedOf } from './view'

/** `at` is ISO 8601 UTC; it becomes the time of every event that is decided. */
export const decide = (state: PairState, input: Input, at: string): Result<readonly Stamped[], Refusal> => {
  const draft = new Draft(input.type === 'start' ? nothing : state, at)
  switch (input.type) {
    case 'start':
      start(draft, input.start)
      break
    case 'command': {
      const refused = refusal(state, input.command)
      if (refused) return err(refused)
      obey(draft, input.command)
      break
    }
    case 'signal':
      onSignal(draft, input.signal)
      break
    default:
      return assertNever(input)
  }
  advance(draft)
  return ok(draft.events)
}

/** The driver gets the intent with its launch, where its program can take it so. */
const start = (draft: Draft, start: Start): void => {
  draft.add({ type: 'pairStarted', ...start })
  const opening = draft.queue({ to: start.driver, kind: 'opening', text: openingText(draft.state) }, 'now')
  draft.add({ type: 'deliverySending', id: opening, carries: [], mode: 'launch' })
  draft.add({ type: 'seatStarting', seat: start.driver, resume: null })
  draft.add({ type: 'seatStarting', seat: otherSeat(start.driver), resume: null })
}

const obey = (draft: Draft, command: Command): void => {
  const { state } = draft
  switch (command.type) {
    case 'pause':
      draft.hold({ type: 'paused' })
      if (command.now) interruptAll(draft)
      return
    case 'resume':
      return resume(draft)
    case 'step':
      return draft.add({ type: 'stepAllowed' })
    case 'steer':
      for (const to of command.to === 'both' ? SEATS : [command.to]) {
        draft.queue({ to, kind: 'steer', text: command.text }, command.when)
      }
      return
    case 'editDelivery':
      return draft.add({ type: 'deliveryEdited', id: command.id, text: command.text })
    case 'dropDelivery':
      return drop(draft, command.id)
    case 'swap':
      return draft.add({ type: state.swapRequested ? 'swapWithdrawn' : 'swapRequested' })
    case 'endRound': {
      const active = activeSeat(state)
      if (active) draft.add({ type: 'turnInterrupting', seat: active, purpose: 'handOver' })
      return
    }
    case 'end':
      return draft.add({ type: 'ended', reason: 'human', detail: '' })
    case 'answer':
      return draft.add({ type: 'requestAnswered', id: command.id, answer: command.answer })
    case 'handOver':
      return handOver(draft)
    case 'retry':
      return retry(draft)
    case 'rule':
      draft.release('unclear')
      return giveVerdict(draft, { verdict: command.verdict, summary: '', findings: [] }, 'human')
    case 'restartSeat':
      return restart(draft, command.seat)
    case 'reopen':
      draft.add({ type: 'pairReopened' })
      if (draft.state.stage.phase !== 'ended') draft.hold({ type: 'paused' })
      for (const seat of SEATS) restart(draft, seat)
      return
    default:
      return assertNever(command)
  }
}

const interruptAll = (draft: Draft): void => {
  for (const seat of SEATS) {
    if (isWorking(draft.state.seats[seat])) draft.add({ type: 'turnInterrupting', seat, purpose: 'hold' })
  }
}

const restart = (draft: Draft, seat: SeatId): void =>
  draft.add({ type: 'seatStarting', seat, resume: draft.state.seats[seat].session })

/** Whoever was stopped in its turn is told to go on, unless it already works again. */
const resume = (draft: Draft): void => {
  const interrupted = holdOf(draft.state, 'interrupted')
  draft.release('paused', 'interrupted')
  if (interrupted && !isWorking(draft.state.seats[interrupted.seat])) {
    draft.queue({ to: interrupted.seat, kind: 'notice', text: goOnText })
  }
}

const drop = (draft: Draft, id: Extract<Command, { type: 'dropDelivery' }>['id']): void => {
  draft.add({ type: 'deliveryDropped', id, why: 'dropped by you' })
  const unanswered = notAcceptedOf(draft.state, id)
  if (unanswered) draft.releaseOne(unanswered)
}

const handOver = (draft: Draft): void => {
  const reviewing = draft.state.stage.phase === 'reviewing'
  draft.release('interrupted', 'trouble', 'unclear')
  if (reviewing) handBackUnreviewed(draft)
  else handOverWork(draft)
}

const retry = (draft: Draft): void => {
  const unanswered = holdOf(draft.state, 'notAccepted')
  if (unanswered) {
    draft.releaseOne(unanswered)
    const flying = draft.state.outbox.find(({ id }) => id === unanswered.delivery)?.status === 'sending'
    if (flying) draft.add({ type: 'deliveryChecking', id: unanswered.delivery })
    return
  }
  const held = holdOf(draft.state, 'trouble') ?? holdOf(draft.state, 'unclear')
  if (!held) return
  draft.releaseOne(held)
  if (held.type === 'unclear') return remind(draft)
  const { status, lastTask } = draft.state.seats[held.seat]
  if (status.type === 'exited' || status.type === 'failed') return restart(draft, held.seat)
  if (lastTask !== null) draft.queue({ to: held.seat, kind: 'notice', text: lastTask })
}
