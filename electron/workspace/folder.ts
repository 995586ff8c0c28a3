/** Looks at a folder before a pair starts there; changes nothing. */
import { access, constants, mkdtemp, realpath, rmdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { err, ok, type Result } from '../../shared/result'
import { errorCode } from '../store/trouble'
import { git, topLevel } from './git'

export interface FolderFacts {
  /** Absolute, with symbolic links resolved. */
  readonly folder: string
  readonly git: boolean
  /** The top of the work tree; null outside git. */
  readonly top: string | null
  /** Null outside git and on a detached HEAD. A branch without a commit yet has its name. */
  readonly branch: string | null
  /** What the human should know, in a sentence; empty when there is nothing to say. */
  readonly note: string
}

/** `error` is a sentence for the human: why no pair can work there. */
export const inspectFolder = async (path: string): Promise<Result<FolderFacts, string>> => {
  try {
    const folder = await realpath(path)
    if (!(await stat(folder)).isDirectory()) return err(`${path} is not a folder.`)
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK)
    if (process.getuid?.() === 0) await tryWriting(folder)
    return await inspectGit(folder)
  } catch (error) {
    const code = errorCode(error)
    if (code === 'ENOENT' || code === 'ENOTDIR') return err(`${path} does not exist.`)
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return err(`${path} cannot be written to.`)
    return err(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}.`)
  }
}

/** Root may do everything by its permissions, so only trying tells; the folder is as it was afterwards. */
const tryWriting = async (folder: string): Promise<void> => {
  try {
    await rmdir(await mkdtemp(join(folder, '.duologue-')))
  } catch (error) {
    throw Object.assign(new Error('not writable', { cause: error }), { code: 'EACCES' })
  }
}

const outside = (folder: string, note: string): FolderFacts => ({
  folder,
  git: false,
  top: null,
  branch: null,
  note,
})

const inspectGit = async (folder: string): Promise<Result<FolderFacts, string>> => {
  const bare = await git(folder, ['rev-parse', '--is-bare-repository'])
  if (bare.ok && bare.value.trim() === 'true') {
    return err(`${folder} is a bare repository: it has no files to work on.`)
  }
  const top = await topLevel(folder)
  if (!top.ok) {
    const note =
      top.error.type === 'notARepository'
        ? 'This folder is not in a git repository: changes are not measured.'
        : `git cannot read this folder, so changes are not measured: ${top.error.message}`
    return ok(outside(folder, note))
  }
  const head = await git(folder, ['symbolic-ref', '--quiet', '--short', 'HEAD'])
  const branch = head.ok ? head.value.trim() : null
  const note = branch === null ? 'HEAD is detached: no branch is checked out.' : ''
  return ok({ folder, git: true, top: top.value, branch, note })
}
