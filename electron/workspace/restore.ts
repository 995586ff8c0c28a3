/**
 * Makes the work tree equal to a checkpoint. The present state is kept first; then only files that differ are written
 * or deleted, and only those that the kept state holds. The user's index, HEAD, branches, stash, hooks, ignored files,
 * and the insides of submodules are untouched.
 */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { PairId } from '../../shared/ids'
import { err, ok, type Result } from '../../shared/result'
import { errorCode } from '../store/trouble'
import { checkpointRef, keepNewTree } from './checkpoint'
import { type GitError, gitLine } from './git'
import { type Mirror, openMirror } from './mirror'
import { nameThem, tell } from './names'
import { placeFile, removeEmptyFolders, removeFile } from './place'
import { type Change, changesTo, planChanges } from './plan'
import { fillPointers } from './pointers'
import { indexInfo, inMirror, snapshotWith } from './snapshot'

interface Restore {
  /** Anywhere in the work tree; the whole work tree is restored, and this folder is never removed. */
  readonly folder: string
  readonly tree: string
  readonly pair: PairId
  /** The number under which the present state is kept; it must be free. */
  readonly keepAs: number
  /** This restore was begun before, under the same number, and its host died in the middle. */
  readonly again?: boolean
  /** The pair's folder. */
  readonly dir: string
}

interface Restored {
  /** The tree of the state before, kept as `refs/duologue/<pair>/<keepAs>`. */
  readonly kept: string
  /** The ref of what a restore that was cut short had left; null: nothing had been changed. */
  readonly half: string | null
  /** Sentences for the human on what is not as in the checkpoint. */
  readonly notes: readonly string[]
}

interface Failure {
  readonly message: string
}

interface Staged {
  readonly staging: string
  /** The changes that can be carried out. */
  readonly ready: readonly Change[]
  /** Paths whose content Git LFS or git-annex does not have. */
  readonly missing: readonly string[]
}

/** Writes everything that is to come beside the work tree first: a full disk or a lost object shows before any change. */
const stage = async (
  mirror: Mirror,
  name: string,
  tree: string,
  changes: readonly Change[],
): Promise<Result<Staged, GitError>> => {
  const staging = join(mirror.scratch, name)
  await mkdir(staging)
  const entries = changes.flatMap(change => change.to ?? [])
  if (entries.length === 0) return ok({ staging, ready: changes, missing: [] })
  const own = { ...mirror, env: { ...mirror.env, GIT_INDEX_FILE: `${staging}.index` } }
  const filled = await inMirror(own, ['update-index', '--add', '-z', '--index-info'], indexInfo(entries))
  if (!filled.ok) return filled
  const written = await inMirror(own, ['checkout-index', '--all', '--quiet', `--prefix=${staging}/`])
  if (!written.ok) return written
  const missing = await fillPointers(mirror.top, tree, staging, entries)
  if (!missing.ok) return missing
  const lost = new Set(missing.value)
  return ok({ staging, ready: changes.filter(change => !lost.has(change.path)), missing: missing.value })
}

/** Gives the paths that something unknown to git was in the way of. Throws what the file system refuses. */
const carryOut = async (
  mirror: Mirror,
  staging: string,
  changes: readonly Change[],
  keep: string,
): Promise<readonly string[]> => {
  const removed = changes.filter(change => change.to === null).map(change => change.path)
  for (const path of removed) await removeFile(mirror.top, path)
  await removeEmptyFolders(mirror.top, removed, keep)
  const blocked: string[] = []
  for (const { path, to } of changes)
    if (to !== null && !(await placeFile(staging, mirror.top, path, keep))) blocked.push(path)
  return blocked
}

