/** For tests: the human, who gives every hold its way on, and now and then steers, edits, drops and pauses. */
import { asRequestId } from '../../../shared/ids'
import type { Command } from '../../../shared/pair/inputs'
import type { PairState } from '../../../shared/pair/model'
import type { Random } from './random'

export interface Habits {
  /** How likely each of it is at each event. */
  readonly steer: number
  readonly pause: number
}

/** What lets the relay go on, or undefined when nothing holds it. */
export const wayOn = (state: PairState): Command | undefined => {
  const open = state.requests.find(({ answered }) => !answered)
  if (open)
    return { type: 'answer', id: asRequestId(open.request.id), answer: { type: 'approval', choice: 'allow' } }
  const types = new Set(state.holds.map(({ type }) => type))
  if ((['notAccepted', 'trouble', 'quota', 'unclear', 'noPlan'] as const).some(type => types.has(type)))
    return { type: 'retry' }
  if (types.has('planApproval')) return { type: 'approvePlan' }
  if (types.has('unplanned')) return { type: 'acceptUnplanned' }
  return types.size > 0 ? { type: 'resume' } : undefined
}

/** Texts begin with `steer` or `edited`, so that an agent knows them for no task. */
export const whim = (state: PairState, habits: Habits, random: Random): Command | undefined => {
  if (state.stage.phase === 'ended') return undefined
  const mine = state.outbox.filter(({ kind, status }) => kind === 'steer' && status === 'waiting')
  const [one] = mine
  if (one && random.chance(habits.steer)) {
    return random.chance(0.5)
      ? { type: 'editDelivery', id: one.id, text: `edited ${random.words(4)}` }
      : { type: 'dropDelivery', id: one.id }
  }
  if (random.chance(habits.steer)) {
    const to = (['left', 'right', 'both'] as const)[random.below(3)] ?? 'both'
    const when = random.chance(0.5) ? 'now' : 'next'
    return { type: 'steer', to, when, text: `steer ${random.words(4)}` }
  }
  return random.chance(habits.pause) && state.holds.length === 0 ? { type: 'pause', now: false } : undefined
}
