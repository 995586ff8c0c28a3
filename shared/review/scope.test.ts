import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { isPlanned, unplannedFiles } from './scope'

const item = (text: string, files: readonly string[] = [], why = '') => ({ text, why, files })

describe('files listed by an item', () => {
  test.each<[string, string, boolean]>([
    ['src/retry.ts', 'src/retry.ts', true],
    ['./src/retry.ts', 'src/retry.ts', true],
    ['src\\retry.ts', 'src/retry.ts', true],
    ['src/retry.ts', 'src/retry.tsx', false],
    ['src/upload', 'src/upload/a/b.ts', true],
    ['src/upload/', 'src/upload/a.ts', true],
    ['src/upload/', 'src/uploads/a.ts', false],
    ['src/upload/', 'src/upload.ts', false],
    ['src/*.ts', 'src/a.ts', true],
    ['src/*.ts', 'src/a/b.ts', false],
    ['src/**', 'src/a/b.ts', true],
    ['src/**/*.ts', 'src/a.ts', true],
    ['src/**/*.ts', 'src/a/b/c.ts', true],
    ['src/**/*.ts', 'lib/a.ts', false],
    ['src/{a,b}.ts', 'src/b.ts', true],
    ['src/{a,b}.ts', 'src/c.ts', false],
    ['*.md', 'docs/usage.md', true],
    ['a.b+c(1).ts', 'a.b+c(1).ts', true],
    ['a.ts', 'axts', false],
    ['', 'src/retry.ts', false],
  ])('%j names %j: %j', (listed, path, planned) => {
    expect(isPlanned(path, [item('', [listed])])).toBe(planned)
  })
})

describe('files named in words', () => {
  test.each<[string, string, boolean]>([
    ['Limit the attempts in retry.ts.', 'src/net/retry.ts', true],
    ['Limit the attempts in (src/retry.ts:42), then stop', 'src/retry.ts', true],
    ['Limit the attempts in "src/retry"', 'src/retry.ts', true],
    ['Limit the attempts in "src/retry"', 'src/retry/index.ts', true],
    ['Rework src/upload/ whole', 'src/upload/part.ts', true],
    ['Rework `upload`', 'src/net/upload.ts', true],
    ['Rework `upload`', 'src/net/upload/index.ts', true],
    ['Rework `upload`', 'src/net/uploader.ts', false],
    ['Rework upload', 'src/net/upload.ts', false],
    ['Rework `npm run build src/gen.ts`', 'src/gen.ts', true],
    ['Tell it in the README', 'README.md', true],
    ['Retry now and/or later, e.g. 1.2 s', 'src/later.ts', false],
    ['See https://example.org/src/retry.ts', 'src/retry.ts', false],
    ['Add an `index` parameter', 'src/index.ts', false],
    ['Ignore output in .gitignore', '.gitignore', true],
    ['', 'src/retry.ts', false],
  ])('%j names %j: %j', (text, path, planned) => {
    expect(isPlanned(path, [item(text)])).toBe(planned)
    expect(isPlanned(path, [item('', [], text)])).toBe(planned)
  })
})

describe('what comes with a planned file', () => {
  test.each<[string, string, boolean]>([
    ['src/retry.ts', 'test/retry.test.ts', true],
    ['src/retry.ts', 'src/retry.spec.ts', true],
    ['src/retry.ts', 'src/__tests__/retry.ts', true],
    ['src/retry.ts', 'src/__snapshots__/retry.test.ts.snap', true],
    ['src/retry.ts', 'test/other.test.ts', false],
    ['test/retry.test.ts', 'src/retry.ts', false],
    ['src/upload/', 'test/upload/part.test.ts', true],
    ['src/upload/', 'test/download/part.test.ts', false],
    ['pkg/pool.go', 'pkg/pool_test.go', true],
    ['app/csv.py', 'tests/test_csv.py', true],
    ['src/Pool.java', 'test/PoolTest.java', true],
    ['src/index.ts', 'test/other/index.test.ts', false],
    ['package.json', 'package-lock.json', true],
    ['packages/a/package.json', 'yarn.lock', true],
    ['Cargo.toml', 'Cargo.lock', true],
    ['Cargo.toml', 'package-lock.json', false],
    ['src/retry.ts', 'package-lock.json', false],
  ])('with %j comes %j: %j', (listed, path, planned) => {
    expect(isPlanned(path, [item('', [listed])])).toBe(planned)
  })
})

it('gives the unplanned ones in their order', () => {
  const items = [item('Mend `retry`', [], 'asked for'), item('Document it', ['docs/'])]
  expect(unplannedFiles(['z.ts', 'src/retry.ts', 'docs/a.md', 'a.ts', 'test/retry.test.ts'], items)).toEqual([
    'z.ts',
    'a.ts',
  ])
  expect(unplannedFiles(['a.ts'], [])).toEqual(['a.ts'])
  expect(isPlanned('a.ts', [{ text: 'a.ts', why: '' }])).toBe(true)
})

it('takes any text and path, and a listed path is planned', () => {
  const part = fc
    .stringMatching(/^[a-z0-9_()[\]+. -]{1,12}$/)
    .filter(text => /^[a-z0-9]/.test(text) && text.trim() === text)
  const path = fc.array(part, { minLength: 2, maxLength: 4 }).map(parts => parts.join('/'))
  fc.assert(
    fc.property(path, fc.string(), fc.string(), (file, text, glob) => {
      expect(isPlanned(file, [item(text, [glob, file])])).toBe(true)
    }),
  )
})
