/** What a checkpoint holds, in words. */
import type { Checkpoint } from '../../shared/pair/model'

export const checkpointWords = ({ why, round }: Pick<Checkpoint, 'why' | 'round'>): string => {
  switch (why) {
    case 'start':
      return 'When the pair began'
    case 'handoff':
      return `Handoff of round ${round}`
    case 'beforeRestore':
      return `Before a restore, round ${round}`
  }
}
