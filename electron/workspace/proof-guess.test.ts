import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { guessProof } from './proof-guess'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'duologue-guess-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

test('a folder without any of the files, or that is not there, suggests nothing', async () => {
  expect(await guessProof(folder)).toBeNull()
  expect(await guessProof(join(folder, 'not-there'))).toBeNull()
})

test('files are read, folders of the same name are not', async () => {
  mkdirSync(join(folder, 'package.json'))
  writeFileSync(join(folder, 'Makefile'), 'test:\n\ttrue\n')
  expect(await guessProof(folder)).toBe('make test')
})

test('a long lock file is no trouble', async () => {
  writeFileSync(join(folder, 'package.json'), '{"scripts":{"test":"node --test"}}')
  writeFileSync(join(folder, 'yarn.lock'), 'x'.repeat(2_000_000))
  expect(await guessProof(folder)).toBe('yarn test')
})
