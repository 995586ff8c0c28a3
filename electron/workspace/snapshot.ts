/**
 * Writes the work tree as it is now as a tree object: staged, unstaged and untracked work, byte for byte; ignored files
 * are left out. The user's index, HEAD, branches, stash and hooks are untouched. What is not in the tree is told.
 */
import { err, ok, type Result } from '../../shared/result'
import { type GitError, gitBytes, gitLine } from './git'
import { type Mirror, openMirror } from './mirror'
import type { Entry } from './names'
import { SUBMODULE, type Survey, survey } from './survey'

export interface Snapshot {
  /** By full hash; not yet kept from garbage collection. */
  readonly tree: string
  /** Sentences for the human on what the tree does not hold. */
  readonly notes: readonly string[]
  /** Files that are there and were not read; byte strings, as below. */
  readonly leftOut: readonly string[]
  /** Repositories inside this one. */
  readonly submodules: readonly string[]
}

/** The first snapshot of a big repository reads every file once. */
const HASH_LIMIT_MS = 300_000

/** Runs git in the mirror. */
export const inMirror = (
  { top, env, config }: Mirror,
  args: readonly string[],
  input = '',
): ReturnType<typeof gitBytes> =>
  gitBytes(top, [...config, ...args], { env, input, timeLimitMs: HASH_LIMIT_MS })

const listed = (paths: readonly string[]): string => paths.map(path => `${path}\0`).join('')

export const indexInfo = (entries: readonly Entry[]): string =>
  listed(entries.map(({ mode, id, path }) => `${mode} ${id}\t${path}`))

/** Brings our index to what the survey found. Submodules come last: an own commit of theirs outdoes the index's. */
const fillIndex = async (
  mirror: Mirror,
  found: Survey,
  present: string,
): Promise<Result<undefined, GitError>> => {
  const wanted = new Set([...found.files, ...found.carried.map(entry => entry.path)])
  const stale = present.split('\0').filter(path => path !== '' && !wanted.has(path))
  const links = found.carried.filter(entry => entry.mode === SUBMODULE).map(entry => entry.path)
  const steps = [
    { args: ['--force-remove', '-z', '--stdin'], input: listed(stale) },
    { args: ['--add', '--replace', '-z', '--index-info'], input: indexInfo(found.carried) },
    { args: ['--add', '--remove', '--replace', '-z', '--stdin'], input: listed([...found.files, ...links]) },
  ]
  for (const { args, input } of steps) {
    const done = input === '' ? ok(undefined) : await inMirror(mirror, ['update-index', ...args], input)
    if (!done.ok) return done
  }
  return ok(undefined)
}

const writeTree = async (mirror: Mirror, careful: boolean): Promise<Result<Snapshot, GitError>> => {
  // The user's files and our index have nothing to do with each other yet.
  const [found, present] = await Promise.all([
    survey(mirror.top, careful),
    inMirror(mirror, ['ls-files', '-z']),
  ])
  if (!found.ok) return found
  if (!present.ok) return present
  const filled = await fillIndex(mirror, found.value, present.value.out)
  if (!filled.ok) return filled
  const args = [...mirror.config, 'write-tree', ...(mirror.partial ? ['--missing-ok'] : [])]
  const tree = await gitLine(mirror.top, args, { env: mirror.env })
  if (!tree.ok) return tree
  const { notes, leftOut, submodules } = found.value
  return ok({ tree: tree.value, notes, leftOut, submodules })
}

/** With an opened mirror; its index is kept for the next time. */
export const snapshotWith = async (mirror: Mirror): Promise<Result<Snapshot, GitError>> => {
  const first = await writeTree(mirror, false)
  if (first.ok || first.error.type !== 'failed') return first
  // A file that may not be read, one that went away while it was read, or an index whose objects were collected.
  await mirror.forgetIndex()
  return writeTree(mirror, true)
}

/**
 * `folder` may lie anywhere in the work tree; the tree is of the whole. `dir` is the pair's folder, where an index of
 * our own is kept for speed next time.
 */
export const snapshotTree = async (folder: string, dir: string): Promise<Result<Snapshot, GitError>> => {
  const mirror = await openMirror(folder, dir)
  if (!mirror.ok) return mirror
  try {
    const done = await snapshotWith(mirror.value)
    if (done.ok) await mirror.value.keepIndex()
    return done
  } catch (error) {
    return err({ type: 'failed', message: String(error) })
  } finally {
    await mirror.value.close()
  }
}
