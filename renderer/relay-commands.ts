/** The relay's commands behind the ids of the keymap, and why a pair does not take one: buttons ask here as the keys do. */
import { asDeliveryId } from '../shared/ids'
import type { CommandId } from '../shared/keymap'
import { refusal } from '../shared/pair/actions'
import type { Command } from '../shared/pair/inputs'
import type { Delivery, PairState } from '../shared/pair/model'
import type { OpenPair } from './store/pair'

export const REPLAYED = 'This is a replay; go back first.'
export const NOT_LIVE = 'This pair is closed; go on with it first.'

/** What Resume takes away; until then the same control pauses. */
export const waitsForResume = ({ holds }: PairState): boolean =>
  holds.some(({ type }) => type === 'paused' || type === 'interrupted' || type === 'repetition')

const NO_DELIVERY = asDeliveryId('')

/** The message that an agent did not say it took. */
export const heldDelivery = ({ holds, outbox }: PairState): Delivery | undefined => {
  const hold = holds.find(each => each.type === 'notAccepted')
  return outbox.find(({ id }) => id === hold?.delivery)
}

/** The relay's command behind an id, where there is one. */
export const relayCommand = (id: CommandId, view: OpenPair): Command | null => {
  switch (id) {
    case 'pair.pause':
      return waitsForResume(view.state) ? { type: 'resume' } : { type: 'pause', now: false }
    case 'pair.pauseNow':
      return { type: 'pause', now: true }
    case 'pair.step':
      return { type: 'step' }
    case 'pair.swap':
      return { type: 'swap' }
    case 'pair.endRound':
      return { type: 'endRound' }
    case 'pair.end':
      return { type: 'end' }
    case 'pair.reopen':
      return { type: 'reopen' }
    case 'pair.handOver':
      return { type: 'handOver' }
    case 'pair.retry':
      return { type: 'retry' }
    case 'pair.goOnAtReset':
      return { type: 'goOnAtReset' }
    case 'pair.takeBack':
      return { type: 'takeBack' }
    case 'pair.dropHeld':
      return { type: 'dropDelivery', id: heldDelivery(view.state)?.id ?? NO_DELIVERY }
    case 'pair.rulePass':
      return { type: 'rule', verdict: 'pass' }
    case 'pair.ruleChanges':
      return { type: 'rule', verdict: 'changes' }
    case 'pair.approvePlan':
      return { type: 'approvePlan' }
    case 'pair.skipPlan':
      return { type: 'skipPlan' }
    case 'pair.runProof':
      return { type: 'runProof' }
    case 'pair.stopProof':
      return { type: 'stopProof' }
    case 'pair.doubleReview':
      return { type: 'doubleReview' }
    case 'pair.acceptUnplanned':
      return { type: 'acceptUnplanned' }
    case 'pair.returnUnplanned':
      return { type: 'returnUnplanned' }
    case 'pair.restartLeft':
      return { type: 'restartSeat', seat: 'left' }
    case 'pair.restartRight':
      return { type: 'restartSeat', seat: 'right' }
    default:
      return null
  }
}

/** Why the open pair does not take this command; the machine's own reason once its agents run. */
export const whyNot = (view: OpenPair, command: Command): string | null => {
  if (view.replayed) return REPLAYED
  if (command.type === 'reopen') return view.live ? 'This pair is already open.' : null
  if (!view.live) return NOT_LIVE
  return refusal(view.state, command)?.message ?? null
}
