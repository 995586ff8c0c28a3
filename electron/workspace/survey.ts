/**
 * Looks at what of a work tree belongs into a checkpoint: everything that git tracks or would track, as it lies there
 * now. What cannot be taken is named, with the reason. Nothing is read but names and sizes.
 */
import type { Stats } from 'node:fs'
import { constants, lstat, open } from 'node:fs/promises'
import { ok, type Result } from '../../shared/result'
import { errorCode } from '../store/trouble'
import { asText, type GitError, gitBytes } from './git'
import { bytePath, type Entry, nameThem, parentsOf, tell } from './names'
import { keepsElsewhere, keptElsewhere } from './pointers'

/** Beyond this a file costs more to hash and keep at every handoff than its history is worth. */
const HUGE_BYTES = 50_000_000

export interface Survey {
  /** To be hashed as they are now. */
  readonly files: readonly string[]
  /** Taken as the user's index has them: submodules, files that are not checked out or cannot be hashed, pointers. */
  readonly carried: readonly Entry[]
  /** Files that were not read, so what lies there must never be overwritten or deleted. */
  readonly leftOut: readonly string[]
  /** Also repositories that are nested without being submodules. */
  readonly submodules: readonly string[]
  readonly notes: readonly string[]
}

interface Tracked extends Entry {
  /** Sparse checkout: tracked, but deliberately not there. */
  readonly skipped: boolean
}

interface Names {
  readonly tracked: ReadonlyMap<string, Tracked>
  readonly untracked: readonly string[]
  /** Repositories inside this one which are not submodules. */
  readonly nested: readonly string[]
  /** Sentences for folders that git could not look into. */
  readonly notes: readonly string[]
}

/** How `ls-files -t` begins such a line, and no other. */
const UNTRACKED = '? '

const listNames = async (top: string): Promise<Result<Names, GitError>> => {
  const all = ['--cached', '--others', '--exclude-standard']
  const listed = await gitBytes(top, ['ls-files', ...all, '--stage', '-t', '-z'])
  if (!listed.ok) return listed
  const tracked = new Map<string, Tracked>()
  const names: string[] = []
  for (const line of listed.value.out.split('\0')) {
    if (line.startsWith(UNTRACKED)) names.push(line.slice(UNTRACKED.length))
    const match = /^(\S) (\d+) ([0-9a-f]+) \d\t(.+)$/s.exec(line)
    if (!match) continue
    const [, tag, mode = '', id = '', path = ''] = match
    tracked.set(path, { mode, id, path, skipped: tag === 'S' || tag === 's' })
  }
  const closed = [...listed.value.said.matchAll(/could not open directory '(.*)'/g)].map(
    match => match[1] ?? '',
  )
  return ok({
    tracked,
    untracked: names.filter(path => !path.endsWith('/') && !tracked.has(path)),
    nested: names.filter(path => path.endsWith('/')),
    notes: closed.map(
      path => `The folder ${asText(path)} cannot be read, so its files are not part of the checkpoint.`,
    ),
  })
}

export const SUBMODULE = '160000'

type Look = Stats | 'missing' | 'hidden'

const look = async (top: string, path: string): Promise<Look> => {
  try {
    return await lstat(bytePath(top, path))
  } catch (error) {
    const code = errorCode(error)
    return code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : 'hidden'
  }
}

/** As many as the file system takes at once without the main process holding thousands of promises. */
const AT_ONCE = 256

const lookAtAll = async (top: string, paths: readonly string[]): Promise<ReadonlyMap<string, Look>> => {
  const found = new Map<string, Look>()
  for (let at = 0; at < paths.length; at += AT_ONCE) {
    const some = paths.slice(at, at + AT_ONCE)
    const looks = await Promise.all(some.map(path => look(top, path)))
    some.forEach((path, index) => {
      found.set(path, looks[index] ?? 'missing')
    })
  }
  return found
}

type Verdict = 'take' | 'gone' | 'folder' | 'huge' | 'hidden' | 'special'

const judge = (stats: Look): Verdict => {
  if (stats === 'missing') return 'gone'
  if (stats === 'hidden') return 'hidden'
  if (stats.isSymbolicLink()) return 'take'
  if (stats.isDirectory()) return 'folder'
  if (!stats.isFile()) return 'special'
  return stats.size > HUGE_BYTES ? 'huge' : 'take'
}

const readable = async (top: string, path: string): Promise<boolean> => {
  try {
    // Opened, not asked for by `access`, which judges by the real user and not by the one who will read.
    await (await open(bytePath(top, path), constants.O_RDONLY)).close()
    return true
  } catch (error) {
    if (errorCode(error) === '') throw error
    return false
  }
}

