/**
 * Pushes the branch that is checked out and opens a draft pull request for it through `gh`, when the human asks. It
 * is the human's own push, so their git configuration and hooks take part; nothing is forced and nothing committed.
 */
import { spawn } from 'node:child_process'
import { constants } from 'node:fs'
import { access, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, isAbsolute, join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { err, ok, type Result } from '../../shared/result'
import { stripControl } from '../../shared/terminal/paste'
import { redact } from '../../shared/transcript/redact'
import { endGroup } from '../process-group'
import { git } from './git'

type Env = Readonly<Record<string, string>>

export interface PrFacts {
  readonly gh: { readonly found: boolean; readonly path?: string; readonly version?: string }
  /** Null outside git and on a detached HEAD. */
  readonly branch: string | null
  /** As the remote's HEAD was when it was last fetched, else a usual name that is there; null when nothing tells. */
  readonly defaultBranch: string | null
  /** The one this branch pushes to, else `origin`, else the only one. */
  readonly remote: string | null
  readonly uncommitted: boolean
  /** Commits that the default branch of the remote has not, as last fetched; null when that is not known. */
  readonly ahead: number | null
  /** Sentences that say what to do; empty when a draft can be made. */
  readonly problems: readonly string[]
}

export interface PrError {
  /** A sentence or two for the human, with what was already done. */
  readonly message: string
}

/** A large push over a slow line, and the human's own pre-push hook, which may run their tests. */
const PUSH_MS = 10 * 60_000
const GH_MS = 2 * 60_000
const VERSION_MS = 10_000
const SAID_CHARS = 600
const MAX_OUTPUT_CHARS = 64_000
/** A child that a hook left behind may hold the output. */
const CLOSE_MS = 500

interface Ran {
  readonly ok: boolean
  readonly stdout: string
  /** Why it did not go well, in the program's words or ours. */
  readonly said: string
}

/** Another repository that the shell was set to; the rest of `GIT_*` is the human's configuration. */
const ELSEWHERE = /^GIT_(DIR|WORK_TREE|INDEX_FILE|COMMON_DIR|NAMESPACE|PREFIX|OBJECT_DIRECTORY)$/

/** No program may wait for an answer: there is nobody to give one. */
const quietEnv = (env: Env): Env => ({
  ...Object.fromEntries(Object.entries(env).filter(([name]) => !ELSEWHERE.test(name))),
  LC_ALL: 'C',
  GIT_TERMINAL_PROMPT: '0',
  GH_PROMPT_DISABLED: '1',
  GH_NO_UPDATE_NOTIFIER: '1',
  NO_COLOR: '1',
})

const said = (text: string): string => redact(stripControl(text)).trim().slice(-SAID_CHARS)

/** Without a terminal, so that ssh cannot ask there; in a group of its own, so that a hook ends with its push. */
const run = (file: string, args: readonly string[], folder: string, env: Env, ms: number): Promise<Ran> =>
  new Promise(done => {
    const child = spawn(file, [...args], {
      cwd: folder,
      env: quietEnv(env),
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
      windowsHide: true,
    })
    let stdout = ''
    let stderr = ''
    let late = false
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout = (stdout + text).slice(-MAX_OUTPUT_CHARS)
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(-MAX_OUTPUT_CHARS)
    })
    const closed = new Promise<void>(resolve => child.once('close', () => resolve()))
    const timer = setTimeout(() => {
      late = true
      if (child.pid !== undefined) void endGroup(child.pid, process.platform)
    }, ms)
    child.once('error', error => {
      clearTimeout(timer)
      done({ ok: false, stdout: '', said: error.message })
    })
    child.once('exit', async code => {
      clearTimeout(timer)
      await Promise.race([closed, after(CLOSE_MS)])
      child.stdout.destroy()
      child.stderr.destroy()
      const why = late ? `it took longer than ${ms / 60_000} min` : said(stderr) || said(stdout)
      done({ ok: code === 0, stdout, said: code === 0 ? '' : why || `exit ${code}` })
    })
  })

