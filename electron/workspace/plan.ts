/**
 * What a restore has to do, and what it must leave alone: a path is only written or deleted when the kept state holds
 * what lies there.
 */
import { ok, type Result } from '../../shared/result'
import { parseRaw } from '../../shared/review/diff'
import type { GitError } from './git'
import { ignoredIn } from './ignored'
import type { Mirror } from './mirror'
import { type Entry, parentsOf, tell } from './names'
import { blockedBy, lookAt } from './place'
import { inMirror, type Snapshot } from './snapshot'
import { SUBMODULE } from './survey'

export interface Change {
  readonly path: string
  /** Null: is to be deleted. */
  readonly to: Entry | null
  readonly isNew: boolean
}

interface Plan {
  readonly changes: readonly Change[]
  readonly notes: readonly string[]
}

const within = (path: string, folders: ReadonlySet<string>): boolean =>
  folders.has(path) || parentsOf(path).some(parent => folders.has(parent))

/** What differs between two trees, as changes that lead to the second. */
export const changesTo = async (
  mirror: Mirror,
  from: string,
  to: string,
): Promise<Result<readonly Change[], GitError>> => {
  const form = ['-r', '--raw', '-z', '--no-abbrev', '--no-renames', '--ignore-submodules=none']
  const listed = await inMirror(mirror, ['diff-tree', ...form, from, to])
  if (!listed.ok) return listed
  return ok(
    parseRaw(listed.value.out).map(raw => ({
      path: raw.path,
      to: raw.letter === 'D' ? null : { mode: raw.newMode, id: raw.newId, path: raw.path },
      isNew: raw.letter === 'A',
    })),
  )
}

/** Is what lies there byte for byte what is to come? */
const isSame = async (mirror: Mirror, { to, path }: Change): Promise<boolean> => {
  const stats = await lookAt(mirror.top, path)
  if (to === null || !stats?.isFile() || to.mode === '120000') return false
  if (((stats.mode & 0o100) !== 0) !== (to.mode === '100755')) return false
  const hashed = await inMirror(mirror, ['hash-object', '--no-filters', '--stdin-paths'], `${path}\n`)
  return hashed.ok && hashed.value.out.trim() === to.id
}

/** A path that the present state does not hold, with something there all the same: an ignored file, say. */
const isTaken = async (mirror: Mirror, change: Change, removed: ReadonlySet<string>): Promise<boolean> => {
  const blocker = await blockedBy(mirror.top, change.path)
  if (blocker !== null) return !removed.has(blocker)
  if (!change.isNew) return false
  const stats = await lookAt(mirror.top, change.path)
  return stats !== null && !stats.isDirectory()
}

/** Leaves out of the changes what must not be touched, and tells it. */
export const planChanges = async (
  mirror: Mirror,
  present: Snapshot,
  target: string,
  all: readonly Change[],
): Promise<Result<Plan, GitError>> => {
  const links = all.filter(change => change.to?.mode === SUBMODULE).map(change => change.path)
  const repositories = new Set([...present.submodules, ...links])
  const unread = new Set(present.leftOut)
  const around = new Set(present.leftOut.flatMap(parentsOf))
  const inside = new Set(all.map(change => change.path).filter(path => within(path, repositories)))
  const closed = new Set(
    all.map(change => change.path).filter(path => within(path, unread) || around.has(path)),
  )
  const deleted = all.flatMap(({ to, path }) => (to === null ? [path] : []))
  const ignored = await ignoredIn(mirror, target, deleted)
  if (!ignored.ok) return ignored
  const spared = new Set(deleted.filter(path => ignored.value.has(path)))
  const left = [inside, closed, spared]
  const possible = all.filter(({ path }) => !left.some(paths => paths.has(path)))
  const removed = new Set(possible.filter(change => change.to === null).map(change => change.path))
  const taken: string[] = []
  const changes: Change[] = []
  for (const change of possible) {
    if (change.to === null || !(await isTaken(mirror, change, removed))) changes.push(change)
    else if (!(await isSame(mirror, change))) taken.push(change.path)
  }
  const notes = [
    ...tell('Repositories inside this one were left as they are', [...inside]),
    ...tell('Left as they are, because the state before could not be kept', [...closed]),
    ...tell('Not deleted, because the checkpoint ignores them', [...spared]),
    ...tell('Not put back, because a file that git ignores is in the way', taken),
  ]
  return ok({ changes, notes })
}