const judgeAll = async (
  top: string,
  paths: readonly string[],
  careful: boolean,
): Promise<ReadonlyMap<string, Verdict>> => {
  const folders = await lookAtAll(top, [...new Set(paths.flatMap(parentsOf))])
  const behind = (path: string): boolean =>
    parentsOf(path).some(folder => {
      const stats = folders.get(folder)
      return typeof stats === 'object' && !stats.isDirectory()
    })
  const looks = await lookAtAll(top, paths)
  const verdicts = new Map<string, Verdict>()
  for (const path of paths) {
    const stats = looks.get(path) ?? 'missing'
    // A path through a symbolic link is another place, perhaps outside the work tree.
    const verdict = behind(path) ? 'gone' : judge(stats)
    const isFile = typeof stats === 'object' && stats.isFile()
    const closed = careful && verdict === 'take' && isFile && !(await readable(top, path))
    verdicts.set(path, closed ? 'hidden' : verdict)
  }
  return verdicts
}

/** Files whose content may differ from the index's, told by their times and sizes alone. */
const changedSince = async (
  top: string,
  paths: readonly string[],
): Promise<Result<Set<string>, GitError>> => {
  if (paths.length === 0) return ok(new Set())
  const listed = await gitBytes(top, ['diff-files', '--name-only', '-z', '--ignore-submodules=all'])
  if (!listed.ok) return listed
  const changed = new Set(listed.value.out.split('\0'))
  return ok(new Set(paths.filter(path => changed.has(path))))
}

const dirtySubmodules = async (
  top: string,
  paths: readonly string[],
): Promise<Result<readonly string[], GitError>> => {
  if (paths.length === 0) return ok([])
  const args = ['status', '--porcelain=v2', '-z', '--no-renames', '--ignore-submodules=none', '--']
  const listed = await gitBytes(top, [...args, ...paths.map(path => `:(literal)${asText(path)}`)])
  if (!listed.ok) return listed
  const dirty = /^1 \S\S S(?:.M.|..U) (?:\S+ ){5}(.+)$/s
  return ok(listed.value.out.split('\0').flatMap(line => dirty.exec(line)?.[1] ?? []))
}

type Unkept = Readonly<Record<'huge' | 'hidden' | 'special' | 'nested' | 'dirty', readonly string[]>>

const notesOn = ({ huge, hidden, special, nested, dirty }: Unkept): readonly string[] => [
  ...tell(`Not part of the checkpoint, because over ${HUGE_BYTES / 1_000_000} MB`, huge),
  ...tell('Not part of the checkpoint, because they cannot be read', hidden),
  ...tell('Not part of the checkpoint, because they are no ordinary files', special),
  ...tell('Not part of the checkpoint, because they are repositories of their own', nested),
  ...dirty.map(path => `Changes inside the submodule ${nameThem([path])} are not part of the checkpoint.`),
]

/** `careful` also asks of every file whether it may be read; needed only when hashing has failed. */
export const survey = async (top: string, careful: boolean): Promise<Result<Survey, GitError>> => {
  const [names, pointing] = await Promise.all([listNames(top), keepsElsewhere(top)])
  if (!names.ok) return names
  const { tracked, untracked, nested } = names.value
  const all = [...tracked.values()]
  const verdicts = await judgeAll(top, [...tracked.keys(), ...untracked], careful)
  const links = all.filter(({ mode, path }) => mode === SUBMODULE && verdicts.get(path) === 'folder')
  const having = (verdict: Verdict): readonly string[] =>
    [...verdicts].flatMap(([path, its]) => (its === verdict ? [path] : []))
  const huge = having('huge')
  const isTracked = (path: string): boolean => tracked.has(path)
  const elsewhere = pointing ? await keptElsewhere(top, having('take').filter(isTracked)) : ok([])
  if (!elsewhere.ok) return elsewhere
  const changed = await changedSince(top, [...elsewhere.value, ...huge.filter(isTracked)])
  if (!changed.ok) return changed
  const pointers = new Set(elsewhere.value.filter(path => !changed.value.has(path)))
  const submodules = links.map(link => link.path)
  const dirty = await dirtySubmodules(top, submodules)
  if (!dirty.ok) return dirty
  const leftOut = [...huge, ...having('hidden'), ...having('special')]
  const skipped = having('gone').filter(path => tracked.get(path)?.skipped)
  const carried = [...leftOut, ...skipped, ...pointers].flatMap(path => tracked.get(path) ?? [])
  return ok({
    files: having('take').filter(path => !pointers.has(path)),
    carried: [...carried, ...links],
    leftOut,
    submodules: [...submodules, ...nested.map(path => path.slice(0, -1))],
    notes: [
      ...names.value.notes,
      ...notesOn({
        huge: huge.filter(path => !tracked.has(path) || changed.value.has(path)),
        hidden: having('hidden'),
        special: having('special'),
        nested,
        dirty: dirty.value,
      }),
    ],
  })
}
