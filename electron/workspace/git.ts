/**
 * Runs git, and nothing of the user's because of it: no hook, monitor, signing, maintenance or prompt. Everything goes
 * through `execFile`, with a clean environment and a time limit.
 */
import { execFile, spawn } from 'node:child_process'
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
const safeConfig = SAFE_CONFIG.flatMap(([key, value]) => ['-c', `${key}=${value}`])

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

const gitError = (error: Error & { killed?: boolean }, said: string, limit: number): GitError => {
  if (errorCode(error) === 'ENOENT') return { type: 'noGit', message: 'git was not found on this machine.' }
  if (errorCode(error) === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER')
    return { type: 'failed', message: 'git printed more than can be read.' }
  if (error.killed) return { type: 'timeout', message: `git took longer than ${limit / 1000} s.` }
  const words = said.trim().split('\n').slice(-3).join(' ').slice(0, 500) || error.message
  const isNone = /not a git repository|must be run in a work tree/i.test(said)
  return { type: isNone ? 'notARepository' : 'failed', message: words }
}

export interface GitOptions {
  readonly env?: Readonly<Record<string, string>>
  /** Given to git on its standard input, as a byte string. */
  readonly input?: string
  readonly timeLimitMs?: number
  /** Exit statuses besides 0 that are no failure. */
  readonly fine?: readonly number[]
}

/** File names and contents need not be UTF-8, so they travel as byte strings: one character per byte. */
export interface GitOutput {
  readonly out: string
  /** What git said on its standard error. */
  readonly said: string
}

/** A byte string as text for people; bytes that are not UTF-8 become U+FFFD. */
export const asText = (bytes: string): string => Buffer.from(bytes, 'latin1').toString('utf8')

/** Runs git in `folder`; resolves with its output, whole, as byte strings. */
export const gitBytes = (
  folder: string,
  args: readonly string[],
  { env = {}, input = '', timeLimitMs = TIME_LIMIT_MS, fine = [] }: GitOptions = {},
): Promise<Result<GitOutput, GitError>> =>
  new Promise(done => {
    const options = {
      cwd: folder,
      env: cleanEnv(env),
      timeout: timeLimitMs,
      maxBuffer: MAX_OUTPUT_BYTES,
      windowsHide: true,
      encoding: 'latin1',
    } as const
    const child = execFile('git', [...safeConfig, ...args], options, (error, out, said) =>
      done(
        error && !fine.some(status => status === error.code)
          ? err(gitError(error, asText(said), timeLimitMs))
          : ok({ out, said }),
      ),
    )
    // git that gives up early closes its input; its exit status and words tell why.
    child.stdin?.on('error', () => undefined)
    child.stdin?.end(Buffer.from(input, 'latin1'))
  })

/** Runs git and hands on what it prints as it comes (byte strings); when `onOutput` gives false, git is ended. */
export const gitStream = (
  folder: string,
  args: readonly string[],
  onOutput: (chunk: string) => boolean,
): Promise<Result<undefined, GitError>> =>
  new Promise(done => {
    const options = { cwd: folder, env: cleanEnv({}), timeout: TIME_LIMIT_MS, windowsHide: true }
    const child = spawn('git', [...safeConfig, ...args], { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    let enough = false
    child.stdout.setEncoding('latin1').on('data', (chunk: string) => {
      if (enough || onOutput(chunk)) return
      enough = true
      child.kill()
    })
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      said = (said + chunk).slice(-2_000)
    })
    child.on('error', error => done(err(gitError(error, said, TIME_LIMIT_MS))))
    child.on('close', (status, signal) => {
      if (enough || status === 0) return done(ok(undefined))
      const error = Object.assign(new Error(`git ended with ${status ?? signal}`), { killed: child.killed })
      done(err(gitError(error, said, TIME_LIMIT_MS)))
    })
  })

/** Runs git in `folder`; resolves with its output as text. */
export const git = async (
  folder: string,
  args: readonly string[],
  options: GitOptions = {},
): Promise<Result<string, GitError>> => {
  const done = await gitBytes(folder, args, options)
  return done.ok ? ok(asText(done.value.out)) : done
}

/** For output that is one line. */
export const gitLine = async (
  folder: string,
  args: readonly string[],
  options: GitOptions = {},
): Promise<Result<string, GitError>> => {
  const done = await git(folder, args, options)
  return done.ok ? ok(done.value.replace(/\n$/, '')) : done
}

/** The top of the work tree that `folder` is in. A bare repository has none: `notARepository`. */
export const topLevel = (folder: string): Promise<Result<string, GitError>> =>
  gitLine(folder, ['rev-parse', '--show-toplevel'])
