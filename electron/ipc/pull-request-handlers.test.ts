/** A stored pair that agreed, in a real repository with a bare remote, and a stand-in for gh. */
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
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { asPairId } from '../../shared/ids'
import { encodeLine } from '../../shared/journal/line'
import type { Stamped } from '../../shared/pair/events'
import { Story } from '../../shared/pair/story'
import type { Agent } from '../agents/agent'
import { createEngine, type Engine } from '../pair/engine'
import { takeLock } from '../store/lock'
import { createPullRequestHandlers } from './pull-request-handlers'

const program = (name: string): string =>
  execFileSync('/bin/sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim()

let root: string
let repo: string
let bare: string
let bin: string
let env: Record<string, string>
let engine: Engine

const git = (...args: string[]): string => execFileSync('git', args, { cwd: repo, env, encoding: 'utf8' })
const refs = (): string => execFileSync('git', ['--git-dir', bare, 'for-each-ref'], { encoding: 'utf8' })

/** Keeps what it was given. */
const standIn = (): void => {
  const path = join(bin, 'gh')
  writeFileSync(
    path,
    `#!/bin/sh
case "$1" in --version) echo 'gh version 2.60.1'; exit;; esac
printf '%s\\n' "$@" > '${root}/args'
for last; do :; done
cp "$last" '${root}/body'
echo https://github.com/o/r/pull/7
`,
  )
  chmodSync(path, 0o755)
}

const write = (story: Story, tree: string): void => {
  const events = story.events.map(event =>
    event.type === 'pairStarted' ? { ...event, folder: repo } : event,
  )
  const text = events.map(event => encodeLine(event as Stamped)).join('')
  const dir = join(root, 'data', 'pairs', 'p')
  mkdirSync(dir, { recursive: true })
  writeFileSync(join(dir, 'journal.jsonl'), text.replaceAll('"c1"', JSON.stringify(tree)))
}

const agreed = (): Story => {
  const story = new Story()
  story.finish('c1')
  story.judge({ verdict: 'pass', summary: '', findings: [] })
  story.settled('c1')
  return story
}

const handlers = () => createPullRequestHandlers(engine, 'linux')
const preview = async (edited?: { title: string; body: string }) => {
  const reply = await handlers()['pair.previewPullRequest']({ pair: 'p', edited })
  if (!reply.ok) throw new Error(reply.message)
  return reply.value
}
const create = () => handlers()['pair.createPullRequest']({ pair: 'p', title: 'T', body: 'B\n' })

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'duologue-pr-handlers-')))
  ;[repo, bare, bin] = [join(root, 'repo'), join(root, 'bare.git'), join(root, 'bin')]
  mkdirSync(bin)
  mkdirSync(repo)
  for (const name of ['git', 'cp', 'sh']) symlinkSync(program(name), join(bin, name))
  env = {
    ...{ PATH: bin, HOME: root, GIT_CONFIG_NOSYSTEM: '1' },
    ...{ GIT_AUTHOR_NAME: 'Ada', GIT_AUTHOR_EMAIL: 'ada@example.org' },
    ...{ GIT_COMMITTER_NAME: 'Ada', GIT_COMMITTER_EMAIL: 'ada@example.org' },
  }
  git('init', '-q', '-b', 'main')
  git('init', '-q', '--bare', '-b', 'main', bare)
  git('commit', '-qm', 'first', '--allow-empty')
  git('remote', 'add', 'origin', bare)
  git('push', '-q', 'origin', 'main')
  git('switch', '-qc', 'fix/upload')
  writeFileSync(join(repo, 'a.ts'), 'x\n')
  git('add', '-A')
  git('commit', '-qm', 'second')
  standIn()
  const never = async (): Promise<never> => {
    throw new Error('no agent is started here')
  }
  const none: Agent = { kind: 'practice', detect: never, start: never }
  engine = createEngine({
    practiceProof: () => 'node --test',
    dataFolder: join(root, 'data'),
    agents: { practice: none, claude: none, codex: none, opencode: none, command: none },
    env: async () => env,
    spawn: () => {
      throw new Error('no terminal is opened here')
    },
    size: () => ({ cols: 80, rows: 24 }),
    quietMs: () => 600_000,
    now: () => new Date('2026-01-02T00:00:00.000Z'),
    log: () => undefined,
  })
  write(agreed(), git('rev-parse', 'HEAD^{tree}').trim())
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

