import { execFileSync } from 'node:child_process'
import { renameSync, rmSync, symlinkSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { diffTrees } from './diff'
import { snapshotTree } from './snapshot'
import { makeRepo, type TestRepo, value } from './test-repo'

let repo: TestRepo
beforeEach(() => {
  repo = makeRepo()
})
afterEach(() => repo.remove())
const snapshot = async (): Promise<string> => value(await snapshotTree(repo.top, repo.dir)).tree
const lines = (count: number, word = 'line'): string =>
  Array.from({ length: count }, (_, index) => `${word} ${index}\n`).join('')

it('shows every kind of change, with the patch as git prints it', async () => {
  repo.write('src/a.txt', 'one\ntwo\n')
  repo.write('src/old.txt', lines(20))
  repo.write('gone.txt', 'gone\n')
  repo.write('was-file', 'x\n')
  repo.write('image.bin', Buffer.from([0, 1, 2]))
  const from = await snapshot()
  repo.write('src/a.txt', 'one\nzwö\n')
  renameSync(join(repo.top, 'src/old.txt'), join(repo.top, 'src/new "q"\n.txt'))
  rmSync(join(repo.top, 'gone.txt'))
  unlinkSync(join(repo.top, 'was-file'))
  symlinkSync('src/a.txt', join(repo.top, 'was-file'))
  repo.write('image.bin', Buffer.from([0, 1, 3]))
  repo.write('diff --git a', 'diff --git a b\n')
  const diff = value(await diffTrees(repo.top, from, await snapshot()))
  expect(diff.files.map(({ patch, tooLarge, ...file }) => file)).toEqual([
    {
      path: 'diff --git a',
      oldPath: null,
      status: 'added',
      added: 1,
      removed: 0,
      binary: false,
      submodule: false,
    },
    {
      path: 'gone.txt',
      oldPath: null,
      status: 'deleted',
      added: 0,
      removed: 1,
      binary: false,
      submodule: false,
    },
    {
      path: 'image.bin',
      oldPath: null,
      status: 'modified',
      added: 0,
      removed: 0,
      binary: true,
      submodule: false,
    },
    {
      path: 'src/a.txt',
      oldPath: null,
      status: 'modified',
      added: 1,
      removed: 1,
      binary: false,
      submodule: false,
    },
    {
      path: 'src/new "q"\n.txt',
      oldPath: 'src/old.txt',
      status: 'renamed',
      added: 0,
      removed: 0,
      binary: false,
      submodule: false,
    },
    {
      path: 'was-file',
      oldPath: null,
      status: 'typeChanged',
      added: 1,
      removed: 1,
      binary: false,
      submodule: false,
    },
  ])
  const hunks = diff.files.map(file => file.patch.split('\n').filter(line => /^([@+-]|diff)/.test(line)))
  expect(hunks).toEqual([
    [
      'diff --git a/diff --git a b/diff --git a',
      '--- /dev/null',
      '+++ b/diff --git a\t',
      '@@ -0,0 +1 @@',
      '+diff --git a b',
    ],
    ['diff --git a/gone.txt b/gone.txt', '--- a/gone.txt', '+++ /dev/null', '@@ -1 +0,0 @@', '-gone'],
    [],
    [
      'diff --git a/src/a.txt b/src/a.txt',
      '--- a/src/a.txt',
      '+++ b/src/a.txt',
      '@@ -1,2 +1,2 @@',
      '-two',
      '+zwö',
    ],
    ['diff --git a/src/old.txt "b/src/new \\"q\\"\\n.txt"'],
    [
      'diff --git a/was-file b/was-file',
      ...['--- a/was-file', '+++ /dev/null', '@@ -1 +0,0 @@', '-x'],
      'diff --git a/was-file b/was-file',
      ...['--- /dev/null', '+++ b/was-file', '@@ -0,0 +1 @@', '+src/a.txt'],
    ],
  ])
  expect(diff.truncated).toBe(false)
})

it('tells what is too large, one file or all together', async () => {
  const from = await snapshot()
  repo.write('a.txt', lines(100))
  repo.write('b.txt', lines(2_000))
  repo.write('c.txt', lines(100, 'other'))
  repo.write('d.txt', lines(100, 'last'))
  const to = await snapshot()
  const seen = async (file: number, total: number) => {
    const diff = value(await diffTrees(repo.top, from, to, { file, total }))
    return [
      diff.truncated,
      ...diff.files.map(({ patch, tooLarge, added }) => [patch !== '', tooLarge, added]),
    ]
  }
  const [fits, tooLarge] = [
    [true, false, 100],
    [false, true, 100],
  ]
  expect(await seen(5_000, 50_000)).toEqual([true, fits, [false, true, 2_000], fits, fits])
  expect(await seen(5_000, 3_000)).toEqual([true, fits, [false, true, 2_000], fits, tooLarge])
})

it('runs nothing of the user, keeps to its own form, and shows a submodule as its commits', async () => {
  repo.write('a.txt', 'one\n')
  repo.write('.gitattributes', '*.txt diff=own\n')
  const mark = join(repo.root, 'ran')
  repo.run('config', 'diff.external', `touch '${mark}';`)
  repo.run('config', 'diff.own.textconv', `touch '${mark}'; cat`)
  repo.run('config', 'diff.noprefix', 'true')
  repo.run('config', 'color.ui', 'always')
  repo.run('config', 'diff.submodule', 'log')
  const from = await snapshot()
  repo.write('a.txt', 'two\n')
  repo.run('add', '.')
  repo.run('commit', '-qm', 'first')
  const other = join(repo.root, 'other')
  execFileSync('git', ['clone', '-q', repo.top, other])
  repo.run('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', other, 'sub')
  const diff = value(await diffTrees(repo.top, from, await snapshot()))
  const head = repo.run('rev-parse', 'HEAD').trim()
  expect(diff.files.map(file => [file.path, file.submodule, file.patch.split('\n').at(-2)])).toEqual([
    ['.gitmodules', false, `+\turl = ${other}`],
    ['a.txt', false, '+two'],
    ['sub', true, `+Subproject commit ${head}`],
  ])
  expect(() => execFileSync('ls', [mark], { stdio: 'ignore' })).toThrow()
  expect(await diffTrees(repo.root, from, from)).toMatchObject({
    ok: false,
    error: { type: 'notARepository' },
  })
  expect(await diffTrees(repo.top, from, 'no-tree')).toMatchObject({ ok: false, error: { type: 'failed' } })
})
