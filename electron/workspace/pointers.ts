/**
 * Files whose content Git LFS or git-annex keeps outside the repository. Copying it all into checkpoints would double
 * it, so an unchanged one is taken as its pointer, and only when it comes back is its filter asked for the content.
 */
import { closeSync, openSync, writeSync } from 'node:fs'
import { lstat, readFile, rename, writeFile } from 'node:fs/promises'
import { ok, type Result } from '../../shared/result'
import { type GitError, gitBytes, gitStream } from './git'
import { bytePath, type Entry } from './names'

/** Where the filter is not set up, the work tree holds the pointers themselves. */
export const keepsElsewhere = async (top: string): Promise<boolean> =>
  (await gitBytes(top, ['config', '--get-regexp', '^filter\\.(lfs|annex)\\.'])).ok

/** Path to filter, for the paths whose attributes name one of the two. */
const filtersOf = async (
  top: string,
  paths: readonly string[],
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Result<ReadonlyMap<string, string>, GitError>> => {
  const input = paths.map(path => `${path}\0`).join('')
  const listed = await gitBytes(top, ['check-attr', ...args, '--stdin', '-z', 'filter'], { input, env })
  if (!listed.ok) return listed
  const found = new Map<string, string>()
  const parts = listed.value.out.split('\0')
  for (let at = 0; at + 2 < parts.length; at += 3) {
    const filter = parts[at + 2] ?? ''
    if (filter === 'lfs' || filter === 'annex') found.set(parts[at] ?? '', filter)
  }
  return ok(found)
}

/** The tracked files among `paths` that git has a pointer of; where it `keepsElsewhere`, else none is looked for. */
export const keptElsewhere = async (
  top: string,
  paths: readonly string[],
): Promise<Result<readonly string[], GitError>> => {
  const found = await filtersOf(top, paths, [], {})
  return found.ok ? ok([...found.value.keys()]) : found
}

/** A pointer of either is shorter than this, by their specifications. */
const MAX_POINTER_BYTES = 32_768
const POINTER = /^(version https:\/\/git-lfs\.github\.com\/spec\/|\/annex\/objects\/)/

const isPointer = async (staging: string, path: string): Promise<boolean> => {
  const place = bytePath(staging, path)
  const stats = await lstat(place)
  return stats.isFile() && stats.size < MAX_POINTER_BYTES && POINTER.test(await readFile(place, 'latin1'))
}

/** Writes what the filter makes of the pointer in its stead. False: it has no content for it. */
const fill = async (top: string, staging: string, entry: Entry, filter: string): Promise<boolean> => {
  const place = bytePath(staging, entry.path)
  const attributes = `${staging}.attributes`
  await writeFile(attributes, `* filter=${filter}\n`)
  const filled = `${staging}.filled`
  const file = openSync(filled, 'w', (await lstat(place)).mode & 0o777)
  try {
    // No path is given that the present attributes could say something else of.
    const settings = [`core.attributesFile=${attributes}`, 'core.autocrlf=false', 'core.eol=lf']
    const args = ['cat-file', '--filters', '--path=.duologue/content', entry.id]
    const done = await gitStream(
      top,
      [...settings.flatMap(it => ['-c', it]), ...args],
      chunk => writeSync(file, Buffer.from(chunk, 'latin1')) >= 0,
    )
    if (!done.ok) return false
  } finally {
    closeSync(file)
  }
  const stillPointer = POINTER.test((await readFile(filled)).subarray(0, 200).toString('latin1'))
  if (!stillPointer) await rename(filled, place)
  return !stillPointer
}

/**
 * Puts the content in place of the pointers among the staged files of `tree`, whose own attributes count. Gives the
 * paths whose content is not to be had.
 */
export const fillPointers = async (
  top: string,
  tree: string,
  staging: string,
  entries: readonly Entry[],
): Promise<Result<readonly string[], GitError>> => {
  const pointers: Entry[] = []
  for (const entry of entries) if (await isPointer(staging, entry.path)) pointers.push(entry)
  if (pointers.length === 0 || !(await keepsElsewhere(top))) return ok([])
  const env = { GIT_INDEX_FILE: `${staging}.attributes-index` }
  const read = await gitBytes(top, ['read-tree', tree], { env })
  if (!read.ok) return read
  const found = await filtersOf(
    top,
    pointers.map(entry => entry.path),
    ['--cached'],
    env,
  )
  if (!found.ok) return found
  const missing: string[] = []
  for (const entry of pointers) {
    const filter = found.value.get(entry.path)
    if (filter !== undefined && !(await fill(top, staging, entry, filter))) missing.push(entry.path)
  }
  return ok(missing)
}
