/**
 * Reads a workspace through git and leaves no trace in it: trees are written with an index of our own, so the user's
 * index, HEAD, branches, stash and hooks are untouched. Everything goes through `execFile`, with a clean environment
 * and a time limit.
 */
import { execFile } from 'node:child_process'
import { copyFile, mkdir, rm, stat, utimes } from 'node:fs/promises'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import type { PairId } from '../../shared/ids'
import type { Diffstat } from '../../shared/pair/model'
import { err, ok, type Result } from '../../shared/result'
import { errorCode } from '../store/trouble'

export interface GitError {
  /** `notARepository` also for a folder inside `.git`, and for a repository that git deems not ours to read. */
  readonly type: 'noGit' | 'notARepository' | 'timeout' | 'failed'
  readonly message: string
}

/** A huge or cold repository needs time; beyond this the human is better told that it was not measured. */
const TIME_LIMIT_MS = 60_000
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024
/** Files listed in a diffstat; `fileCount` is whole. */
const MAX_FILES = 200

/** No user command runs because we look: no monitor, no hook, no signing, no maintenance, no prompt. */
const SAFE_CONFIG = [
  ['core.fsmonitor', 'false'],
  ['core.hooksPath', '/dev/null'],
  ['core.untrackedCache', 'false'],
  ['core.quotePath', 'false'],
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
  ['submodule.recurse', 'false'],
  ['core.splitIndex', 'false'],
] as const

const cleanEnv = (extra: Readonly<Record<string, string>>): NodeJS.ProcessEnv => {
  const kept = Object.entries(process.env).filter(([name]) => !/^(GIT_|LC_|LANG)/.test(name))
  return {
    ...Object.fromEntries(kept),
    LC_ALL: 'C',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_LAZY_FETCH: '1',
    ...extra,
  }
}

const gitError = (error: Error & { killed?: boolean }, stderr: string): GitError => {
  if (errorCode(error) === 'ENOENT') return { type: 'noGit', message: 'git was not found on this machine.' }
  if (error.killed) return { type: 'timeout', message: `git took longer than ${TIME_LIMIT_MS / 1000} s.` }
  const said = stderr.trim().split('\n').slice(-3).join(' ').slice(0, 500) || error.message
  const isNone = /not a git repository|must be run in a work tree/i.test(stderr)
  return { type: isNone ? 'notARepository' : 'failed', message: said }
}

/** Runs git in `folder`; resolves with its output, whole. */
export const git = (
  folder: string,
  args: readonly string[],
  extra: Readonly<Record<string, string>> = {},
): Promise<Result<string, GitError>> =>
  new Promise(done => {
    const config = SAFE_CONFIG.flatMap(([key, value]) => ['-c', `${key}=${value}`])
    const options = {
      cwd: folder,
      env: cleanEnv(extra),
      timeout: TIME_LIMIT_MS,
      maxBuffer: MAX_OUTPUT_BYTES,
      windowsHide: true,
    }
    execFile('git', [...config, ...args], options, (error, stdout, stderr) =>
      done(error ? err(gitError(error, stderr)) : ok(stdout)),
    )
  })

const line = (result: Result<string, GitError>): Result<string, GitError> =>
  result.ok ? ok(result.value.replace(/\n$/, '')) : result

/** The top of the work tree that `folder` is in. A bare repository has none: `notARepository`. */
export const topLevel = async (folder: string): Promise<Result<string, GitError>> =>
  line(await git(folder, ['rev-parse', '--show-toplevel']))

/**
 * Writes the whole work tree as it is now (staged, unstaged and untracked; ignored files left out) as a tree object
 * and returns its full hash. `indexFile` is ours: it is overwritten, kept for speed next time, and its folder made.
 * `folder` may lie anywhere in the work tree.
 */
