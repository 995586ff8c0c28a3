import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { asPairId } from '../../shared/ids'
import { checkpointRef, keepTree, listCheckpoints } from './checkpoint'
import { restoreTree } from './restore'
import { snapshotTree } from './snapshot'
import { makeRepo, type TestRepo, value } from './test-repo'

const pair = asPairId('20261122-140211-7c1e')
let repo: TestRepo
let at: (path: string) => string
beforeEach(() => {
  repo = makeRepo()
  vi.stubEnv('HOME', repo.root)
  at = path => join(repo.top, path)
})
afterEach(() => {
  vi.unstubAllEnvs()
  repo.remove()
})

const snapshot = async (): Promise<string> => value(await snapshotTree(repo.top, repo.dir)).tree
const restore = (tree: string, keepAs = 1, folder = repo.top) =>
  restoreTree({ folder, tree, pair, keepAs, dir: repo.dir })
const read = (path: string): string => readFileSync(at(path), 'utf8')
/** Everything of the user's that a restore must leave alone, and what git says of the work tree. */
const standing = (): readonly string[] => [
  repo.run('--no-optional-locks', 'status', '--porcelain=v2', '--branch', '-z', '--ignored'),
  repo.run('--no-optional-locks', 'diff', '--cached'),
  readFileSync(at('.git/index'), 'hex'),
  repo.run('stash', 'list'),
  readFileSync(at('.git/HEAD'), 'utf8'),
  repo.run('for-each-ref', 'refs/heads', 'refs/tags', 'refs/stash'),
  execFileSync('sh', ['-c', 'ls -la --time-style=full-iso .git/hooks .git/config .git/info'], {
    cwd: repo.top,
    encoding: 'utf8',
  }),
]
const first = (): void => {
  repo.write('.gitignore', 'ignored*\n')
  repo.write('src/a.txt', 'one\ntwo\n')
  repo.write('src/b.txt', 'b\n')
  repo.write('gone.txt', 'gone\n')
  repo.run('add', '-A')
  repo.run('commit', '-qm', 'first')
}

