import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createDraftPr, inspectForPr } from './pull-request'

const real = execFileSync('/bin/sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim()
let root: string
let repo: string
let bare: string
let bin: string
let env: Record<string, string>

const run = (...args: string[]): string => execFileSync('git', args, { cwd: repo, env, encoding: 'utf8' })
const script = (path: string, text: string): void => {
  writeFileSync(path, `#!/bin/sh\n${text}\n`)
  chmodSync(path, 0o755)
}
/** A stand-in that keeps its arguments and the body it was given. */
const gh = (answer: string): void =>
  script(
    join(bin, 'gh'),
    `case "$1" in --version) echo 'gh version 2.60.1 (2026-01-01)'; exit;; esac
printf '%s\\n' "$@" > '${root}/args'
for last; do :; done
cp "$last" '${root}/body'; ls -l "$last" | cut -c1-10 > '${root}/mode'
${answer}`,
  )
const commit = (name: string): void => {
  writeFileSync(join(repo, name), name)
  run('add', '-A')
  run('commit', '-qm', name)
}
const draft = () => createDraftPr({ folder: repo, env, title: 'A "title"; $x', body: 'The body\n' })
const pushed = (branch: string): string => {
  const args = ['--git-dir', bare, 'rev-parse', '--verify', '-q', `refs/heads/${branch}`]
  try {
    return execFileSync('git', args, { encoding: 'utf8' }).trim()
  } catch {
    return 'none'
  }
}

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'duologue-pr-test-')))
  ;[repo, bare, bin] = [join(root, 'repo'), join(root, 'bare.git'), join(root, 'bin')]
  mkdirSync(bin)
  mkdirSync(repo)
  symlinkSync(real, join(bin, 'git'))
  env = {
    PATH: `${bin}:/usr/bin:/bin`,
    HOME: root,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'Ada',
    GIT_AUTHOR_EMAIL: 'ada@example.org',
    GIT_COMMITTER_NAME: 'Ada',
    GIT_COMMITTER_EMAIL: 'ada@example.org',
  }
  run('init', '-q', '-b', 'main')
  run('init', '-q', '--bare', '-b', 'main', bare)
  commit('first')
  run('remote', 'add', 'origin', bare)
  run('push', '-q', 'origin', 'main')
  run('remote', 'set-head', 'origin', 'main')
  run('switch', '-qc', 'fix/retry')
  commit('second')
  gh('echo "Creating draft"  >&2; echo https://github.com/o/r/pull/7')
})
afterEach(() => {
  rmSync(root, { recursive: true, force: true })
})

test('a branch with its commits is ready', async () => {
  expect(await inspectForPr(repo, env)).toEqual({
    gh: { found: true, path: join(bin, 'gh'), version: '2.60.1' },
    branch: 'fix/retry',
    defaultBranch: 'main',
    remote: 'origin',
    uncommitted: false,
    ahead: 1,
    problems: [],
  })
  expect(pushed('fix/retry')).toBe('none')
})

test('the branch is pushed with the human’s own hook, and gh gets title and body', async () => {
  script(join(repo, '.git/hooks/pre-push'), `echo "$1" > '${root}/hook'`)
  const made = await createDraftPr({
    folder: repo,
    env: { ...env, GIT_DIR: '/nowhere' },
    title: 'A "title"; $x',
    body: 'The body\n',
  })
  expect(made).toEqual({ ok: true, value: { url: 'https://github.com/o/r/pull/7' } })
  expect(pushed('fix/retry')).toBe(run('rev-parse', 'HEAD').trim())
  expect(run('rev-parse', '--abbrev-ref', '@{upstream}').trim()).toBe('origin/fix/retry')
  expect(readFileSync(join(root, 'hook'), 'utf8')).toBe('origin\n')
  const [file, ...args] = readFileSync(join(root, 'args'), 'utf8').trim().split('\n').reverse()
  expect(args.reverse()).toEqual(['pr', 'create', '--draft', '--title', 'A "title"; $x', '--body-file'])
  expect(readFileSync(join(root, 'body'), 'utf8')).toBe('The body\n')
  expect(readFileSync(join(root, 'mode'), 'utf8')).toBe('-rw-------\n')
  expect(existsSync(file ?? '')).toBe(false)
})