test('a look tells what would be pushed, and pushes nothing', async () => {
  const before = refs()
  expect(await preview()).toMatchObject({
    ...{ title: 'Fix the upload.', ready: true, problems: [], notes: [], commands: [] },
    push: { branch: 'fix/upload', remote: 'origin' },
  })
  expect(refs()).toBe(before)
  expect(existsSync(join(root, 'args'))).toBe(false)
})

test('the click pushes the branch, gives gh the human’s text, and the journal of the closed pair has the draft', async () => {
  const heard: Stamped[] = []
  engine.listen({ events: (_, events) => heard.push(...events) })
  const url = 'https://github.com/o/r/pull/7'
  expect(await create()).toEqual({ ok: true, value: { url, problem: null } })
  expect(refs()).toContain('refs/heads/fix/upload')
  expect(readFileSync(join(root, 'args'), 'utf8')).toContain('--draft\n--title\nT\n')
  expect(readFileSync(join(root, 'body'), 'utf8')).toBe('B\n')
  const read = await engine.read(asPairId('p'))
  const last = read.ok ? read.value.at(-1) : null
  expect(last).toMatchObject({ type: 'pullRequestDrafted', url, at: '2026-01-02T00:00:00.000Z' })
  expect(heard).toEqual([last])
  expect(await create()).toEqual({ ok: false, message: `There is a draft already: ${url}` })
})

test('a journal that another process has open takes nothing, and that is said', async () => {
  const lock = await takeLock(join(root, 'data', 'pairs', 'p'))
  if (!lock.ok) throw new Error(lock.error.message)
  const made = await create()
  await lock.value.release()
  expect(made).toMatchObject({ ok: true, value: { url: 'https://github.com/o/r/pull/7' } })
  expect(made.ok && made.value.problem).toMatch(/open/)
})

test('without gh the text is saved for the commands, as the human edited it', async () => {
  rmSync(join(bin, 'gh'))
  const file = join(root, 'data', 'pairs', 'p', 'pull-request.md')
  const first = await preview()
  expect(first.ready).toBe(false)
  expect(first.problems).toEqual([expect.stringContaining('“gh” was not found')])
  expect(first.commands).toEqual([
    'git push --set-upstream origin fix/upload',
    `gh pr create --draft --title 'Fix the upload.' --body-file ${file}`,
  ])
  expect(readFileSync(file, 'utf8')).toBe(first.body)
  expect(statSync(file).mode & 0o077).toBe(0)
  const edited = await preview({ title: 'Mine', body: 'My words\n' })
  expect(edited).toMatchObject({ title: 'Mine', body: 'My words\n' })
  expect(edited.commands[1]).toContain('--title Mine')
  expect(readFileSync(file, 'utf8')).toBe('My words\n')
  expect(await create()).toMatchObject({ ok: false, message: expect.stringContaining('Nothing was pushed') })
  expect(refs()).not.toContain('fix/upload')
})

test('commands are no way around what else is in the way', async () => {
  rmSync(join(bin, 'gh'))
  writeFileSync(join(repo, 'new.ts'), '')
  const { problems, commands } = await preview()
  expect(problems).toHaveLength(2)
  expect(commands).toEqual([])
  expect(readdirSync(join(root, 'data', 'pairs', 'p'))).not.toContain('pull-request.md')
})

test('a branch that is not what was agreed on is noted', async () => {
  writeFileSync(join(repo, 'a.ts'), 'changed since\n')
  git('commit', '-qam', 'third')
  const { ready, notes } = await preview()
  expect(ready).toBe(true)
  expect(notes).toEqual([expect.stringContaining('not, byte for byte, what the pair agreed on')])
})

test('a pair that has not agreed is told so, whatever is asked', async () => {
  const story = new Story()
  story.finish('c1')
  write(story, 'c1')
  const message = expect.stringContaining('it has not agreed')
  expect(await handlers()['pair.previewPullRequest']({ pair: 'p' })).toEqual({ ok: false, message })
  expect(await create()).toEqual({ ok: false, message })
  expect(refs()).not.toContain('fix/upload')
})
