/** A real repository in a temp folder for tests, out of reach of the user's git configuration. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Result } from '../../shared/result'

export interface TestRepo {
  readonly root: string
  /** The top of the work tree. */
  readonly top: string
  /** The pair's folder. */
  readonly dir: string
  /** Runs the user's git, without looking in on hooks. */
  readonly run: (...args: string[]) => string
  readonly write: (path: string, content: string | Buffer) => void
  readonly remove: () => void
}

const env = {
  PATH: process.env.PATH ?? '',
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.org',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.org',
}

export const makeRepo = (): TestRepo => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'duologue-work-')))
  const top = join(root, 'a repo')
  mkdirSync(top)
  const run = (...args: string[]): string =>
    execFileSync('git', args, { cwd: top, env, encoding: 'latin1', stdio: ['ignore', 'pipe', 'pipe'] })
  run('init', '-q', '-b', 'main')
  return {
    root,
    top,
    dir: join(root, 'pair'),
    run,
    write: (path, content) => {
      mkdirSync(dirname(join(top, path)), { recursive: true })
      writeFileSync(join(top, path), content)
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}

/** The value of a result that must be one. */
export const value = <T>(result: Result<T, unknown>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
