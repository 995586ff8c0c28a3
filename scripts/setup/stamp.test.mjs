import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { hashOf, readStamp, writeStamp } from './stamp.mjs'

let root

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'duologue-stamp-'))
  mkdirSync(join(root, 'src/deep'), { recursive: true })
  writeFileSync(join(root, 'src/a.ts'), 'a')
  writeFileSync(join(root, 'src/deep/b.ts'), 'b')
  writeFileSync(join(root, 'lock.json'), '{}')
})

afterEach(() => rmSync(root, { recursive: true }))

test('a hash changes with content, names and new files, and with nothing else', () => {
  const paths = ['src', 'lock.json', 'not-there']
  const before = hashOf(root, paths)
  writeFileSync(join(root, 'src/a.ts'), 'a')
  writeFileSync(join(root, 'outside.ts'), 'x')
  expect(hashOf(root, paths)).toBe(before)
  writeFileSync(join(root, 'src/a.test.ts'), 'skipped')
  expect(hashOf(root, paths, name => name.endsWith('.test.ts'))).toBe(before)
  const withNew = hashOf(root, paths)
  writeFileSync(join(root, 'src/deep/b.ts'), 'c')
  expect(new Set([before, withNew, hashOf(root, paths)]).size).toBe(3)
})

test('a stamp that is not there reads as null', () => {
  const file = join(root, 'new/folder/stamp')
  expect(readStamp(file)).toBe(null)
  writeStamp(file, 'x')
  expect(readStamp(file)).toBe('x')
})
