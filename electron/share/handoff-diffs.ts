/**
 * What each handoff changed, from the trees that the pair's checkpoints keep. Entries come in order; where the
 * repository or a checkpoint is gone, that is said in its place.
 */
import type { Entry } from '../../shared/journal/entry'
import type { Result } from '../../shared/result'
import type { FileDiff, TreeDiff } from '../../shared/review/diff'
import { isHandoff } from '../../shared/score/words'
import type { Redactor } from '../../shared/transcript/redact'
import { diffTrees } from '../workspace/diff'

/** Bytes. A patch beyond this is no reading; of all handoffs together, a page must still open. */
const ONE_HANDOFF = { file: 60_000, total: 300_000 }
const ALL_HANDOFFS = 12_000_000

export type HandoffDiff = Result<TreeDiff, string>

export interface HandoffDiffs {
  /** Null: no work is handed over here. */
  of(entry: Entry): Promise<HandoffDiff | null>
}

/** @param folder of the pair. @param base the tree it began with; null outside git. */
export const createHandoffDiffs = (folder: string, base: string | null, redactor: Redactor): HandoffDiffs => {
  let before = base
  let tree: string | null = null
  let used = 0
  /** Told of every handoff once it is known: a folder that has gone is not asked for each. */
  let nowhere: HandoffDiff | null = null

  const clean = (file: FileDiff): FileDiff => ({
    ...file,
    path: redactor.redact(file.path),
    oldPath: file.oldPath === null ? null : redactor.redact(file.oldPath),
    patch: redactor.redact(file.patch),
  })

  const diff = async (from: string, to: string): Promise<HandoffDiff> => {
    if (used > ALL_HANDOFFS)
      return { ok: false, error: 'the diffs before it fill the room that a transcript has for them.' }
    if (nowhere) return nowhere
    const found = await diffTrees(folder, from, to, ONE_HANDOFF)
    if (!found.ok) {
      const why = redactor.redact(found.error.message)
      const told = {
        ok: false,
        error: `the two states are no longer kept in the repository (${why}).`,
      } as const
      if (found.error.type === 'noGit' || found.error.type === 'notARepository') nowhere = told
      return told
    }
    const files = found.value.files.map(clean)
    used += files.reduce((sum, { patch }) => sum + patch.length, 0)
    return { ok: true, value: { ...found.value, files } }
  }

  return {
    of: async entry => {
      if (entry.type === 'restore' && entry.problem === null) before = entry.tree
      if (entry.type === 'turn' && entry.measure?.target) tree = entry.measure.target.tree
      if (entry.type !== 'delivery' || !isHandoff(entry) || entry.to.role !== 'navigator') return null
      const to = entry.measure?.target?.tree ?? tree
      if (before === null || to === null || to === before) return null
      const from = before
      before = to
      return diff(from, to)
    },
  }
}
