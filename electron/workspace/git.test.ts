import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { asPairId } from '../../shared/ids'
import type { Result } from '../../shared/result'
import { checkpointRef, keepTree } from './checkpoint'
import { diffstat } from './diff'
import { inspectFolder } from './folder'
import { snapshotTree } from './snapshot'

let root: string
let repo: string
let dir: string
const env = {
  PATH: process.env.PATH ?? '',
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.org',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.org',
}
const run = (...args: string[]): string => execFileSync('git', args, { cwd: repo, env, encoding: 'utf8' })
const write = (path: string, text: string | Buffer): void => writeFileSync(join(repo, path), text)
const value = <T>(result: Result<T, unknown>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
const snapshot = async (folder = repo): Promise<string> => value(await snapshotTree(folder, dir)).tree
const listed = (tree: string): readonly string[] =>
  run('ls-tree', '-r', '--name-only', tree).split('\n').filter(Boolean)

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'duologue-git-')))
  repo = join(root, 'repo')
  dir = join(root, 'pair')
  mkdirSync(repo)
  run('init', '-q', '-b', 'main')
})
afterEach(() => {
  rmSync(root, { recursive: true, force: true })
})

const commit = (): void => {
  mkdirSync(join(repo, 'src'))
  write('.gitignore', 'ignored.txt\n')
  write('src/a.txt', 'one\ntwo\nthree\n')
  write('src/b.txt', 'b\n'.repeat(20))
  write('gone.txt', 'gone\n')
  run('add', '-A')
  run('commit', '-qm', 'first')
}

describe('a snapshot', () => {
  it('holds staged, unstaged and untracked work and leaves the repository as it was', async () => {
    commit()
    run('branch', 'other')
    write('stashed.txt', 'x\n')
    run('stash', '-u')
    const hook = join(repo, '.git/hooks/post-index-change')
    mkdirSync(join(repo, '.git/hooks'), { recursive: true })
    writeFileSync(hook, `#!/bin/sh\ntouch "${root}/hook-ran"\n`)
    chmodSync(hook, 0o755)
    run('config', 'core.fsmonitor', `touch ${root}/monitor-ran;`)
    write('src/a.txt', 'one\n2\nthree\nfour\n')
    write('staged.txt', 'staged\n')
    execFileSync(
      'git',
      ['-c', 'core.hooksPath=/dev/null', '-c', 'core.fsmonitor=false', 'add', 'staged.txt'],
      {
        cwd: repo,
        env,
      },
    )
    write('ünträcked name.txt', 'u\n')
    write('ignored.txt', 'i\n')
    rmSync(join(repo, 'gone.txt'))
    const seen = (): readonly string[] => [
      execFileSync(
        'git',
        [
          '-c',
          'core.hooksPath=/dev/null',
          '-c',
          'core.fsmonitor=false',
          '--no-optional-locks',
          'status',
          '-z',
        ],
        { cwd: repo, env, encoding: 'utf8' },
      ),
      readFileSync(join(repo, '.git/index'), 'hex'),
      run('for-each-ref'),
      run('stash', 'list'),
      readFileSync(join(repo, '.git/HEAD'), 'utf8'),
    ]
    rmSync(join(root, 'hook-ran'), { force: true })
    rmSync(join(root, 'monitor-ran'), { force: true })
    const before = seen()
    const tree = await snapshot(join(repo, 'src'))
    expect(seen()).toEqual(before)
    expect([existsSync(join(root, 'hook-ran')), existsSync(join(root, 'monitor-ran'))]).toEqual([
      false,
      false,
    ])
    expect(
      execFileSync('git', ['ls-tree', '-rz', '--name-only', tree], { cwd: repo, env, encoding: 'utf8' }),
    ).toBe(['.gitignore', 'src/a.txt', 'src/b.txt', 'staged.txt', 'ünträcked name.txt', ''].join('\0'))
    expect(run('show', `${tree}:src/a.txt`)).toBe('one\n2\nthree\nfour\n')
    expect(await snapshot()).toBe(tree)
  })

  it('works before the first commit, in an empty repository, and in a linked worktree', async () => {
    const empty = await snapshot()
    expect(empty).toBe('4b825dc642cb6eb9a060e54bf8d69288fbee4904')
    write('new.txt', 'n\n')
    const tree = await snapshot()
    expect(value(await diffstat(repo, empty, tree))).toEqual({
      fileCount: 1,
      added: 1,
      removed: 0,
      files: [{ path: 'new.txt', added: 1, removed: 0 }],
    })
    commit()
    run('worktree', 'add', '-q', '../linked')
    writeFileSync(join(root, 'linked', 'only-there.txt'), 'x\n')
    expect(listed(await snapshot(join(root, 'linked')))).toContain('only-there.txt')
    expect(listed(await snapshot())).not.toContain('only-there.txt')
  })

  it('is not broken by submodules, nested repositories or conflicts', async () => {
    commit()
    const other = join(root, 'other')
    execFileSync('git', ['clone', '-q', repo, other], { env })
    run('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', other, 'sub')
    run('commit', '-qm', 'sub')
    mkdirSync(join(repo, 'nested'))
    execFileSync('git', ['init', '-q'], { cwd: join(repo, 'nested'), env })
    writeFileSync(join(repo, 'nested', 'inner.txt'), 'x\n')
    run('checkout', '-qb', 'side')
    write('src/a.txt', 'side\n')
    run('commit', '-qam', 'side')
    run('checkout', '-q', 'main')
    write('src/a.txt', 'main\n')
    run('commit', '-qam', 'main')
    expect(() => run('merge', 'side')).toThrow()
    write('after.txt', 'x\n')
    const paths = listed(await snapshot())
    expect(paths).toEqual(expect.arrayContaining(['sub', 'after.txt', 'src/a.txt', '.gitmodules']))
    expect(paths.filter(path => path.startsWith('nested'))).toEqual([])
  })

  it('refuses with words outside a repository and where git is not found', async () => {
    const outside = await snapshotTree(root, dir)
    expect(outside.ok ? '' : outside.error.type).toBe('notARepository')
    const missing = await snapshotTree(join(root, 'nowhere'), dir)
    expect(missing.ok).toBe(false)
  })
})

