/**
 * The scratch repository of a practice pair: a small real project with real tests, made fresh each time. The user's
 * git configuration, hooks and signing take no part in it.
 */
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { PracticeTask } from '../../shared/pair/practice'
import { PRACTICE_FILES } from '../../shared/pair/practice-files'
import { err, ok, type Result } from '../../shared/result'

const run = promisify(execFile)

export interface ScratchError {
  readonly cause: 'noGit' | 'failed'
  readonly message: string
}

/**
 * Makes a new scratch repository under `parent` (made when missing) and commits it on branch `main`.
 * `env` must carry the PATH on which git is found. Gives the repository's absolute path.
 */
export async function makeScratch(
  parent: string,
  env: Readonly<Record<string, string>>,
  task: PracticeTask = 'slugify',
): Promise<Result<string, ScratchError>> {
  try {
    await mkdir(parent, { recursive: true, mode: 0o700 })
    const folder = await mkdtemp(join(parent, 'practice-'))
    for (const [name, content] of Object.entries(PRACTICE_FILES[task])) {
      await mkdir(dirname(join(folder, name)), { recursive: true })
      await writeFile(join(folder, name), content)
    }
    const git = (...args: string[]) => run('git', args, { cwd: folder, env: gitEnv(env), timeout: 20_000 })
    await git('init', '--quiet', '--template=')
    // Not `init --initial-branch`: git before 2.28 does not know it.
    await git('symbolic-ref', 'HEAD', 'refs/heads/main')
    await git('add', '--all')
    await git(
      ...['-c', 'commit.gpgSign=false', '-c', 'core.hooksPath=/dev/null'],
      ...['commit', '--quiet', '--no-verify', '--message', 'A small library to practise on'],
    )
    return ok(folder)
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    return err(
      missing
        ? { cause: 'noGit', message: 'git was not found; the practice pair needs it for its repository.' }
        : { cause: 'failed', message: `The practice repository could not be made: ${String(error)}` },
    )
  }
}

const NOBODY = { NAME: 'Duologue practice', EMAIL: 'practice@duologue.invalid' }

/** Only what git needs to run: no user or system configuration, an identity of its own, never a prompt. */
const gitEnv = (env: Readonly<Record<string, string>>): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('GIT_'))),
  GIT_CONFIG_GLOBAL: process.platform === 'win32' ? 'NUL' : '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_TERMINAL_PROMPT: '0',
  GIT_AUTHOR_NAME: NOBODY.NAME,
  GIT_AUTHOR_EMAIL: NOBODY.EMAIL,
  GIT_COMMITTER_NAME: NOBODY.NAME,
  GIT_COMMITTER_EMAIL: NOBODY.EMAIL,
})
