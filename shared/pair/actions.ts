/** When a command applies. The buttons ask the same function as the machine, so they are never live in vain. */
import { assertNever } from '../result'
import type { Command, PairState, Refusal } from './model'
import { activeSeat, holdOf, isWorking, taskOutstanding, waiting } from './view'

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
      return holdOf(state, 'paused') || holdOf(state, 'interrupted')
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
    case 'endRound': {
      const active = activeSeat(state)
      return active !== null && isWorking(state.seats[active]) ? undefined : refuse('No turn is running.')
    }
    case 'end':
      return undefined
    case 'answer':
      return state.requests.some(({ request, answered }) => request.id === command.id && !answered)
        ? undefined
        : refuse('This has been answered already.')
    case 'handOver':
      return refuseHandOver(state)
    case 'retry':
      return holdOf(state, 'notAccepted') || holdOf(state, 'trouble') || holdOf(state, 'unclear')
        ? undefined
        : refuse('Nothing has failed.')
    case 'rule':
      return holdOf(state, 'unclear') ? undefined : refuse('No review waits for your verdict.')
    case 'restartSeat': {
      const { type } = state.seats[command.seat].status
      return type === 'exited' || type === 'failed' ? undefined : refuse('This agent is running.')
    }
    case 'reopen':
      return undefined
    default:
      return assertNever(command)
  }
}

const afterTheEnd: ReadonlySet<Command['type']> = new Set(['restartSeat', 'reopen', 'answer'])

const anyWorking = (state: PairState): boolean => isWorking(state.seats.left) || isWorking(state.seats.right)

const refuseStep = (state: PairState): Refusal | undefined => {
  if (!holdOf(state, 'paused')) return refuse('Step lets one message pass while the pair is paused.')
  if (state.stepAllowed) return refuse('A step is already under way.')
  return undefined
}

const refuseHandOver = (state: PairState): Refusal | undefined => {
  const active = activeSeat(state)
  if (active === null) return refuse('The pair has ended.')
  if (isWorking(state.seats[active])) return refuse('A turn is running: use End round.')
  if (taskOutstanding(state, active) || waiting(state).some(({ kind }) => kind === 'handoff')) {
    return refuse('A message is already waiting.')
  }
  if (state.stage.phase === 'driving' && state.stage.measuring !== null)
    return refuse('It is being handed over.')
  return undefined
}