/** On the PATH of the human's shell, which is not always ours. */
const findGh = async (env: Env): Promise<string | null> => {
  const names = process.platform === 'win32' ? ['gh.exe'] : ['gh']
  const folders = (env.PATH ?? env.Path ?? '').split(delimiter).filter(isAbsolute)
  for (const path of folders.flatMap(folder => names.map(name => join(folder, name)))) {
    try {
      await access(path, constants.X_OK)
      if ((await stat(path)).isFile()) return path
    } catch {
      // Not in this folder of the PATH; the next may have it.
    }
  }
  return null
}

const inspectGh = async (folder: string, env: Env): Promise<PrFacts['gh']> => {
  const path = await findGh(env)
  if (path === null) return { found: false }
  const version = await run(path, ['--version'], folder, env, VERSION_MS)
  const number = /gh version (\S+)/.exec(version.stdout)?.[1]
  return { found: true, path, ...(number === undefined ? {} : { version: number }) }
}

/** The output's text, or null when git refuses or says nothing. */
const ask = async (folder: string, ...args: string[]): Promise<string | null> => {
  const answer = await git(folder, args)
  return answer.ok && answer.value.trim() !== '' ? answer.value.trim() : null
}

const remotesOf = async (folder: string): Promise<readonly string[]> =>
  (await ask(folder, 'remote'))?.split('\n') ?? []

const remoteOf = async (folder: string, branch: string | null): Promise<string | null> => {
  const remotes = await remotesOf(folder)
  const set =
    (branch && (await ask(folder, 'config', `branch.${branch}.pushRemote`))) ??
    (await ask(folder, 'config', 'remote.pushDefault')) ??
    (branch && (await ask(folder, 'config', `branch.${branch}.remote`)))
  if (set && remotes.includes(set)) return set
  if (remotes.includes('origin')) return 'origin'
  return remotes.length === 1 ? (remotes[0] ?? null) : null
}

const defaultOf = async (folder: string, remote: string | null): Promise<string | null> => {
  if (remote === null) return null
  const head = await ask(folder, 'symbolic-ref', '--quiet', '--short', `refs/remotes/${remote}/HEAD`)
  if (head !== null) return head.slice(remote.length + 1)
  for (const name of ['main', 'master']) {
    if (await ask(folder, 'rev-parse', '--verify', '--quiet', `refs/remotes/${remote}/${name}`)) return name
  }
  return null
}

const problemsOf = (facts: Omit<PrFacts, 'problems'>, remotes: number): string[] => {
  const { gh, branch, defaultBranch, remote, uncommitted, ahead } = facts
  const problems: string[] = []
  if (branch === null) problems.push('No branch is checked out. Make one with “git switch -c <name>”.')
  if (branch !== null && branch === defaultBranch) {
    problems.push(
      `${branch} is the default branch; a pull request needs one of its own. Make it with “git switch -c <name>”.`,
    )
  }
  if (remote === null) {
    problems.push(
      remotes > 1
        ? 'There are several remotes and none is chosen. Choose one with “git config remote.pushDefault <name>”.'
        : 'There is no remote to push to. Add one with “git remote add origin <address>”.',
    )
  }
  if (uncommitted)
    problems.push('There is uncommitted work. Commit it first; Duologue commits nothing for you.')
  if (ahead === 0 && branch !== defaultBranch) {
    problems.push(`${branch} has no commit that ${defaultBranch} has not. Commit the work first.`)
  }
  if (!gh.found) {
    problems.push('The GitHub command line “gh” was not found. Install it, or run the commands yourself.')
  }
  return problems
}

/** Looks only; nothing is fetched. */
export const inspectForPr = async (folder: string, env: Env): Promise<PrFacts> => {
  const gh = await inspectGh(folder, env)
  if ((await ask(folder, 'rev-parse', '--show-toplevel')) === null) {
    const none = { gh, branch: null, defaultBranch: null, remote: null, uncommitted: false, ahead: null }
    return { ...none, problems: ['This folder is not in a git repository, so there is nothing to push.'] }
  }
  const branch = await ask(folder, 'symbolic-ref', '--quiet', '--short', 'HEAD')
  const remote = await remoteOf(folder, branch)
  const defaultBranch = await defaultOf(folder, remote)
  const status = await git(folder, ['status', '--porcelain'])
  const range = `refs/remotes/${remote}/${defaultBranch}..HEAD`
  const count = defaultBranch === null ? null : await ask(folder, 'rev-list', '--count', range)
  const facts = {
    gh,
    branch,
    defaultBranch,
    remote,
    uncommitted: status.ok && status.value !== '',
    ahead: count === null ? null : Number(count),
  }
  const remotes = (await remotesOf(folder)).length
  const empty = (await ask(folder, 'rev-parse', '--verify', '--quiet', 'HEAD')) === null
  const problems = empty ? ['There is no commit yet. Commit the work first.'] : []
  if (!status.ok) problems.push(`git cannot tell whether all is committed: ${status.error.message}`)
  return { ...facts, problems: [...problems, ...problemsOf(facts, remotes)] }
}

