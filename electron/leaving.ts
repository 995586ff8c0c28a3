/**
 * What is asked when the window is closed, or the app quit, while a pair is at work. Nothing is remembered: each time
 * it is the human's choice. Agents' processes end with the app in any case; what is chosen is what becomes of the pair.
 */
import type { PairState } from '../shared/pair/model'
import { intentLine } from '../shared/pair/names'
import { SEATS } from '../shared/pair/seat'
import { hasEnded, isAtWork, proofRuns } from '../shared/pair/view'

export type Choice = 'background' | 'quit' | 'endAndQuit' | 'cancel'

export interface Question {
  readonly message: string
  readonly detail: string
  readonly buttons: readonly { readonly label: string; readonly choice: Choice }[]
}

/** A turn, a message on its way or a proof would be cut off. */
export const isBusy = (state: PairState): boolean =>
  !hasEnded(state) && (proofRuns(state) || SEATS.some(seat => isAtWork(state, seat)))

/** `intents` of the pairs at work, at least one. */
export const askBeforeLeaving = (by: 'close' | 'quit', intents: readonly string[]): Question => {
  const [first = ''] = intents
  const one = intents.length === 1
  const background =
    by === 'close' ? [{ label: 'Keep running in the background', choice: 'background' as const }] : []
  return {
    message: one ? 'A pair is at work.' : `${intents.length} pairs are at work.`,
    detail: [
      one ? intentLine(first).slice(0, 120) : '',
      by === 'close' ? 'In the background the agents go on; open Duologue again to see them.' : '',
      `Quitting ends the agents’ programs. ${one ? 'The pair' : 'They'} can be gone on with later, in the same sessions, unless you end ${one ? 'it' : 'them'}.`,
    ]
      .filter(Boolean)
      .join('\n\n'),
    buttons: [
      ...background,
      { label: 'Quit, go on later', choice: 'quit' },
      { label: one ? 'End the pair and quit' : 'End the pairs and quit', choice: 'endAndQuit' },
      { label: 'Cancel', choice: 'cancel' },
    ],
  }
}
