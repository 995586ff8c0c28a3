/** What a driver's turn did to the workspace, as git sees it; outside git it is said that it cannot be seen. */
import type { PairId } from '../../shared/ids'
import type { Measure } from '../../shared/pair/model'
import { checkpointRef, diffstat, indexFileIn, keepTree, snapshotTree } from './git'

interface Work {
  readonly folder: string
  readonly pair: PairId
  /** Names the kept tree: `refs/duologue/<pair>/<number>`. */
  readonly number: number
  /** The tree that reviews are against, and the one that this turn began with; null outside git. */
  readonly base: string | null
  readonly previous: string | null
  /** The pair's folder, for its own index. */
  readonly dir: string
}

const unseen = (note: string): Measure => ({ diffstat: null, target: null, note })

export const snapshotBase = async (folder: string, pair: PairId, dir: string): Promise<string | null> => {
  const tree = await snapshotTree(folder, indexFileIn(dir))
  if (!tree.ok) return null
  await keepTree(folder, tree.value, checkpointRef(pair, 0))
  return tree.value
}

export const measureWork = async ({ folder, pair, number, base, previous, dir }: Work): Promise<Measure> => {
  if (base === null || previous === null) return unseen('The folder is not a git repository.')
  const tree = await snapshotTree(folder, indexFileIn(dir))
  if (!tree.ok) return unseen(`The working tree could not be read: ${tree.error.message}`)
  await keepTree(folder, tree.value, checkpointRef(pair, number))
  const changed = await diffstat(folder, previous, tree.value)
  if (!changed.ok) return unseen(`The changes could not be counted: ${changed.error.message}`)
  return { diffstat: changed.value, target: { base, tree: tree.value }, note: '' }
}
