/** What changed between two kept trees, counted and shown. Nothing of the user's runs for it: no external diff, no textconv. */
import type { Diffstat } from '../../shared/pair/model'
import { err, ok, type Result } from '../../shared/result'
import {
  createPatchSplitter,
  joinPatches,
  type PatchBounds,
  parseChanges,
  parseNumstat,
  type TreeDiff,
} from '../../shared/review/diff'
import { asText, type GitError, gitBytes, gitStream } from './git'

/** Files listed in a diffstat; `fileCount` is whole. */
const MAX_FILES = 200

/** A patch beyond this is no longer read by anyone, and the window must hold them all. */
const BOUNDS: PatchBounds = { file: 400_000, total: 8_000_000 }

const DIFF = ['diff-tree', '-r', '--find-renames', '--no-ext-diff', '--no-textconv', '--submodule=short']

/** Lines changed from tree `base` to tree `tree`; renames are followed, binary files count no lines. */
export const diffstat = async (
  folder: string,
  base: string,
  tree: string,
): Promise<Result<Diffstat, GitError>> => {
  const output = await gitBytes(folder, [...DIFF, '--numstat', '-z', base, tree])
  if (!output.ok) return output
  const files = parseNumstat(output.value.out)
  const sum = (key: 'added' | 'removed'): number => files.reduce((total, file) => total + file[key], 0)
  return ok({
    fileCount: files.length,
    added: sum('added'),
    removed: sum('removed'),
    files: files
      .slice(0, MAX_FILES)
      .map(({ path, added, removed }) => ({ path: asText(path), added, removed })),
  })
}

/** Every file that differs between two trees, with its patch; `bounds` are in bytes. */
export const diffTrees = async (
  folder: string,
  from: string,
  to: string,
  bounds = BOUNDS,
): Promise<Result<TreeDiff, GitError>> => {
  const listed = await gitBytes(folder, [...DIFF, '--raw', '--numstat', '-z', '--no-abbrev', from, to])
  if (!listed.ok) return listed
  const splitter = createPatchSplitter(bounds)
  // Whatever the user has set for the looks of a diff, the window reads this one form.
  const form = ['--patch', '--no-color', '--src-prefix=a/', '--dst-prefix=b/', '--unified=3', '--full-index']
  const printed = await gitStream(folder, [...DIFF, ...form, from, to], splitter.push)
  if (!printed.ok) return printed
  const joined = joinPatches(parseChanges(listed.value.out, asText), splitter.end(), asText)
  return joined.ok ? joined : err({ type: 'failed', message: joined.error })
}
