/** What a driver's turn did to the workspace, as git sees it; outside git it is said that it cannot be seen. */
import type { PairId } from '../../shared/ids'
import type { Measure } from '../../shared/pair/model'
import { checkpointRef, keepTree } from './checkpoint'
import { diffstat } from './diff'
import { snapshotTree } from './snapshot'

interface Work {
  readonly folder: string
  readonly pair: PairId
  /** Names the kept tree: `refs/duologue/<pair>/<number>`. */
  readonly number: number
  /** The tree that reviews are against, and the one that this turn began with; null outside git. */
  readonly base: string | null
  readonly previous: string | null
  /** The pair's folder, for a git folder of our own. */
  readonly dir: string
}

const unseen = (note: string): Measure => ({ diffstat: null, target: null, note })

export const snapshotBase = async (folder: string, pair: PairId, dir: string): Promise<string | null> => {
  const snapshot = await snapshotTree(folder, dir)
  if (!snapshot.ok) return null
  await keepTree(folder, snapshot.value.tree, checkpointRef(pair, 0))
  return snapshot.value.tree
}

export const measureWork = async ({ folder, pair, number, base, previous, dir }: Work): Promise<Measure> => {
  if (base === null || previous === null) return unseen('The folder is not a git repository.')
  const snapshot = await snapshotTree(folder, dir)
  if (!snapshot.ok) return unseen(`The working tree could not be read: ${snapshot.error.message}`)
  const { tree, notes } = snapshot.value
  // A handoff waits for this, and most of each call is the start of git.
  const [, changed, other] = await Promise.all([
    keepTree(folder, tree, checkpointRef(pair, number)),
    diffstat(folder, previous, tree),
    previous === base ? null : diffstat(folder, base, tree),
  ])
  const whole = other ?? changed
  if (!changed.ok) return unseen(`The changes could not be counted: ${changed.error.message}`)
  return {
    diffstat: changed.value,
    target: { base, tree },
    note: notes.join(' '),
    whole: whole.ok ? whole.value : null,
    checkpoint: number,
  }
}
