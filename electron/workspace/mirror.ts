/**
 * A git folder of our own beside the pair's files, which shares the objects of the user's repository and nothing else.
 * Through it git sees the work tree byte for byte: no line-ending conversion, no filter, no hook and no setting of the
 * user's takes part, so what a checkpoint holds is what was there, and what comes back is the same.
 */
import { copyFile, mkdir, mkdtemp, readFile, realpath, rename, rm, stat, utimes } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { err, ok, type Result } from '../../shared/result'
import { errorCode } from '../store/trouble'
import { writeAtomic } from '../store/write-atomic'
import { type GitError, gitBytes, gitLine, topLevel } from './git'

export interface Mirror {
  /** The top of the work tree, absolute. */
  readonly top: string
  /** A folder for this one use; gone after `close`. */
  readonly scratch: string
  readonly env: Readonly<Record<string, string>>
  /** Settings to be passed with every call: those of the repository that say what its file system can hold. */
  readonly config: readonly string[]
  /** Objects may be missing, because the user's repository fetches them when needed. */
  readonly partial: boolean
  /** Keeps the index, so that the next snapshot need not hash what has not changed. */
  readonly keepIndex: () => Promise<void>
  /** The next snapshot hashes everything again. */
  readonly forgetIndex: () => Promise<void>
  readonly close: () => Promise<void>
}

/** Of highest precedence, so it outdoes every `.gitattributes`. */
const ATTRIBUTES = '* -text !eol !crlf !ident !filter !working-tree-encoding\n'

/** Not `core.fileMode` and `core.symlinks`: a checkpoint holds what is there, also where git is told not to look. */
const FILE_SYSTEM_SETTINGS =
  /^core\.(ignorecase|precomposeunicode|protecthfs|protectntfs|longpaths|trustctime|checkstat|sharedrepository)$/

interface Settings {
  readonly config: readonly string[]
  readonly partial: boolean
}

const readSettings = async (folder: string): Promise<Result<Settings, GitError>> => {
  const listed = await gitBytes(folder, ['config', '--null', '--list'])
  if (!listed.ok) return listed
  const pairs = listed.value.out.split('\0').map(entry => entry.split('\n'))
  const config = pairs.flatMap(([key = '', value = 'true']) =>
    FILE_SYSTEM_SETTINGS.test(key) ? ['-c', `${key}=${value}`] : [],
  )
  return ok({
    config,
    partial: pairs.some(([key = '']) => /^(extensions\.partialclone|remote\..*\.promisor)$/.test(key)),
  })
}

/** The git of another snapshot may read it just now, so it is never half there; as a rule it is so already. */
const keepFile = async (path: string, text: string): Promise<void> => {
  const now = await readFile(path, 'utf8').catch(() => null)
  if (now !== text) await writeAtomic(path, text)
}

const makeFolder = async (home: string, format: string): Promise<void> => {
  for (const part of ['info', 'objects', 'refs'])
    await mkdir(join(home, part), { recursive: true, mode: 0o700 })
  const sha256 = format === 'sha256'
  const version = `[core]\n\trepositoryformatversion = ${sha256 ? 1 : 0}\n\tbare = false\n`
  const extensions = sha256 ? '[extensions]\n\tobjectformat = sha256\n' : ''
  await keepFile(join(home, 'config'), version + extensions)
  await keepFile(join(home, 'HEAD'), 'ref: refs/heads/none\n')
  await keepFile(join(home, 'info', 'attributes'), ATTRIBUTES)
}

/** git trusts an entry only when the index is newer than the file: a copy must not look newer than the original. */
const copyIndex = async (from: string, to: string): Promise<void> => {
  try {
    const { mtimeMs } = await stat(from)
    await copyFile(from, to)
    const seconds = Math.floor(mtimeMs / 1000)
    await utimes(to, seconds, seconds)
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error
  }
}

/** `folder` lies anywhere in the work tree; `dir` is the pair's folder, made when missing. */
export const openMirror = async (folder: string, dir: string): Promise<Result<Mirror, GitError>> => {
  // git's relative answer is meant from the folder that it is in, whatever link led there.
  const real = await realpath(folder).catch(() => folder)
  const [top, objects, format, settings] = await Promise.all([
    topLevel(real),
    gitLine(real, ['rev-parse', '--git-path', 'objects']),
    gitLine(real, ['rev-parse', '--show-object-format']),
    readSettings(real),
  ])
  if (!top.ok) return top
  if (!objects.ok) return objects
  if (!format.ok) return format
  if (!settings.ok) return settings
  const home = join(dir, 'git')
  try {
    await makeFolder(home, format.value)
    const scratch = await mkdtemp(join(home, 'use-'))
    const index = join(scratch, 'index')
    await copyIndex(join(home, 'index'), index)
    return ok({
      ...settings.value,
      top: top.value,
      scratch,
      env: {
        GIT_DIR: home,
        GIT_WORK_TREE: top.value,
        GIT_INDEX_FILE: index,
        GIT_OBJECT_DIRECTORY: resolve(real, objects.value),
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_CONFIG_NOSYSTEM: '1',
      },
      keepIndex: () => rename(index, join(home, 'index')),
      forgetIndex: () => rm(index, { force: true }),
      close: () => rm(scratch, { recursive: true, force: true }),
    })
  } catch (error) {
    return err({ type: 'failed', message: `${home} could not be written: ${String(error)}` })
  }
}
