/** Putting the work back to a checkpoint: the present is kept first, the relay waits, and both agents are told. */
import type { Draft } from './draft'
import type { Signal } from './inputs'
import { restoredText } from './messages/notes'
import { restoredPlanText } from './messages/plan'
import { restoredWorkText } from './messages/work'
import { SEATS } from './seat'
import { checkpointOf, hasEnded, isPlanning, waiting } from './view'

export const restore = (draft: Draft, number: number): void => {
  const checkpoint = checkpointOf(draft.state, number)
  if (checkpoint) draft.add({ type: 'restoring', checkpoint: number, tree: checkpoint.tree })
}

export const restored = (draft: Draft, signal: Extract<Signal, { type: 'restored' }>): void => {
  const { type, checkpoint, tree, kept, keptTree, problem } = signal
  draft.add({ type, checkpoint, tree, kept, keptTree, problem })
  if (problem !== null || hasEnded(draft.state)) return
  const { state } = draft
  const stale = waiting(state).filter(({ kind }) => kind === 'handoff' || kind === 'reminder')
  draft.drop(stale, 'the workspace was restored')
  draft.release('unclear', 'interrupted', 'unplanned', 'repetition')
  draft.hold({ type: 'paused' })
  for (const to of SEATS) {
    draft.queue({ to, kind: 'steer', text: restoredText(checkpoint, tree, kept) })
  }
  const goOn = isPlanning(state) ? restoredPlanText : restoredWorkText
  draft.queue({ to: state.driver, kind: 'handoff', text: goOn(state) })
}
