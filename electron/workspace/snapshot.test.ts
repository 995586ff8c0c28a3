import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { asPairId } from '../../shared/ids'
import { listCheckpoints } from './checkpoint'
import { measureWork, snapshotBase } from './measure'
import { type Snapshot, snapshotTree } from './snapshot'
import { makeRepo, type TestRepo, value } from './test-repo'

let repo: TestRepo
let at: (path: string) => string
beforeEach(() => {
  repo = makeRepo()
  at = path => join(repo.top, path)
  vi.stubEnv('HOME', repo.root)
})
afterEach(() => {
  vi.unstubAllEnvs()
  repo.remove()
})
const snapshot = async (): Promise<Snapshot> => value(await snapshotTree(repo.top, repo.dir))
const listed = (tree: string): readonly string[] =>
  repo.run('ls-tree', '-r', '--name-only', tree).split('\n').filter(Boolean)

it('leaves out what cannot be read, and names it', async () => {
  repo.write('fine.txt', 'x\n')
  repo.write('tracked.txt', 'x\n')
  repo.run('add', '-A')
  repo.run('commit', '-qm', 'first')
  repo.write('closed.txt', 'x\n')
  repo.write('folder/inner.txt', 'x\n')
  rmSync(at('fine.txt'))
  const socket = createServer().listen(at('fine.txt'))
  await once(socket, 'listening')
  const closed = ['closed.txt', 'tracked.txt', 'folder']
  for (const path of closed) chmodSync(at(path), 0)
  // Root may read anything, so the test becomes somebody who may not.
  const asRoot = process.getuid?.() === 0
  if (asRoot) {
    execFileSync('chown', ['-R', '65534:65534', repo.root])
    process.seteuid?.(65534)
  }
  try {
    const { tree, notes, leftOut } = await snapshot()
    expect(notes).toEqual([
      'The folder folder/ cannot be read, so its files are not part of the checkpoint.',
      'Not part of the checkpoint, because they cannot be read: tracked.txt, closed.txt.',
      'Not part of the checkpoint, because they are no ordinary files: fine.txt.',
    ])
    expect(leftOut).toEqual(['tracked.txt', 'closed.txt', 'fine.txt'])
    expect(listed(tree)).toEqual(['fine.txt', 'tracked.txt'])
  } finally {
    if (asRoot) process.seteuid?.(0)
    chmodSync(at('folder'), 0o755)
    socket.close()
  }
})

it('does not keep huge files, new or changed, and tells it to whoever measures', async () => {
  repo.write('big.bin', 'small yet\n')
  repo.write('huge.bin', '')
  truncateSync(at('huge.bin'), 51_000_000)
  repo.run('add', '-A')
  repo.run('commit', '-qm', 'first')
  const pair = asPairId('p1')
  const base = await snapshotBase(repo.top, pair, repo.dir)
  expect((await snapshot()).notes).toEqual([])
  truncateSync(at('big.bin'), 60_000_000)
  repo.write('new.bin', '')
  truncateSync(at('new.bin'), 60_000_000)
  repo.write('a.txt', 'a\n')
  const work = { folder: repo.top, pair, number: 1, base, previous: base, dir: repo.dir }
  const measure = await measureWork(work)
  expect([measure.note, measure.diffstat?.files]).toEqual([
    'Not part of the checkpoint, because over 50 MB: big.bin, new.bin.',
    [{ path: 'a.txt', added: 1, removed: 0 }],
  ])
  expect(value(await listCheckpoints(repo.top, pair))).toEqual([
    { number: 0, tree: base },
    { number: 1, tree: measure.target?.tree },
  ])
  expect(await listCheckpoints(repo.root, pair)).toMatchObject({
    ok: false,
    error: { type: 'notARepository' },
  })
})

it('keeps what a sparse checkout leaves out, and follows links, ignored and untracked files as they change', async () => {
  repo.write('in/a.txt', 'a\n')
  repo.write('out/b.txt', 'b\n')
  repo.write('forced.log', 'tracked though ignored\n')
  repo.run('add', '-A')
  repo.run('commit', '-qm', 'first')
  repo.run('sparse-checkout', 'set', '--no-cone', '/*', '!/out/')
  repo.write('.gitignore', '*.log\n')
  repo.write('other.log', 'ignored\n')
  expect(listed((await snapshot()).tree)).toEqual(['.gitignore', 'forced.log', 'in/a.txt', 'out/b.txt'])
  repo.write('.gitignore', '')
  repo.run('rm', '-q', '--cached', 'in/a.txt')
  repo.write('.git/info/exclude', 'a.txt\n')
  expect(listed((await snapshot()).tree)).toEqual(['.gitignore', 'forced.log', 'other.log', 'out/b.txt'])
})

it('works in a repository of SHA-256, several at once, and after its objects were collected', async () => {
  repo.write('a.txt', 'a\n')
  const [one, two, three] = await Promise.all([snapshot(), snapshot(), snapshot()])
  expect([two, three]).toEqual([one, one])
  repo.run('gc', '-q', '--prune=now')
  expect(() => repo.run('cat-file', '-e', one.tree)).toThrow()
  expect(await snapshot()).toEqual(one)
  expect(repo.run('show', `${one.tree}:a.txt`)).toBe('a\n')
  expect(readdirSync(join(repo.dir, 'git')).filter(name => name.startsWith('use-'))).toEqual([])
  expect(statSync(join(repo.dir, 'git')).mode & 0o777).toBe(0o700)
  rmSync(at('.git'), { recursive: true })
  repo.run('init', '-q', '--object-format=sha256')
  const long = value(await snapshotTree(repo.top, join(repo.root, 'other pair')))
  expect([long.tree.length, listed(long.tree)]).toEqual([64, ['a.txt']])
})

it('leaves its git folder’s own files alone once they are there: another git may be reading them', async () => {
  repo.write('a.txt', 'a\n')
  const files = ['config', 'HEAD', 'info/attributes'].map(name => join(repo.dir, 'git', name))
  const written = () => files.map(path => [statSync(path).ino, statSync(path, { bigint: true }).mtimeNs])
  const first = await snapshot()
  const before = written()
  expect(await snapshot()).toEqual(first)
  expect(written()).toEqual(before)
  const [config = ''] = files
  const text = readFileSync(config, 'utf8')
  writeFileSync(config, 'not so')
  expect(await snapshot()).toEqual(first)
  expect(readFileSync(config, 'utf8')).toBe(text)
})

it('sees a change of the same size in the same instant', async () => {
  for (let round = 0; round < 10; round += 1) {
    writeFileSync(at('same'), `${round}\n`)
    const { tree } = await snapshot()
    expect(repo.run('show', `${tree}:same`)).toBe(`${round}\n`)
  }
  expect(readFileSync(at('same'), 'utf8')).toBe('9\n')
})
