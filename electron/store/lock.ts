/**
 * One process writes a pair. The lock is the file `lock.<n>` with the highest n; it names its holder's pid and
 * birth. Each taking makes n+1 with an exclusive `link`, whole from its first moment, so two takers of one dead
 * lock cannot both win; a release marks the file and never unlinks the highest one, so n never goes back.
 */
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { link, readdir, readFile, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { err, ok, type Result } from '../../shared/result'
import { errorCode, type StoreError, storeError } from './trouble'

const LOCK = /^lock\.(\d+)$/
/** Each try loses only to another process that moved on; more losses than this is a fault of the file system. */
const TRIES = 50
const WHAT = 'The pair could not be locked'

export interface Lock {
  /** Lets the next process in; safe to call twice. */
  release(): Promise<void>
}

/** Tells a process from a later one with the same pid; empty where the system does not tell, or it is gone. */
const birthOf = async (pid: number): Promise<string> => {
  try {
    if (process.platform === 'win32') return ''
    if (process.platform !== 'linux') {
      const { stdout } = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)], {
        timeout: 2_000,
        env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' },
      })
      return stdout.trim()
    }
    const boot = (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim()
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    // Field 22, counted after the command's closing parenthesis, which may itself hold spaces (proc(5)).
    return `${boot}/${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''}`
  } catch {
    return '' // gone, or not told
  }
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return errorCode(error) === 'EPERM'
  }
}

/** The pid of the process that holds this lock file, or null when it was released or its holder is gone. */
const holderOf = async (path: string): Promise<number | null> => {
  const text = await readFile(path, 'utf8').catch(() => '') // deleted: a newer lock took its place
  const [pidText, birth = ''] = text.split('\n')
  const pid = Number(pidText)
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return null
  const now = await birthOf(pid)
  return birth === '' || now === '' || birth === now ? pid : null
}

const numbers = async (dir: string): Promise<readonly number[]> =>
  (await readdir(dir)).flatMap(name => (LOCK.test(name) ? [Number(name.slice(5))] : [])).sort((a, b) => b - a)

const discard = async (path: string): Promise<void> => {
  await unlink(path).catch(() => {}) // already gone, or swept at the next taking
}

const refusal = (pid: number): StoreError => ({
  type: 'locked',
  message:
    pid === process.pid
      ? 'This pair is already open in this app.'
      : `This pair is open in another Duologue (process ${pid}). Close it there first.`,
})

const heldBy = (path: string): Lock => ({
  release: async () => {
    // `r+`: never makes the file anew. Failure is harmless: the holder's death releases it too.
    await writeFile(path, 'released\n', { flag: 'r+' }).catch(() => {})
  },
})

const attempt = async (dir: string, mine: string): Promise<Result<Lock, StoreError> | 'again'> => {
  const found = await numbers(dir)
  const top = found[0] ?? 0
  const holder = top === 0 ? null : await holderOf(join(dir, `lock.${top}`))
  if (holder !== null) return err(refusal(holder))
  const path = join(dir, `lock.${top + 1}`)
  try {
    await link(mine, path)
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return 'again'
    throw error
  }
  // What we saw may be old: if a newer lock was made meanwhile, ours never counted.
  if ((await numbers(dir))[0] !== top + 1) {
    await discard(path)
    return 'again'
  }
  for (const old of found.slice(1)) await discard(join(dir, `lock.${old}`))
  return ok(heldBy(path))
}

/** `dir` must exist. Refused with `locked` and the holder's pid while another living process holds it. */
export const takeLock = async (dir: string): Promise<Result<Lock, StoreError>> => {
  const mine = join(dir, `lock-${process.pid}-${randomBytes(6).toString('hex')}`)
  try {
    await writeFile(mine, `${process.pid}\n${await birthOf(process.pid)}\n`, { mode: 0o600, flag: 'wx' })
    for (let tries = 0; tries < TRIES; tries += 1) {
      const result = await attempt(dir, mine)
      if (result !== 'again') return result
    }
    return err({ type: 'io', message: `${WHAT}: too many others try. Try again.` })
  } catch (error) {
    return err(storeError(WHAT, error))
  } finally {
    await discard(mine)
  }
}
