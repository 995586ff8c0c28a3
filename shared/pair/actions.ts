/** When a command applies. The buttons ask the same function as the machine, so they are never live in vain. */
import { assertNever } from '../result'
import type { Command, Refusal } from './inputs'
import { awaitsReset } from './limits'
import type { PairState } from './model'
import { SEATS } from './seat'
import {
  activeSeats,
  checkpointOf,
  findingOf,
  hasEnded,
  holdOf,
  isAtWork,
  isPlanning,
  isWorking,
  planOf,
  proofRuns,
  taskOutstanding,
  waiting,
} from './view'

const refuse = (message: string): Refusal => ({ type: 'refused', message })

/** Why the command does not apply in this state; undefined when it does. */
export const refusal = (state: PairState, command: Command): Refusal | undefined => {
  if (state.stage.phase === 'ended' && !afterTheEnd.has(command.type)) return refuse('The pair has ended.')
  switch (command.type) {
    case 'pause':
      return holdOf(state, 'paused') && !(command.now && anyWorking(state))
        ? refuse('Already paused.')
        : undefined
    case 'resume':
      return holdOf(state, 'paused') || holdOf(state, 'interrupted') || holdOf(state, 'repetition')
        ? undefined
        : refuse('Nothing is paused.')
    case 'step':
      return refuseStep(state)
    case 'steer':
      return command.text.trim() === '' ? refuse('There is nothing to say yet.') : undefined
    case 'editDelivery':
    case 'dropDelivery':
      return waiting(state).some(({ id }) => id === command.id)
        ? undefined
        : refuse('This message no longer waits: it has been sent or dropped.')
    case 'swap':
      return undefined
    case 'endRound':
      return activeSeats(state).some(seat => isWorking(state.seats[seat]))
        ? undefined
        : refuse('No turn is running.')
    case 'end':
      return undefined
    case 'answer':
      return state.requests.some(({ request, answered }) => request.id === command.id && !answered)
        ? undefined
        : refuse('This has been answered already.')
    case 'handOver':
      return refuseHandOver(state)
    case 'retry':
      return (['notAccepted', 'trouble', 'quota', 'unclear', 'noPlan'] as const).some(type =>
        holdOf(state, type),
      )
        ? undefined
        : refuse('Nothing has failed.')
    case 'goOnAtReset':
      return refuseGoOn(state)
    case 'takeBack':
      return refuseTakeBack(state)
    case 'rule':
      return holdOf(state, 'unclear') ? undefined : refuse('No review waits for your verdict.')
    case 'restartSeat': {
      const { type } = state.seats[command.seat].status
      return type === 'exited' || type === 'failed' ? undefined : refuse('This agent is running.')
    }
    case 'reopen':
      return undefined
    case 'editPlan':
      return refusePlanEdit(state, command)
    case 'approvePlan':
      return refuseApproval(state)
    case 'skipPlan':
      return refuseSkip(state)
    case 'runProof':
      return refuseProof(state)
    case 'stopProof':
      return proofRuns(state) ? undefined : refuse('The proof is not running.')
    case 'setProof':
      return refuseSetProof(state, command.proof)
    case 'ruleFinding':
      return refuseRuling(state, command)
    case 'promoteFinding':
      return refusePromotion(state, command.id)
    case 'doubleReview':
      return state.stage.phase === 'doubleReview' ? refuse('Both are reviewing already.') : undefined
    case 'acceptUnplanned':
    case 'returnUnplanned':
      return holdOf(state, 'unplanned') ? undefined : refuse('No unplanned files wait for you.')
    case 'restore':
      return refuseRestore(state, command.checkpoint)
    default:
      return assertNever(command)
  }
}

/** What is about the work itself goes on being possible; a promoted follow-up begins another round. */
const afterTheEnd: ReadonlySet<Command['type']> = new Set([
  'restartSeat',
  'reopen',
  'answer',
  'runProof',
  'stopProof',
  'setProof',
  'ruleFinding',
  'promoteFinding',
  'restore',
])

type Is<T extends Command['type']> = Extract<Command, { type: T }>

const refusePlanEdit = (state: PairState, { items }: Is<'editPlan'>): Refusal | undefined => {
  if (items.length === 0) return refuse('A plan needs at least one item.')
  if (items.some(({ id, text }) => id.trim() === '' || text.trim() === '')) {
    return refuse('Each item needs an id and a text.')
  }
  if (new Set(items.map(({ id }) => id)).size < items.length) return refuse('Two items have the same id.')
  return JSON.stringify(planOf(state)?.items) === JSON.stringify(items)
    ? refuse('Nothing was changed.')
    : undefined
}

const planBusy = (state: PairState): boolean =>
  state.stage.phase !== 'planning' || anyWorking(state)
    ? !(state.stage.phase === 'planReview' && !anyWorking(state))
    : false

