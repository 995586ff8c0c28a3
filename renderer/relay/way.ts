/** A way on that a card offers: a command, in the words of the card. */
import type { CommandId } from '../../shared/keymap'

export interface Way {
  readonly id: CommandId
  readonly label: string
  readonly letter: string
}

export const HAND_OVER: Way = { id: 'pair.handOver', label: 'Hand over now', letter: 'H' }
