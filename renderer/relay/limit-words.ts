/** What a card says of a provider's limit: whose, until when, and what happens then. The human chooses what does. */
import { goesOnAtReset } from '../../shared/pair/limits'
import type { Hold, PairState } from '../../shared/pair/model'
import { seatAgentName } from '../../shared/pair/seat'
import { until } from '../ui/format'
import { HAND_OVER, type Way } from './way'

type Quota = Extract<Hold, { type: 'quota' }>

const isOver = (state: PairState, { seat }: Quota): boolean => state.seats[seat].limit?.over ?? false

const whenWords = (state: PairState, hold: Quota): string => {
  const { seat, resetsAt, since } = hold
  if (resetsAt === null) return 'Its provider did not say until when. Nothing goes on by itself.'
  const time = until(resetsAt, since)
  if (isOver(state, hold)) return `By what its provider said, that was over at ${time}.`
  return state.seats[seat].limit?.goesOn
    ? `It goes on by itself at ${time}, while this pair is open.`
    : `By what its provider says, it can go on at ${time}.`
}

export const limitWords = (
  state: PairState,
  hold: Quota,
): { readonly title: string; readonly detail: string } => ({
  title: `${seatAgentName(state.seats[hold.seat].config)} has reached its limit`,
  detail: `${whenWords(state, hold)} This counts neither as a pass nor as a round.`,
})

export const limitWays = (state: PairState, hold: Quota): readonly Way[] => {
  const now: Way = { id: 'pair.retry', label: 'Go on now', letter: 'N' }
  if (hold.resetsAt === null || isOver(state, hold)) return [now, HAND_OVER]
  const then = goesOnAtReset(state)
    ? 'Do not go on by itself'
    : `Go on at ${until(hold.resetsAt, hold.since)}`
  return [{ id: 'pair.goOnAtReset', label: then, letter: 'G' }, now, HAND_OVER]
}
