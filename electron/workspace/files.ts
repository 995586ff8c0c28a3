/**
 * The files of a workspace, for completion. In git: what is tracked, and what is new and not ignored. Outside git: a
 * bounded walk without hidden folders. Names only; nothing is opened. Kept for a moment, since each key asks again.
 */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fitting } from '../../shared/steer/paths'
import { asText, gitStream } from './git'

/** Beyond this a list is no help in finding a name, and costs memory. */
const MAX_FILES = 50_000
/** What a person can look over, and a list on the screen holds. */
const MAX_FOUND = 12
/** Shorter than it takes to think of the next name, long enough for the keys of this one. */
const KEEP_MS = 3_000
const MAX_DEPTH = 12
/** Outside git nothing says what is of no interest. */
const SKIPPED: ReadonlySet<string> = new Set(['node_modules', 'target', 'dist', 'build', '__pycache__'])

const filesInGit = async (folder: string): Promise<readonly string[] | null> => {
  let rest = ''
  const found: string[] = []
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate']
  const done = await gitStream(folder, args, chunk => {
    const parts = (rest + chunk).split('\0')
    rest = parts.pop() ?? ''
    for (const part of parts) found.push(asText(part))
    return found.length < MAX_FILES
  })
  return done.ok ? found.slice(0, MAX_FILES) : null
}

const filesInFolder = async (top: string): Promise<readonly string[]> => {
  const found: string[] = []
  const folders = [{ path: '', depth: 0 }]
  for (let next = folders.shift(); next && found.length < MAX_FILES; next = folders.shift()) {
    const { path, depth } = next
    // A folder that cannot be read, or has gone, has no files for us.
    const entries = await readdir(join(top, path), { withFileTypes: true }).catch(() => [])
    for (const entry of entries) {
      const name = path === '' ? entry.name : `${path}/${entry.name}`
      const open = !entry.name.startsWith('.') && !SKIPPED.has(entry.name) && depth < MAX_DEPTH
      if (entry.isDirectory() && open) folders.push({ path: name, depth: depth + 1 })
      else if (entry.isFile()) found.push(name)
    }
  }
  return found.slice(0, MAX_FILES)
}

export interface FileFinder {
  /** Paths relative to `folder`, the best first, at most `MAX_FOUND`. */
  find(folder: string, query: string): Promise<readonly string[]>
}

/** @param now Milliseconds of a clock that only goes forward. */
export const createFileFinder = (now: () => number): FileFinder => {
  let kept: {
    readonly folder: string
    readonly at: number
    readonly files: Promise<readonly string[]>
  } | null = null
  const read = async (folder: string): Promise<readonly string[]> =>
    (await filesInGit(folder)) ?? filesInFolder(folder)
  return {
    async find(folder, query) {
      if (kept?.folder !== folder || now() - kept.at > KEEP_MS)
        kept = { folder, at: now(), files: read(folder) }
      return fitting(await kept.files, query, MAX_FOUND)
    },
  }
}
