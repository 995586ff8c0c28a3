/**
 * A checkpoint restored between two rounds, in a repository with something of every kind: the files go back, and git's
 * own state is not touched. Both agents are told.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { changes, pass } from './calls'
import { add, CLAUDE_DRIVES, call, edit, play, prompts, say, seatOf } from './cast'
import { expect, test } from './desk'
import { gate } from './script'
import type { World } from './world'

interface Measure {
  readonly checkpoint: number
  readonly target: { readonly tree: string }
}

const HOOK = '#!/bin/sh\necho ran >> "$(git rev-parse --git-dir)/hook-ran"\n'
const HOOKS = ['pre-commit', 'post-checkout', 'post-index-change', 'reference-transaction', 'post-rewrite']

/** Staged, unstaged, untracked, ignored, stashed; another branch, a tag, and hooks that tell when they run. */
const makeLivedIn = ({ project, git, commit }: World): void => {
  const write = (path: string, text: string) => writeFileSync(join(project, path), text)
  commit({ 'a.js': 'a\n', 'b.js': 'b\n', 'c.js': 'c\n', '.gitignore': 'secret.env\n' })
  git('branch', 'spike')
  git('tag', 'v1')
  write('c.js', 'set aside\n')
  git('stash', 'push', '-q', '-m', 'Set aside')
  write('a.js', 'staged\n')
  git('add', 'a.js')
  write('a.js', 'staged, then changed\n')
  write('b.js', 'changed\n')
  write('notes.txt', 'mine\n')
  write('secret.env', 'KEY=1\n')
  git('mv', 'retry.js', 'again.js')
  for (const name of HOOKS) writeFileSync(join(project, '.git/hooks', name), HOOK, { mode: 0o755 })
}

/** All that is not files: as long as it stays the same, git shows no sign of Duologue. */
const gitState = ({ project, git }: World) => ({
  head: readFileSync(join(project, '.git/HEAD'), 'utf8'),
  refs: git('for-each-ref', '--format=%(refname) %(objectname)', 'refs/heads', 'refs/tags', 'refs/stash'),
  index: git('ls-files', '-s'),
  indexFile: readFileSync(join(project, '.git/index')).toString('base64'),
  stash: git('stash', 'list'),
  reflog: git('reflog', '--all'),
  hooksRan: existsSync(join(project, '.git/hook-ran')),
  hooks: HOOKS.map(name => readFileSync(join(project, '.git/hooks', name), 'utf8')),
})
/** Without writing to the index, so that looking changes nothing. */
const status = ({ git }: World) =>
  git('--no-optional-locks', 'status', '--porcelain=v2', '--branch', '--show-stash', '--ignored')

const { driver, navigator } = CLAUDE_DRIVES
test('the files go back, all else of git stays, and both are told', async ({ desk }) => {
  const { world } = desk
  makeLivedIn(world)
  const reviewing = gate()
  const seen: string[] = []
  play(
    world,
    driver,
    add('one.js', 'one()\n'),
    call('report_done', { summary: 'The first part.' }),
    say('The first part.'),
    edit('one.js', 'one()', 'two()'),
    add('two.js', 'two()\n'),
    call('answer_findings', { answers: [{ id: '1.1', answer: 'fixed' }] }),
    say('The second part.'),
    call('answer_findings', { answers: [{ id: '2.1', answer: 'fixed' }] }),
    call('report_done', { summary: 'The first part is enough.' }),
    say('The first part is enough.'),
  )
  play(
    world,
    navigator,
    () => {
      seen.push(status(world))
      return call('submit_review', { ...changes('More is needed.') })
    },
    say('Not yet.'),
    async () => {
      seen.push(status(world))
      await reviewing.opened
      return call('submit_review', { ...changes('That is too much: a second file.') })
    },
    say('Not so.'),
    call('submit_review', { ...pass }),
    say('Right.'),
  )
  const atFirst = gitState(world)
  await desk.start('Split it.', seatOf(driver), seatOf(navigator))
  await expect.poll(() => seen.length).toBe(2)
  await desk.control('Pause').click()
  reviewing.open()
  await desk.event('roundStarted', { round: 3 })
  const [before, changed] = [gitState(world), status(world)]
  const [first] = desk.events('turnMeasured').map(({ measure }) => measure as Measure)
  await desk.command({ type: 'restore', checkpoint: first?.checkpoint })
  const restored = await desk.event('restored')

  expect(restored).toMatchObject({ problem: null, tree: first?.target.tree })
  expect(changed).toBe(seen[1])
  expect(changed).not.toBe(seen[0])
  expect(status(world)).toBe(seen[0])
  expect(gitState(world)).toEqual(before)
  expect({ ...before, indexFile: '' }).toEqual({ ...atFirst, indexFile: '' })
  const stash = world.git('stash', 'show', '-p')
  expect(stash).toContain('+set aside')

  await desk.control('Resume').click()
  await desk.event('ended', { reason: 'agreed' })
  const note = `I put the workspace back to checkpoint ${first?.checkpoint} (tree ${first?.target.tree})`
  expect(prompts(world, driver)[2]).toContain(note)
  expect(prompts(world, navigator)[2]).toContain(note)
  const kept = world.git('ls-tree', '-r', '--name-only', String(restored.keptTree)).split('\n')
  expect(kept).toContain('two.js')
  expect(kept).not.toContain('secret.env')
})