describe('a diffstat', () => {
  it('follows renames, knows binary files, and bounds its list but not its count', async () => {
    commit()
    const base = await snapshot()
    renameSync(join(repo, 'src/b.txt'), join(repo, 'src/c "quoted".txt'))
    write('src/a.txt', 'one\n2\nthree\nfour\n')
    write('image.bin', Buffer.from([0, 1, 2, 0]))
    rmSync(join(repo, 'gone.txt'))
    expect(value(await diffstat(repo, base, await snapshot()))).toEqual({
      fileCount: 4,
      added: 2,
      removed: 2,
      files: [
        { path: 'gone.txt', added: 0, removed: 1 },
        { path: 'image.bin', added: 0, removed: 0 },
        { path: 'src/a.txt', added: 2, removed: 1 },
        { path: 'src/c "quoted".txt', added: 0, removed: 0 },
      ],
    })
    for (let file = 0; file < 250; file += 1) write(`many-${file}`, 'x\n')
    const many = value(await diffstat(repo, base, await snapshot()))
    expect([many.fileCount, many.added, many.files.length]).toEqual([254, 252, 200])
  })
})

describe('a checkpoint', () => {
  it('outlives garbage collection and shows among neither branches nor tags', async () => {
    commit()
    write('new.txt', 'n\n')
    const tree = await snapshot()
    const ref = checkpointRef(asPairId('20261122-140211-7c1e'), 3)
    expect(await keepTree(repo, tree, ref)).toEqual({ ok: true, value: undefined })
    rmSync(join(repo, 'new.txt'))
    run('gc', '-q', '--prune=now')
    expect(run('show', `${ref}:new.txt`)).toBe('n\n')
    expect([run('branch', '--list').trim(), run('tag')]).toEqual(['* main', ''])
  })
})

describe('looking at a folder', () => {
  it('tells branch, top, and what is wrong', async () => {
    mkdirSync(join(repo, 'sub'))
    const facts = { folder: join(repo, 'sub'), git: true, top: repo, branch: 'main', note: '' }
    expect(await inspectFolder(join(repo, 'sub'))).toEqual({ ok: true, value: facts })
    commit()
    run('checkout', '-q', '--detach')
    const note = 'HEAD is detached: no branch is checked out.'
    expect(value(await inspectFolder(repo))).toEqual({
      folder: repo,
      git: true,
      top: repo,
      branch: null,
      note,
    })
    expect(value(await inspectFolder(root))).toMatchObject({ git: false, branch: null, top: null })
    writeFileSync(join(root, 'file'), '')
    expect(await inspectFolder(join(root, 'file'))).toEqual({
      ok: false,
      error: `${join(root, 'file')} is not a folder.`,
    })
    expect((await inspectFolder(join(root, 'file/x'))).ok).toBe(false)
    const bare = join(root, 'bare.git')
    execFileSync('git', ['init', '-q', '--bare', bare], { env })
    expect(await inspectFolder(bare)).toEqual({
      ok: false,
      error: `${bare} is a bare repository: it has no files to work on.`,
    })
  })
})
