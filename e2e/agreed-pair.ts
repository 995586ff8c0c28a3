/** A pair that has agreed, as it lies on disk: a journal, a repository with a bare remote, and a PATH of its own. */
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Room } from './app'

export const PAIR = '20260101-100000-abcd'

export interface Agreed {
  readonly repo: string
  /** Where the stand-in for gh keeps its arguments and the text it was given. */
  readonly args: string
  readonly body: string
  git(...args: string[]): string
  /** The remote's refs with their commits. */
  refs(): string
  dropGh(): void
}

const program = (name: string): string =>
  execFileSync('/bin/sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim()

const standIn = (root: string): string => `#!/bin/sh
case "$1" in --version) echo 'gh version 2.60.1'; exit;; esac
printf '%s\\n' "$@" > '${root}/gh-args'
for last; do :; done
cp "$last" '${root}/gh-body'
echo https://github.com/o/r/pull/7
`

const OPEN = [
  ...['The timer is never cleared when the upload is aborted.', 'Nobody checks for null.'],
  ...['The option is not documented.', 'Old uploads are not retried.', 'This name is wrong.'],
]

/** What happened, in the journal's words; `tree` is what was agreed on. */
const story = (repo: string, tree: string): readonly object[] => {
  const proof = { command: 'npm test', limitSeconds: 60 }
  const items = [
    { id: 'p1', text: 'Clear the timer on abort', why: 'It keeps the page alive', files: ['upload.js'] },
  ]
  const findings = OPEN.map((text, index) => ({
    ...{
      id: `1.${index + 1}`,
      severity: index === 0 ? 'major' : 'minor',
      file: 'upload.js',
      line: index + 3,
    },
    ...{ text, inScope: index < 2 },
  }))
  const answers = [
    { id: '1.1', answer: 'fixed', reason: '' },
    { id: '1.2', answer: 'rejected', reason: 'The caller does.' },
  ]
  const stat = { fileCount: 1, added: 4, removed: 1, files: [{ path: 'upload.js', added: 4, removed: 1 }] }
  const measure = { diffstat: stat, whole: stat, target: { base: tree, tree }, note: '', checkpoint: 12 }
  const result = { outcome: { type: 'exited', code: 0 }, durationMs: 1_200, tail: 'ok 41', bytes: 5 }
  const turn = 't1'
  return [
    {
      ...{ type: 'pairStarted', pair: PAIR, salt: 'abcd', folder: repo, branch: 'fix/upload', git: true },
      intent: 'Fix the flaky upload.\nKeep the public API.',
      ...{ base: tree, seats: { left: { agent: 'claude' }, right: { agent: 'codex' } }, driver: 'left' },
      ...{ caps: { rounds: 5 }, intentHash: 'h' },
      terms: { planFirst: 'approved', proof, doubleReview: false, holdUnplanned: false },
    },
    { type: 'planProposed', seat: 'left', version: 1, items, reason: '' },
    { type: 'planSettled', version: 1, by: 'human' },
    { type: 'reviewed', seat: 'right', verdict: 'changes', by: 'navigator', summary: 'Nearly.', findings },
    { type: 'findingRuled', id: '1.5', ruling: 'dismissed', reason: 'It is right.' },
    { type: 'roundStarted', round: 2 },
    { type: 'findingsAnswered', seat: 'left', answers },
    {
      ...{ type: 'doneReported', seat: 'left' },
      report: { summary: 'Cleared.', planItems: ['p1'], files: ['upload.js'], notDone: '' },
    },
    { type: 'turnMeasured', turn, measure },
    { type: 'proofStarted', run: 1, by: 'report', proof },
    { type: 'proofEnded', run: 1, result: { ...result, tree, changed: false } },
    {
      ...{ type: 'reviewed', seat: 'right', verdict: 'pass', by: 'navigator', summary: 'Right.' },
      ...{ findings: [], target: { base: tree, tree } },
    },
    { type: 'agreementChecking' },
    { type: 'ended', reason: 'agreed', detail: 'Proof: npm test.' },
  ]
}

const writeJournal = (data: string, events: readonly object[]): void => {
  const dir = join(data, 'pairs', PAIR)
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const lines = events.map((event, seq) => {
    const at = new Date(Date.UTC(2026, 0, 1, 10) + seq * 20_000).toISOString()
    return `${JSON.stringify({ v: 1, seq, at, ...event })}\n`
  })
  writeFileSync(join(dir, 'journal.jsonl'), lines.join(''), { mode: 0o600 })
}

export const storeAgreedPair = ({ root, data }: Room): Agreed => {
  const [repo, bare, bin] = [join(root, 'repo'), join(root, 'remote.git'), join(root, 'bin')]
  for (const folder of [repo, bin]) mkdirSync(folder)
  for (const name of ['git', 'sh', 'cp', 'env']) symlinkSync(program(name), join(bin, name))
  const gh = join(bin, 'gh')
  writeFileSync(gh, standIn(root))
  chmodSync(gh, 0o755)
  // The app asks the login shell for the PATH, as it does at a human's desk.
  writeFileSync(join(root, '.profile'), `PATH='${bin}'\nexport PATH\n`)
  const env = {
    ...{ PATH: bin, HOME: root, GIT_CONFIG_NOSYSTEM: '1' },
    ...{ GIT_AUTHOR_NAME: 'Ada', GIT_AUTHOR_EMAIL: 'ada@example.org' },
    ...{ GIT_COMMITTER_NAME: 'Ada', GIT_COMMITTER_EMAIL: 'ada@example.org' },
  }
  const git = (...args: string[]): string =>
    execFileSync(program('git'), args, { cwd: repo, env, encoding: 'utf8' })
  git('init', '-q', '-b', 'main')
  git('init', '-q', '--bare', '-b', 'main', bare)
  git('commit', '-qm', 'first', '--allow-empty')
  git('remote', 'add', 'origin', bare)
  git('push', '-q', 'origin', 'main')
  git('switch', '-qc', 'fix/upload')
  writeFileSync(join(repo, 'upload.js'), 'export const upload = () => {}\n')
  git('add', '-A')
  git('commit', '-qm', 'Clear the timer')
  writeJournal(data, story(repo, git('rev-parse', 'HEAD^{tree}').trim()))
  return {
    ...{ repo, args: join(root, 'gh-args'), body: join(root, 'gh-body'), git },
    refs: () => git('--git-dir', bare, 'for-each-ref', '--format=%(refname) %(objectname)'),
    dropGh: () => rmSync(gh),
  }
}