const refused = async (message: RegExp): Promise<void> => {
  const made = await draft()
  expect(made).toEqual({ ok: false, error: { message: expect.stringMatching(message) } })
}

test('uncommitted work is left alone and nothing is pushed', async () => {
  writeFileSync(join(repo, 'new'), 'x')
  await refused(/^Nothing was pushed\. There is uncommitted work\. Commit it first/)
  expect([pushed('fix/retry'), run('status', '--porcelain')]).toEqual(['none', '?? new\n'])
})

test('the default branch, a detached HEAD and a branch with nothing new are refused', async () => {
  run('switch', '-q', 'main')
  await refused(/^Nothing was pushed\. main is the default branch/)
  run('switch', '-q', '--detach')
  await refused(/^Nothing was pushed\. No branch is checked out/)
  run('switch', '-qc', 'empty')
  await refused(/^Nothing was pushed\. empty has no commit that main has not/)
  expect(pushed('empty')).toBe('none')
})

test('without gh nothing is pushed', async () => {
  rmSync(join(bin, 'gh'))
  env.PATH = bin
  await refused(/^Nothing was pushed\. The GitHub command line “gh” was not found/)
  expect(pushed('fix/retry')).toBe('none')
})

test('a remote that has more is told and never overwritten', async () => {
  run('push', '-q', 'origin', 'fix/retry')
  const there = pushed('fix/retry')
  run('commit', '-q', '--amend', '-m', 'another')
  await refused(/^fix\/retry was not pushed\. origin has commits on fix\/retry that are not here/)
  expect(pushed('fix/retry')).toBe(there)
  expect(existsSync(join(root, 'args'))).toBe(false)
})

test('a hook that refuses is quoted', async () => {
  script(join(repo, '.git/hooks/pre-push'), 'echo "tests fail" >&2; exit 1')
  await refused(/^fix\/retry was not pushed\. .*tests fail/s)
  expect(pushed('fix/retry')).toBe('none')
})

test.each([
  ['echo "To get started with GitHub CLI, please run: gh auth login" >&2; exit 4', /gh is not signed in/],
  [
    'echo "a pull request for branch x already exists: https://x/1" >&2; exit 1',
    /request for this branch already/,
  ],
  ['echo "odd" >&2; exit 1', /gh could not make the pull request\. \(odd\)/],
])('gh that fails says what was done: %s', async (answer, words) => {
  gh(answer)
  await refused(
    new RegExp(`^fix/retry was pushed to origin, but no pull request was made\\. .*${words.source}`),
  )
  expect(pushed('fix/retry')).toBe(run('rev-parse', 'HEAD').trim())
})

test('no remote, several remotes, no repository, no commit', async () => {
  run('remote', 'rename', 'origin', 'one')
  expect(await inspectForPr(repo, env)).toMatchObject({ remote: 'one', problems: [] })
  run('remote', 'add', 'two', bare)
  expect((await inspectForPr(repo, env)).problems.join()).toMatch(/There are several remotes/)
  run('config', 'remote.pushDefault', 'two')
  expect(await inspectForPr(repo, env)).toMatchObject({ remote: 'two', ahead: null, problems: [] })
  run('remote', 'remove', 'one')
  run('remote', 'remove', 'two')
  expect((await inspectForPr(repo, env)).problems.join()).toMatch(/There is no remote to push to/)
  rmSync(join(repo, '.git'), { recursive: true })
  expect((await inspectForPr(repo, env)).problems.join()).toMatch(/not in a git repository/)
  run('init', '-q', '-b', 'main')
  expect((await inspectForPr(repo, env)).problems.join()).toMatch(/no commit yet/)
  expect(readdirSync(repo)).toContain('first')
})
