import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { FileDiff } from '../../shared/review/diff'
import { parseFile } from './patch'

const file = (about: Partial<FileDiff>): FileDiff => ({
  path: 'src/upload.js',
  oldPath: null,
  status: 'modified',
  added: 1,
  removed: 1,
  binary: false,
  patch: '',
  tooLarge: false,
  submodule: false,
  ...about,
})

const headed = (...lines: string[]) =>
  [
    'diff --git "a/src/\\303\\244.js" "b/x y.js"',
    '--- "a/src/\\303\\244.js"',
    '+++ b/x y.js',
    ...lines,
    '',
  ].join('\n')

const textOf = (about: Partial<FileDiff>) =>
  parseFile(file(about)).hunks.flatMap(hunk => hunk.changes.map(change => `${change.type} ${change.content}`))

describe('the lines of a file', () => {
  it('are all there, also those that look like a header', () => {
    const patch = headed('@@ -1,3 +1,3 @@', '--- a/old', '+++ b/new', ' diff --git a b', ' @@ -1 +1 @@')
    expect(textOf({ patch })).toEqual([
      'delete -- a/old',
      'insert ++ b/new',
      'normal diff --git a b',
      'normal @@ -1 +1 @@',
    ])
  })

  it('are those of both halves where git prints two, because the type changed', () => {
    const patch = [
      'diff --git a/current b/current',
      'deleted file mode 100644',
      '--- a/current',
      '+++ /dev/null',
      '@@ -1 +0,0 @@',
      '-one',
      'diff --git a/current b/current',
      'new file mode 120000',
      '--- /dev/null',
      '+++ b/current',
      '@@ -0,0 +1 @@',
      '+releases/12',
      '\\ No newline at end of file',
    ].join('\n')
    const parsed = parseFile(file({ status: 'typeChanged', patch }))
    expect(parsed.hunks.flatMap(hunk => hunk.changes.map(change => change.content))).toEqual([
      'one',
      'releases/12',
    ])
    expect(parsed.notes).toEqual(['It was a plain file and is now a symbolic link (100644 → 120000).'])
  })

  it('are cut where they are very long, and the cut is told', () => {
    const [line] = textOf({ patch: headed('@@ -0,0 +1 @@', `+${'x'.repeat(5_000)}`) })
    expect(line).toMatch(/^insert x{2000}… \(3,000 more characters\)$/)
  })

  it('show a carriage return that is all the difference', () => {
    expect(textOf({ patch: headed('@@ -1,2 +1,2 @@', '-a\r', '+a', ' b\r') })).toEqual([
      'delete a␍',
      'insert a',
      'normal b\r',
    ])
  })

  it('can be named by a finding as the new file numbers them, or the old one if the file is gone', () => {
    const patch = headed('@@ -4,2 +9,2 @@', ' same', '-before', '+after')
    expect([...parseFile(file({ patch })).lines]).toEqual([9, 10])
    expect([
      ...parseFile(file({ status: 'deleted', patch: headed('@@ -1,2 +0,0 @@', '-a', '-b') })).lines,
    ]).toEqual([1, 2])
  })
})

describe('what no line shows is said', () => {
  const cases: readonly (readonly [string, Partial<FileDiff>, readonly string[]])[] = [
    ['a binary file', { binary: true, status: 'added' }, ['A binary file; it is not shown.']],
    [
      'a file too large',
      { tooLarge: true, added: 18_000, removed: 2 },
      ['Too large to show here: 18000 lines added, 2 removed.'],
    ],
    [
      'a renamed file',
      { status: 'renamed', oldPath: 'src/again.js', patch: 'diff --git a/src/again.js b/src/upload.js\n' },
      ['Renamed from src/again.js, otherwise the same.'],
    ],
    [
      'a mode',
      { patch: 'diff --git a/bin b/bin\nold mode 100644\nnew mode 100755\n' },
      ['It was a plain file and is now an executable file (100644 → 100755).'],
    ],
    [
      'an empty new file',
      { status: 'added', patch: 'diff --git a/e b/e\nnew file mode 100644\n' },
      ['A new file without content.'],
    ],
    [
      'a last newline',
      { patch: headed('@@ -1 +1 @@', '-a', '\\ No newline at end of file', '+a') },
      ['Its last line now ends with a newline.'],
    ],
    ['nothing', { patch: headed('@@ -1 +1 @@', '-a', '+b') }, []],
  ]
  it.each(cases)('of %s', (_, about, notes) => {
    expect(parseFile(file(about)).notes).toEqual(notes)
  })
})

it('reads what git itself prints, whatever the files are called', () => {
  const folder = mkdtempSync(join(tmpdir(), 'patch-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', folder, '-c', 'user.name=t', '-c', 'user.email=t@localhost', ...args], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH, HOME: folder, GIT_CONFIG_NOSYSTEM: '1' },
    })
  const lines = Array.from({ length: 40 }, (_, at) => `line ${at}\n`)
  const edited = [...lines.slice(0, 3), '-- three\n', ...lines.slice(4, 30), 'x\n', ...lines.slice(32)]
  git('init', '-q')
  for (const name of ['ä b.txt', 'quo"te.txt', 'run.sh']) writeFileSync(join(folder, name), lines.join(''))
  git('add', '.')
  git('commit', '-qm', 'one')
  writeFileSync(join(folder, 'ä b.txt'), edited.join(''))
  renameSync(join(folder, 'quo"te.txt'), join(folder, 'new "name".txt'))
  chmodSync(join(folder, 'run.sh'), 0o755)
  writeFileSync(join(folder, 'tail'), 'no newline')
  git('add', '.')
  const read = (path: string, status: FileDiff['status'], oldPath: string | null = null) => {
    const patch = git('diff', '--cached', '-M', 'HEAD', '--', path, ...(oldPath ? [oldPath] : []))
    const { hunks, notes } = parseFile(file({ path, oldPath, status, patch }))
    const changed = hunks.flatMap(({ changes }) => changes.filter(change => change.type !== 'normal'))
    return { hunks: hunks.length, changed: changed.map(change => change.content), notes }
  }
  expect([
    read('ä b.txt', 'modified'),
    read('new "name".txt', 'renamed', 'quo"te.txt'),
    read('run.sh', 'modified'),
    read('tail', 'added'),
  ]).toEqual([
    { hunks: 2, changed: ['line 3', '-- three', 'line 30', 'line 31', 'x'], notes: [] },
    { hunks: 0, changed: [], notes: ['Renamed from quo"te.txt, otherwise the same.'] },
    {
      hunks: 0,
      changed: [],
      notes: ['It was a plain file and is now an executable file (100644 → 100755).'],
    },
    { hunks: 1, changed: ['no newline'], notes: [] },
  ])
})