describe('a restore', () => {
  it('brings back every kind of file, and leaves status, index, HEAD, branches, stash and hooks as they were', async () => {
    first()
    repo.run('branch', 'other')
    repo.write('stashed.txt', 'x\n')
    repo.run('stash', '-u')
    for (const hook of ['post-checkout', 'post-index-change', 'reference-transaction']) {
      repo.write(`.git/hooks/${hook}`, `#!/bin/sh\ntouch "${repo.root}/hook-ran"\n`)
      chmodSync(at(`.git/hooks/${hook}`), 0o755)
    }
    const quiet = ['-c', 'core.hooksPath=/dev/null']
    repo.write('src/a.txt', 'one\nstaged\n')
    repo.write('both.txt', 'staged\n')
    repo.run(...quiet, 'add', 'src/a.txt', 'both.txt')
    repo.write('both.txt', 'staged, then changed\n')
    repo.write('tool.sh', '#!/bin/sh\n')
    chmodSync(at('tool.sh'), 0o755)
    repo.write('new "q"\n\té.txt', 'odd name\n')
    writeFileSync(Buffer.concat([Buffer.from(at('raw-')), Buffer.from([0xff, 0xfe])]), 'bytes\n')
    symlinkSync('/etc/hostname', at('outside'))
    repo.write('dir/in/deep.txt', 'deep\n')
    repo.write('file', 'a file\n')
    repo.write('ignored.txt', 'mine\n')
    repo.write('empty', '')
    rmSync(at('gone.txt'))
    rmSync(join(repo.root, 'hook-ran'), { force: true })
    const before = standing()
    const tree = await snapshot()
    repo.write('gone.txt', 'back again\n')
    repo.write('src/a.txt', 'driver\n')
    unlinkSync(at('both.txt'))
    chmodSync(at('tool.sh'), 0o644)
    renameSync(at('new "q"\n\té.txt'), at('renamed.txt'))
    unlinkSync(Buffer.concat([Buffer.from(at('raw-')), Buffer.from([0xff, 0xfe])]))
    unlinkSync(at('outside'))
    repo.write('outside', 'no link\n')
    rmSync(at('dir'), { recursive: true })
    repo.write('dir', 'a file now\n')
    unlinkSync(at('file'))
    repo.write('file/with/more.txt', 'a folder now\n')
    rmSync(at('src/b.txt'))
    symlinkSync('a.txt', at('src/b.txt'))
    repo.write('added/by/driver.txt', 'x\n')
    repo.write('ignored.txt', 'changed by the driver\n')
    const after = await snapshot()
    const done = value(await restore(tree, 4))
    expect(done).toEqual({ kept: after, half: null, notes: [] })
    repo.write('ignored.txt', 'mine\n')
    expect(standing()).toEqual(before)
    expect(existsSync(join(repo.root, 'hook-ran'))).toBe(false)
    expect(await snapshot()).toBe(tree)
    expect([readlinkSync(at('outside')), statSync(at('tool.sh')).mode & 0o777, read('src/b.txt')]).toEqual([
      '/etc/hostname',
      0o755,
      'b\n',
    ])
    expect([existsSync(at('added')), existsSync(at('file/with'))]).toEqual([false, false])
    expect(value(await listCheckpoints(repo.top, pair))).toEqual([{ number: 4, tree: after }])
    value(await restore(done.kept, 5))
    expect(await snapshot()).toBe(after)
  })

  it('writes only what differs, keeps permissions, and works from a folder below the top', async () => {
    first()
    repo.write('src/deep/only.txt', 'x\n')
    repo.run('config', 'core.fileMode', 'false')
    repo.write('tool.sh', 'one\n')
    chmodSync(at('tool.sh'), 0o755)
    repo.write('secret', 'one\n')
    chmodSync(at('secret'), 0o600)
    const tree = await snapshot()
    utimesSync(at('src/b.txt'), 1_000_000, 1_000_000)
    repo.write('secret', 'two\n')
    repo.write('tool.sh', 'two\n')
    value(await restore(tree, 1, at('src/deep')))
    expect(statSync(at('tool.sh')).mode & 0o777).toBe(0o755)
    expect([statSync(at('src/b.txt')).mtimeMs, statSync(at('secret')).mode & 0o777, read('secret')]).toEqual([
      1_000_000_000,
      0o600,
      'one\n',
    ])
    rmSync(at('src/deep/only.txt'))
    const without = await snapshot()
    repo.write('src/deep/only.txt', 'x\n')
    value(await restore(without, 2, at('src/deep')))
    expect([existsSync(at('src/deep')), await snapshot()]).toEqual([true, without])
  })

  it('brings back the very bytes under autocrlf, attributes and filters, and runs no filter', async () => {
    first()
    repo.run('config', 'core.autocrlf', 'true')
    repo.run('config', 'filter.strip.clean', `touch '${repo.root}/filter-ran'; tr -d x`)
    repo.run('config', 'filter.strip.smudge', `touch '${repo.root}/filter-ran'; tr a b`)
    repo.run('config', 'filter.strip.required', 'true')
    const contents = {
      'crlf.txt': 'a\r\nb\r\n',
      'lf.txt': 'a\nb\n',
      'mixed.txt': 'a\r\nb\nc\r\n',
      'eol.bat': 'a\nb\r\n',
      'notebook.nb': 'axbx\n',
      'ident.id': '$Id: mine $\n$Id$\n',
      'wide.u16': Buffer.from('\ufeffwide\r\n', 'utf16le'),
    }
    repo.write(
      '.gitattributes',
      '*.bat eol=crlf\n*.nb filter=strip\n*.id ident\n*.u16 text working-tree-encoding=UTF-16\n',
    )
    for (const [path, content] of Object.entries(contents)) repo.write(path, content)
    const tree = await snapshot()
    for (const path of Object.keys(contents)) repo.write(path, 'changed\n')
    rmSync(at('mixed.txt'))
    rmSync(at('.gitattributes'))
    value(await restore(tree))
    expect(Object.keys(contents).map(path => readFileSync(at(path)).toString('latin1'))).toEqual(
      Object.values(contents).map(content => Buffer.from(content).toString('latin1')),
    )
    expect(existsSync(join(repo.root, 'filter-ran'))).toBe(false)
  })

  it('asks Git LFS for the content of an unchanged file only when it comes back', async () => {
    const store = join(repo.root, 'lfs')
    mkdirSync(store)
    // Does what the filter of Git LFS does: content by its hash in a folder of its own, a pointer in the repository.
    const clean = join(repo.root, 'clean')
    const pointer = 'version https://git-lfs.github.com/spec/v1\\noid sha256:%s\\nsize 1\\n'
    writeFileSync(
      clean,
      `#!/bin/sh\ncat >'${store}/new'; id=$(sha256sum <'${store}/new' | cut -c1-64)\nmv '${store}/new' "${store}/$id"; printf '${pointer}' $id\n`,
    )
    const smudge = join(repo.root, 'smudge')
    writeFileSync(smudge, `#!/bin/sh\nexec cat "${store}/$(sed -n 's/^oid sha256://p')"\n`)
    for (const script of [clean, smudge]) chmodSync(script, 0o755)
    repo.run('config', 'filter.lfs.clean', clean)
    repo.run('config', 'filter.lfs.smudge', smudge)
    repo.run('config', 'filter.lfs.required', 'true')
    repo.write('.gitattributes', '*.psd filter=lfs -text\n')
    repo.write('a.psd', 'picture a\n')
    repo.write('lost.psd', 'picture lost\n')
    repo.write('plain.txt', 'version https://git-lfs.github.com/spec/v1\n')
    repo.run('add', '-A')
    repo.run('commit', '-qm', 'first')
    utimesSync(at('.git/index'), new Date(), new Date(Date.now() + 10_000))
    repo.write('b.psd', 'picture b\n')
    const tree = await snapshot()
    expect(['a.psd', 'b.psd'].map(path => repo.run('show', `${tree}:${path}`).split('\n')[0])).toEqual([
      'version https://git-lfs.github.com/spec/v1',
      'picture b',
    ])
    for (const path of ['.gitattributes', 'plain.txt', 'b.psd']) rmSync(at(path))
    repo.write('a.psd', 'changed by the driver\n')
    repo.write('lost.psd', 'changed too\n')
    rmSync(join(store, /sha256:(\w+)/.exec(repo.run('show', 'HEAD:lost.psd'))?.[1] ?? ''))
    const { notes } = value(await restore(tree))
    expect(notes).toEqual([
      'Not put back, because their content is kept elsewhere and is not to be had: lost.psd.',
    ])
    expect(['a.psd', 'b.psd', 'lost.psd', 'plain.txt'].map(read)).toEqual([
      'picture a\n',
      'picture b\n',
      'changed too\n',
      'version https://git-lfs.github.com/spec/v1\n',
    ])
  })

  it('never writes or deletes through a symbolic link', async () => {
    first()
    repo.write('dir/a.txt', 'a\n')
    const tree = await snapshot()
    const elsewhere = join(repo.root, 'elsewhere')
    mkdirSync(elsewhere)
    writeFileSync(join(elsewhere, 'a.txt'), 'not ours\n')
    rmSync(at('dir'), { recursive: true })
    symlinkSync(elsewhere, at('dir'))
    const linked = await snapshot()
    value(await restore(tree, 1))
    expect([lstatSync(at('dir')).isDirectory(), read('dir/a.txt')]).toEqual([true, 'a\n'])
    value(await restore(linked, 2))
    expect(readlinkSync(at('dir'))).toBe(elsewhere)
    unlinkSync(at('dir'))
    symlinkSync(elsewhere, at('ignored-link'))
    repo.write('.gitignore', 'ignored*\ndir\n')
    renameSync(at('ignored-link'), at('dir'))
    const { notes } = value(await restore(tree, 3))
    expect(notes).toEqual(['Not put back, because a file that git ignores is in the way: dir/a.txt.'])
    expect([readlinkSync(at('dir')), readFileSync(join(elsewhere, 'a.txt'), 'utf8')]).toEqual([
      elsewhere,
      'not ours\n',
    ])
  })

  it('leaves ignored files alone, also where the checkpoint has something else', async () => {
    first()
    repo.write('log.txt', 'then\n')
    repo.write('same.txt', 'same\n')
    repo.write('place', 'a file\n')
    repo.write('hollow', 'a file\n')
    const tree = await snapshot()
    repo.write('.gitignore', 'ignored*\nlog.txt\nsame.txt\n')
    repo.write('log.txt', 'now ignored\n')
    rmSync(at('place'))
    repo.write('place/ignored.txt', 'mine\n')
    repo.write('place/driver.txt', 'x\n')
    rmSync(at('hollow'))
    mkdirSync(at('hollow/with/empty'), { recursive: true })
    const { notes } = value(await restore(tree))
    expect(notes).toEqual([
      'Not put back, because a file that git ignores is in the way: log.txt.',
      'Not put back, because something that git ignores is in the way: place.',
    ])
    expect([read('log.txt'), read('same.txt'), read('place/ignored.txt'), read('.gitignore')]).toEqual([
      'now ignored\n',
      'same\n',
      'mine\n',
      'ignored*\n',
    ])
    expect([existsSync(at('place/driver.txt')), read('hollow')]).toEqual([false, 'a file\n'])
  })

  it('does not delete what the checkpoint ignored, though it is known to git by now', async () => {
    first()
    repo.write('sub/.gitignore', 'build/\n!keep\n')
    const tree = await snapshot()
    for (const path of ['.gitignore', 'sub/.gitignore']) repo.write(path, '')
    repo.write('ignored.env', 'secret\n')
    repo.write('sub/build/out', 'x\n')
    repo.write('sub/keep', 'x\n')
    repo.write(':(odd)*', 'x\n')
    repo.write('sub/ignored-by-force', 'x\n')
    repo.run('add', '-f', 'sub/ignored-by-force')
    const { notes } = value(await restore(tree))
    expect(notes).toEqual([
      'Not deleted, because the checkpoint ignores them: ignored.env, sub/build/out, sub/ignored-by-force.',
    ])
    expect([
      read('ignored.env'),
      existsSync(at('sub/build/out')),
      existsSync(at('sub/keep')),
      existsSync(at(':(odd)*')),
    ]).toEqual(['secret\n', true, false, false])
  })

  it('leaves submodules, nested repositories and huge files as they are, and tells it', async () => {
    first()
    const other = join(repo.root, 'other')
    execFileSync('git', ['clone', '-q', repo.top, other])
    repo.run('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', other, 'lib/x')
    repo.run('commit', '-qm', 'sub')
    repo.write('big.bin', 'small\n')
    repo.write('nested', 'a file\n')
    const tree = await snapshot()
    repo.write('lib/x/src/a.txt', 'changed inside\n')
    repo.run('-C', 'lib/x', '-c', 'user.name=A', '-c', 'user.email=a@b', 'commit', '-qam', 'inner')
    repo.write('lib/x/untracked.txt', 'inside\n')
    truncateSync(at('big.bin'), 60_000_000)
    rmSync(at('nested'))
    repo.write('nested/inner.txt', 'x\n')
    repo.run('-C', 'nested', 'init', '-q')
    const now = value(await snapshotTree(repo.top, repo.dir))
    expect(now.notes).toEqual([
      'Not part of the checkpoint, because over 50 MB: big.bin.',
      'Not part of the checkpoint, because they are repositories of their own: nested/.',
      'Changes inside the submodule lib/x are not part of the checkpoint.',
    ])
    const { notes } = value(await restore(tree))
    expect(notes.slice(3)).toEqual([
      'Repositories inside this one were left as they are: lib/x, nested.',
      'Left as they are, because the state before could not be kept: big.bin.',
    ])
    expect([read('lib/x/untracked.txt'), read('nested/inner.txt'), statSync(at('big.bin')).size]).toEqual([
      'inside\n',
      'x\n',
      60_000_000,
    ])
  })

  it('finishes one that was cut short, and keeps what stood there in between', async () => {
    first()
    const wanted = await snapshot()
    repo.write('src/a.txt', 'driver\n')
    repo.write('src/new.txt', 'driver\n')
    const before = await snapshot()
    // The first attempt kept the state before, put one file back, and died; then the human wrote another.
    value(await keepTree(repo.top, before, checkpointRef(pair, 1)))
    repo.write('src/a.txt', 'one\ntwo\n')
    repo.write('src/b.txt', 'the human, meanwhile\n')
    const between = await snapshot()
    const wish = { folder: repo.top, tree: wanted, pair, keepAs: 1, dir: repo.dir, again: true }
    const half = `${checkpointRef(pair, 1)}-cut-${between.slice(0, 12)}`
    expect(value(await restoreTree(wish))).toEqual({ kept: before, half, notes: [] })
    expect(await snapshot()).toBe(wanted)
    expect(repo.run('rev-parse', half).trim()).toBe(between)
    expect(value(await restoreTree(wish))).toMatchObject({ kept: before })
  })

  it('refuses before it changes anything', async () => {
    first()
    const tree = await snapshot()
    repo.write('src/a.txt', 'driver\n')
    const before = standing()
    const words = async (wish: ReturnType<typeof restore>): Promise<string> => {
      const done = await wish
      return done.ok ? '' : done.error.message
    }
    const refused = 'The checkpoint was not restored, and no file was changed: '
    expect(await words(restore('1'.repeat(40)))).toBe(`${refused}its files are no longer in the repository.`)
    value(await keepTree(repo.top, tree, checkpointRef(pair, 7)))
    expect(await words(restore(tree, 7))).toBe(
      `${refused}the present state could not be kept: ${checkpointRef(pair, 7)} already keeps another state.`,
    )
    expect(await words(restore(tree, 1, repo.root))).toMatch(
      /^The checkpoint was not restored: .*not a git repo/,
    )
    const blob = repo.run('rev-parse', 'HEAD:src/b.txt').trim()
    rmSync(at('src/b.txt'))
    const without = standing()
    rmSync(at(`.git/objects/${blob.slice(0, 2)}/${blob.slice(2)}`))
    expect(await words(restore(tree, 8))).toMatch(/no file was changed/)
    expect(standing()).toEqual(without)
    expect(standing()).not.toEqual(before)
  })

  it('goes back when the file system refuses in the middle, and says so', async () => {
    first()
    repo.write('a/one.txt', 'then\n')
    repo.write('z/two.txt', 'then\n')
    const tree = await snapshot()
    repo.write('a/one.txt', 'now\n')
    repo.write('z/two.txt', 'now\n')
    repo.write('a/extra.txt', 'extra\n')
    const present = await snapshot()
    chmodSync(at('z'), 0o555)
    const asRoot = process.getuid?.() === 0
    // Root may write anywhere, so the test becomes somebody who may not.
    if (asRoot) {
      execFileSync('chown', ['-R', '65534:65534', repo.root])
      process.seteuid?.(65534)
    }
    try {
      const done = await restore(tree, 2)
      expect(done.ok ? '' : done.error.message).toMatch(
        /^The checkpoint could not be restored: EACCES.*\. What had been changed was put back: the files are as they were before\. The state before is kept as refs\/duologue\/.*\/2\.$/,
      )
      expect([read('a/one.txt'), read('a/extra.txt'), read('z/two.txt')]).toEqual([
        'now\n',
        'extra\n',
        'now\n',
      ])
      expect(await snapshot()).toBe(present)
    } finally {
      if (asRoot) process.seteuid?.(0)
      chmodSync(at('z'), 0o755)
    }
  })
})
