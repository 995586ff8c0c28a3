/**
 * `decide`: what happens because of a command or a signal, as events, or a refusal that says why not. Pure: time
 * comes in as `at`, ids come from the state. The relay's rules are in three places: what a human may do
 * (`actions`), what an agent's signal means (`signals`), and what then goes out by itself (`advance`).
 */
import { assertNever, err, ok, type Result } from '../result'
import { refusal } from './actions'
import { advance } from './advance'
import { doubleTurnEnded } from './double-review'
import { Draft } from './draft'
import type { Stamped } from './events'
import { promote, ruleFinding } from './findings'
import { nothing } from './initial'
import type { Command, Input, Refusal, Start } from './inputs'
import { taskAgain, toggleGoOn } from './limits'
import { goOnText, reviewReminderText } from './messages/notes'
import { planReminderText } from './messages/plan'
import { openingText } from './messages/work'
import type { PairState } from './model'
import { editPlan, planJudged, planTurnEnded, settlePlan, skipPlan } from './planning'
import { runProof } from './proving'
import { restore } from './restoring'
import { handBackUnreviewed, handOverWork } from './rounds'
import { otherSeat, SEATS, type SeatId } from './seat'
import { onSignal } from './signals'
import { checkAgreement, giveVerdict, returnUnplanned } from './verdict'
import { activeSeats, holdOf, isWorking, notAcceptedOf, unplannedOf } from './view'

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
    case 'endRound':
      for (const seat of activeSeats(state).filter(each => isWorking(state.seats[each]))) {
        draft.add({ type: 'turnInterrupting', seat, purpose: 'handOver' })
      }
      return
    case 'end':
      return end(draft)
    case 'answer':
      return draft.add({ type: 'requestAnswered', id: command.id, answer: command.answer })
    case 'handOver':
      return handOver(draft)
    case 'retry':
      return retry(draft)
    case 'goOnAtReset':
      return toggleGoOn(draft)
    case 'takeBack': {
      const unanswered = holdOf(state, 'notAccepted')
      if (unanswered) draft.add({ type: 'deliveryChecking', id: unanswered.delivery })
      return
    }
    case 'rule':
      return rule(draft, command.verdict)
    case 'restartSeat':
      return restart(draft, command.seat)
    case 'reopen':
      draft.add({ type: 'pairReopened' })
      if (draft.state.stage.phase !== 'ended') draft.hold({ type: 'paused' })
      for (const seat of SEATS) restart(draft, seat)
      return
    default:
      return obeyReview(draft, command)
  }
}

type ReviewCommand = Extract<
  Command,
  {
    type:
      | 'editPlan'
      | 'approvePlan'
      | 'skipPlan'
      | 'runProof'
      | 'stopProof'
      | 'setProof'
      | 'ruleFinding'
      | 'promoteFinding'
      | 'doubleReview'
      | 'acceptUnplanned'
      | 'returnUnplanned'
      | 'restore'
  }
>

/** What the human decides about plan, proof, findings and work. */
const obeyReview = (draft: Draft, command: ReviewCommand): void => {
  switch (command.type) {
    case 'editPlan':
      return editPlan(draft, command.items, command.reason)
    case 'approvePlan':
      return settlePlan(draft, 'human')
    case 'skipPlan':
      return skipPlan(draft)
    case 'runProof':
      return runProof(draft)
    case 'stopProof':
      return draft.add({ type: 'proofStopping', run: draft.state.proof?.run ?? 0 })
    case 'setProof':
      return draft.add({ type: 'proofChanged', proof: command.proof })
    case 'ruleFinding':
      return ruleFinding(draft, command.id, command.ruling, command.reason)
    case 'promoteFinding':
      return promote(draft, command.id)
    case 'doubleReview':
      return requestDouble(draft)
    case 'acceptUnplanned':
      draft.add({ type: 'unplannedAccepted', files: unplannedOf(draft.state) })
      draft.release('unplanned')
      return checkAgreement(draft)
    case 'returnUnplanned':
      draft.release('unplanned')
      return returnUnplanned(draft)
    case 'restore':
      return restore(draft, command.checkpoint)
    default:
      return assertNever(command)
  }
}

const interruptAll = (draft: Draft): void => {
  for (const seat of SEATS) {
    if (isWorking(draft.state.seats[seat])) draft.add({ type: 'turnInterrupting', seat, purpose: 'hold' })
  }
}

/** At the next hand-over; when the driver is idle with its work in hand, that is now. */
const requestDouble = (draft: Draft): void => {
  const { state } = draft
  if (state.doubleRequested) return draft.add({ type: 'doubleReviewWithdrawn' })
  draft.add({ type: 'doubleReviewRequested' })
  const isIdle = state.stage.phase === 'driving' && refusal(state, { type: 'handOver' }) === undefined
  if (isIdle && state.lastTurn[state.driver] !== null) handOverWork(draft)
}

/** A pair that is given up because something failed has failed; the cause is kept. */
const end = (draft: Draft): void => {
  const trouble = holdOf(draft.state, 'trouble') ?? holdOf(draft.state, 'quota')
  if (trouble) draft.add({ type: 'ended', reason: 'failed', detail: trouble.detail })
  else draft.add({ type: 'ended', reason: 'human', detail: '' })
}

/** The human's verdict stands for the one that was not given. */
const rule = (draft: Draft, verdict: 'pass' | 'changes'): void => {
  const unclear = holdOf(draft.state, 'unclear')
  draft.release('unclear')
  const review = { verdict, summary: '', findings: [] }
  const { stage } = draft.state
  if (stage.phase === 'planReview') return planJudged(draft, review, 'human')
  if (stage.phase !== 'doubleReview') return giveVerdict(draft, { ...review, by: 'human' })
  if (!unclear) return
  draft.add({ type: 'reviewSubmitted', seat: unclear.seat, review })
  doubleTurnEnded(draft)
}

const restart = (draft: Draft, seat: SeatId): void =>
  draft.add({ type: 'seatStarting', seat, resume: draft.state.seats[seat].session })

/** Whoever was stopped in its turn is told to go on, unless it already works again. */
const resume = (draft: Draft): void => {
  const interrupted = holdOf(draft.state, 'interrupted')
  draft.release('paused', 'interrupted', 'repetition')
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
  const { phase } = draft.state.stage
  draft.release('interrupted', 'trouble', 'quota', 'unclear')
  if (phase === 'driving') return handOverWork(draft)
  if (phase === 'planning') return planTurnEnded(draft)
  handBackUnreviewed(draft)
}

const retry = (draft: Draft): void => {
  const unanswered = holdOf(draft.state, 'notAccepted')
  if (unanswered) {
    draft.releaseOne(unanswered)
    const flying = draft.state.outbox.find(({ id }) => id === unanswered.delivery)?.status === 'sending'
    if (flying) draft.add({ type: 'deliveryChecking', id: unanswered.delivery })
    return
  }
  const failed = holdOf(draft.state, 'trouble') ?? holdOf(draft.state, 'quota')
  if (failed) return taskAgain(draft, failed)
  const held = holdOf(draft.state, 'unclear') ?? holdOf(draft.state, 'noPlan')
  if (!held) return
  draft.releaseOne(held)
  const text = held.type === 'unclear' ? reviewReminderText : planReminderText(draft.state)
  draft.queue({ to: held.seat, kind: 'reminder', text })
}