/** What refused pushes have in common, in words that say what to do. */
const pushWords = (why: string, branch: string, remote: string): string => {
  if (/non-fast-forward|fetch first/i.test(why)) {
    return `${remote} has commits on ${branch} that are not here. Pull them, look at the work again, then try again. Nothing was forced.`
  }
  if (/could not read Username|Permission denied|Authentication failed|403/i.test(why)) {
    return `${remote} does not know you. Sign in (for GitHub: “gh auth login”, then “gh auth setup-git”), then try again.`
  }
  if (/Could not resolve host|unable to access|Connection/i.test(why)) {
    return `${remote} could not be reached. Try again when you are online.`
  }
  return 'See what git says, mend it, then try again.'
}

const ghWords = (why: string): string => {
  if (/auth login|not logged in|authentication|HTTP 401|GH_TOKEN/i.test(why)) {
    return 'gh is not signed in. Sign in with “gh auth login”, then try again.'
  }
  if (/already exists/i.test(why)) return 'There is a pull request for this branch already.'
  if (/no git remotes|known GitHub host/i.test(why))
    return 'The remote is not on a GitHub host that gh knows.'
  return 'gh could not make the pull request.'
}

const quoted = (why: string): string => (why === '' ? '' : ` (${why})`)

/** The body goes through a file of ours that nobody else can read. */
const createThrough = async (
  gh: string,
  spec: PrSpec,
  args: readonly string[],
): Promise<Result<string, string>> => {
  const own = await mkdtemp(join(tmpdir(), 'duologue-pr-'))
  try {
    const file = join(own, 'body.md')
    await writeFile(file, spec.body, { mode: 0o600 })
    const made = await run(gh, [...args, '--body-file', file], spec.folder, spec.env, GH_MS)
    return made.ok ? ok(made.stdout) : err(made.said)
  } finally {
    await rm(own, { recursive: true, force: true })
  }
}

export interface PrSpec {
  readonly folder: string
  readonly env: Env
  readonly title: string
  readonly body: string
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Call it only on the human's word. On success the address is that of the draft. */
export const createDraftPr = async (spec: PrSpec): Promise<Result<{ readonly url: string }, PrError>> => {
  const { folder, env, title } = spec
  const { gh, branch, remote, problems } = await inspectForPr(folder, env)
  if (problems.length > 0 || gh.path === undefined || branch === null || remote === null) {
    return err({ message: `Nothing was pushed. ${problems.join(' ')}` })
  }
  const push = ['push', '--set-upstream', remote, `refs/heads/${branch}:refs/heads/${branch}`]
  const pushed = await run('git', push, folder, env, PUSH_MS)
  if (!pushed.ok) {
    const what = pushWords(pushed.said, branch, remote)
    return err({ message: `${branch} was not pushed. ${what}${quoted(pushed.said)}` })
  }
  const done = `${branch} was pushed to ${remote}, but no pull request was made.`
  // gh finds head and base by the upstream that was just set, also from a fork.
  const args = ['pr', 'create', '--draft', '--title', title]
  try {
    const made = await createThrough(gh.path, spec, args)
    if (!made.ok) return err({ message: `${done} ${ghWords(made.error)}${quoted(made.error)}` })
    const url = /https?:\/\/\S+/.exec(made.value)?.[0]
    if (url !== undefined) return ok({ url })
    return err({
      message: `${branch} was pushed to ${remote}. gh gave no address; look there for the draft.`,
    })
  } catch (error) {
    return err({ message: `${done} Its text could not be written to a file: ${wordsOf(error)}.` })
  }
}