const refuseApproval = (state: PairState): Refusal | undefined => {
  if (!isPlanning(state)) return refuse('No plan waits for your approval.')
  if (planOf(state) === null) return refuse('There is no plan yet.')
  return planBusy(state)
    ? refuse('A turn is running: approve when it has ended, or end it first.')
    : undefined
}

const refuseSkip = (state: PairState): Refusal | undefined => {
  if (!isPlanning(state)) return refuse('Planning is over, or was not asked for.')
  return planBusy(state) ? refuse('A turn is running: end it first.') : undefined
}

const refuseProof = (state: PairState): Refusal | undefined => {
  if (state.terms.proof === null) return refuse('This pair has no proof command: set one first.')
  return proofRuns(state) ? refuse('The proof is running.') : undefined
}

const refuseSetProof = (state: PairState, proof: Is<'setProof'>['proof']): Refusal | undefined => {
  if (proofRuns(state)) return refuse('The proof is running: stop it first.')
  if (proof === null) return state.terms.proof === null ? refuse('There is none.') : undefined
  if (proof.command.trim() === '') return refuse('A command is needed.')
  return proof.limitSeconds >= 1 ? undefined : refuse('The time limit is at least one second.')
}

const refuseRuling = (state: PairState, { id, ruling }: Is<'ruleFinding'>): Refusal | undefined => {
  const record = findingOf(state, id)
  if (!record) return refuse('There is no such finding.')
  return record.ruling?.type === ruling ? refuse('You have ruled so already.') : undefined
}

const refusePromotion = (state: PairState, id: Is<'promoteFinding'>['id']): Refusal | undefined => {
  const record = findingOf(state, id)
  if (!record) return refuse('There is no such finding.')
  if (record.finding.inScope || record.promotedAt !== null) return refuse('It is in scope already.')
  if (hasEnded(state) && state.round >= state.caps.rounds)
    return refuse('All rounds of this pair are used up.')
  return undefined
}

const refuseRestore = (state: PairState, number: number): Refusal | undefined => {
  if (!state.git) return refuse('There are no checkpoints outside git.')
  if (!checkpointOf(state, number)) return refuse('There is no such checkpoint.')
  if (SEATS.some(seat => isAtWork(state, seat))) {
    return refuse('A turn is running or about to begin: end the round or pause now first.')
  }
  if (proofRuns(state)) return refuse('The proof is running: stop it first.')
  if (state.restoring !== null) return refuse('A restore is under way.')
  const busy =
    state.stage.phase === 'settling' || (state.stage.phase === 'driving' && state.stage.measuring !== null)
  return busy ? refuse('The workspace is being read: try again in a moment.') : undefined
}

const anyWorking = (state: PairState): boolean => isWorking(state.seats.left) || isWorking(state.seats.right)

const refuseGoOn = (state: PairState): Refusal | undefined => {
  if (!holdOf(state, 'quota')) return refuse('No limit holds the pair.')
  if (awaitsReset(state).length > 0) return undefined
  return SEATS.some(seat => state.seats[seat].limit?.over)
    ? refuse('The limit is over: go on now.')
    : refuse('The provider did not say when its limit is over.')
}

const refuseTakeBack = (state: PairState): Refusal | undefined => {
  const hold = holdOf(state, 'notAccepted')
  if (!hold) return refuse('Every message was taken.')
  return state.outbox.some(({ id, status }) => id === hold.delivery && status === 'sending')
    ? undefined
    : refuse('It waits here already: edit it, drop it, or send it again.')
}

const refuseStep = (state: PairState): Refusal | undefined => {
  if (!holdOf(state, 'paused')) return refuse('Step lets one message pass while the pair is paused.')
  if (state.stepAllowed) return refuse('A step is already under way.')
  return undefined
}

const refuseHandOver = (state: PairState): Refusal | undefined => {
  const active = activeSeats(state)
  const { stage } = state
  if (active.length === 0) return refuse('The pair has ended.')
  if (active.some(seat => isWorking(state.seats[seat]))) return refuse('A turn is running: use End round.')
  const handoffWaits = waiting(state).some(({ kind }) => kind === 'handoff')
  if (handoffWaits || active.some(seat => taskOutstanding(state, seat))) {
    return refuse('A message is already waiting.')
  }
  if (stage.phase === 'proving') return refuse('The proof is running: stop it to go on.')
  if (stage.phase === 'settling' || (stage.phase === 'driving' && stage.measuring !== null)) {
    return refuse('It is being handed over.')
  }
  if (holdOf(state, 'planApproval')) return refuse('The plan waits for your approval.')
  if (holdOf(state, 'unplanned')) return refuse('Unplanned files wait for your decision.')
  return undefined
}