/** After a failure: back to the kept state as far as it goes, and the truth about how far that was. */
const goBack = async (
  mirror: Mirror,
  kept: string,
  touched: ReadonlySet<string>,
  keep: string,
): Promise<string> => {
  const now = await snapshotWith(mirror)
  if (!now.ok) return `It is not known which files were changed: ${now.error.message}`
  const changes = await changesTo(mirror, now.value.tree, kept)
  if (!changes.ok) return `It is not known which files were changed: ${changes.error.message}`
  const mine = changes.value.filter(change => touched.has(change.path))
  if (mine.length === 0) return 'No file was changed.'
  const staged = await stage(mirror, 'back', kept, mine)
  if (!staged.ok)
    return `Not put back: ${nameThem(mine.map(change => change.path))} (${staged.error.message}).`
  const { staging, ready, missing } = staged.value
  const left = [...missing]
  const deletionsFirst = [...ready].sort((a, b) => Number(a.to !== null) - Number(b.to !== null))
  for (const change of deletionsFirst) {
    try {
      left.push(...(await carryOut(mirror, staging, [change], keep)))
    } catch (error) {
      if (errorCode(error) === '') throw error
      left.push(change.path)
    }
  }
  if (left.length === 0) return 'What had been changed was put back: the files are as they were before.'
  return `Not put back, so as in the checkpoint or missing: ${nameThem(left)}. All other files are as they were before.`
}

const say = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** The folder relative to the top, as a byte string; empty for the top itself. */
const prefixOf = (folder: string): Promise<Result<string, GitError>> =>
  gitLine(folder, ['rev-parse', '--show-prefix'])

/**
 * The first attempt has kept the state before under `ref`. What it left is kept beside it, because the human may have
 * written in it since. Null: nothing had been changed, or nothing kept yet.
 */
const halfDone = async (
  mirror: Mirror,
  now: string,
  ref: string,
): Promise<{ readonly before: string; readonly ref: string } | null> => {
  const before = await gitLine(mirror.top, ['rev-parse', '--verify', '--quiet', `${ref}^{tree}`])
  return before.ok && before.value !== now
    ? { before: before.value, ref: `${ref}-cut-${now.slice(0, 12)}` }
    : null
}

const restoreWith = async (mirror: Mirror, wish: Restore): Promise<Result<Restored, Failure>> => {
  const { folder, pair, keepAs } = wish
  const ref = checkpointRef(pair, keepAs)
  const nothing = (why: string): Result<never, Failure> =>
    err({ message: `The checkpoint was not restored, and no file was changed: ${why}` })
  const prefix = await prefixOf(folder)
  if (!prefix.ok) return nothing(prefix.error.message)
  const target = await gitLine(mirror.top, ['rev-parse', '--verify', '--quiet', `${wish.tree}^{tree}`])
  if (!target.ok) return nothing('its files are no longer in the repository.')
  const present = await snapshotWith(mirror)
  if (!present.ok) return nothing(present.error.message)
  const now = present.value.tree
  const half = wish.again ? await halfDone(mirror, now, ref) : null
  const held = await keepNewTree(folder, now, half?.ref ?? ref)
  if (!held.ok) return nothing(`the present state could not be kept: ${held.error.message}`)
  const all = await changesTo(mirror, now, target.value)
  if (!all.ok) return nothing(all.error.message)
  const plan = await planChanges(mirror, present.value, target.value, all.value)
  if (!plan.ok) return nothing(plan.error.message)
  const { changes, notes } = plan.value
  const staged = await stage(mirror, 'to', target.value, changes)
  if (!staged.ok) return nothing(staged.error.message)
  const keep = Buffer.from(prefix.value, 'utf8').toString('latin1').replace(/\/$/, '')
  try {
    const blocked = await carryOut(mirror, staged.value.staging, staged.value.ready, keep)
    const more = [
      ...tell('Not put back, because something that git ignores is in the way', blocked),
      ...tell(
        'Not put back, because their content is kept elsewhere and is not to be had',
        staged.value.missing,
      ),
    ]
    const kept = half?.before ?? now
    return ok({ kept, half: half?.ref ?? null, notes: [...present.value.notes, ...notes, ...more] })
  } catch (error) {
    const after = await goBack(mirror, now, new Set(changes.map(change => change.path)), keep)
    return err({
      message: `The checkpoint could not be restored: ${say(error)}. ${after} The state before is kept as ${half?.ref ?? ref}.`,
    })
  }
}

/** On failure the files are as they were before as far as the file system allows, and the message says how far. */
export const restoreTree = async (wish: Restore): Promise<Result<Restored, Failure>> => {
  const mirror = await openMirror(wish.folder, wish.dir)
  if (!mirror.ok) return err({ message: `The checkpoint was not restored: ${mirror.error.message}` })
  try {
    return await restoreWith(mirror.value, wish)
  } catch (error) {
    return err({ message: `The checkpoint was not restored: ${say(error)}` })
  } finally {
    await mirror.value.close()
  }
}