export const snapshotTree = async (folder: string, indexFile: string): Promise<Result<string, GitError>> => {
  const top = await topLevel(folder)
  if (!top.ok) return top
  const seeded = await seedIndex(top.value, indexFile)
  if (!seeded.ok) return seeded
  const env = { GIT_INDEX_FILE: indexFile }
  const added = await addAll(top.value, env)
  if (!added.ok) return added
  return line(await git(top.value, ['write-tree'], env))
}

/**
 * A nested repository without a commit makes `git add` give up, and an unreadable file makes it fail after it has
 * added the rest. The first are excluded, the second are left out of the snapshot.
 */
const addAll = async (
  top: string,
  env: Readonly<Record<string, string>>,
): Promise<Result<string, GitError>> => {
  const all = await git(top, ['add', '--all'], env)
  if (all.ok || all.error.type !== 'failed') return all
  const others = await git(top, ['ls-files', '--others', '--exclude-standard', '-z'], env)
  if (!others.ok) return others
  const nested = others.value.split('\0').filter(path => path.endsWith('/'))
  const paths = ['.', ...nested.map(path => `:(exclude,top,literal)${path.slice(0, -1)}`)]
  const rest = await git(top, ['add', '--all', '--ignore-errors', '--', ...paths], env)
  return rest.ok || rest.error.type === 'failed' ? ok('') : rest
}

/** The user's index, copied, spares hashing every file again; where there is none, ours starts empty. */
const seedIndex = async (top: string, indexFile: string): Promise<Result<undefined, GitError>> => {
  const own = line(await git(top, ['rev-parse', '--git-path', 'index']))
  if (!own.ok) return own
  const source = isAbsolute(own.value) ? own.value : resolve(top, own.value)
  try {
    await mkdir(dirname(indexFile), { recursive: true, mode: 0o700 })
    await rm(`${indexFile}.lock`, { force: true })
    await rm(indexFile, { force: true })
    await copyFile(source, indexFile)
    // git trusts an entry only when the index is newer than the file. The copy must not look newer than the original.
    const { mtimeMs } = await stat(source)
    const seconds = Math.floor(mtimeMs / 1000)
    await utimes(indexFile, seconds, seconds)
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') return err({ type: 'failed', message: String(error) })
  }
  return ok(undefined)
}

interface NumstatFile {
  readonly path: string
  readonly added: number
  readonly removed: number
}

/** `git diff --numstat -z`: `added TAB removed TAB path NUL`, or for a rename `… TAB NUL old NUL new NUL`; `-` is binary. */
export const parseNumstat = (output: string): readonly NumstatFile[] => {
  const parts = output.split('\0')
  const files: NumstatFile[] = []
  for (let at = 0; at < parts.length; at += 1) {
    const match = /^(\d+|-)\t(\d+|-)\t(.*)$/s.exec(parts[at] ?? '')
    if (!match) continue
    const [, added, removed, path] = match
    const renamed = path === ''
    const name = renamed ? (parts[at + 2] ?? '') : path
    if (renamed) at += 2
    files.push({ path: name ?? '', added: Number(added) || 0, removed: Number(removed) || 0 })
  }
  return files
}

/** Lines changed from tree `base` to tree `tree`; renames are followed, binary files count no lines. */
export const diffstat = async (
  folder: string,
  base: string,
  tree: string,
): Promise<Result<Diffstat, GitError>> => {
  const args = ['diff-tree', '-r', '--numstat', '-z', '--find-renames', '--no-ext-diff', '--no-textconv']
  const output = await git(folder, [...args, base, tree])
  if (!output.ok) return output
  const files = parseNumstat(output.value)
  const sum = (key: 'added' | 'removed'): number => files.reduce((total, file) => total + file[key], 0)
  return ok({
    fileCount: files.length,
    added: sum('added'),
    removed: sum('removed'),
    files: files.slice(0, MAX_FILES),
  })
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

/** Where a pair's own index stands, inside the pair's folder. */
export const indexFileIn = (pairFolder: string): string => join(pairFolder, 'index')
