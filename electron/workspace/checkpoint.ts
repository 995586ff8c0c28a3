/** A checkpoint is a tree kept under a ref of ours, which neither branches, tags nor garbage collection touch. */
import type { PairId } from '../../shared/ids'
import { err, ok, type Result } from '../../shared/result'
import { type GitError, git } from './git'

export interface Checkpoint {
  readonly number: number
  /** By full hash. */
  readonly tree: string
}

/** The name under which a pair's checkpoint is kept. */
export const checkpointRef = (pair: PairId, number: number): string => `refs/duologue/${pair}/${number}`

/** Keeps a tree from git's garbage collection under a ref of ours; no branch or tag shows it. */
export const keepTree = async (
  folder: string,
  tree: string,
  ref: string,
): Promise<Result<undefined, GitError>> => {
  const done = await git(folder, ['update-ref', '--no-deref', ref, tree])
  return done.ok ? ok(undefined) : done
}

/** As `keepTree`, but never in place of another tree. */
export const keepNewTree = async (
  folder: string,
  tree: string,
  ref: string,
): Promise<Result<undefined, GitError>> => {
  const none = '0'.repeat(tree.length)
  const done = await git(folder, ['update-ref', '--no-deref', ref, tree, none])
  if (done.ok) return ok(undefined)
  const present = await git(folder, ['rev-parse', '--verify', '--quiet', ref])
  if (!present.ok) return done
  return present.value.trim() === tree
    ? ok(undefined)
    : err({ type: 'failed', message: `${ref} already keeps another state.` })
}

/** A pair's checkpoints in the order of their numbers; none is not an error. */
export const listCheckpoints = async (
  folder: string,
  pair: PairId,
): Promise<Result<readonly Checkpoint[], GitError>> => {
  const listed = await git(folder, [
    'for-each-ref',
    '--format=%(refname:lstrip=3) %(objectname)',
    `refs/duologue/${pair}/`,
  ])
  if (!listed.ok) return listed
  const checkpoints = listed.value.split('\n').flatMap(line => {
    const match = /^(\d+) ([0-9a-f]+)$/.exec(line)
    return match ? [{ number: Number(match[1]), tree: match[2] ?? '' }] : []
  })
  return ok(checkpoints.sort((a, b) => a.number - b.number))
}
