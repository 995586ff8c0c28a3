import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { integrityOf, npmElectronRunsHere } from './electron-npm.mjs'

let folder

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'duologue-integrity-'))
})

afterEach(() => rmSync(folder, { recursive: true }))

test('integrity is written as a package lock writes it', async () => {
  writeFileSync(join(folder, 'a'), 'abc')
  expect(await integrityOf(join(folder, 'a'))).toBe(
    'sha512-3a81oZNherrMQXNJriBBMRLm+k6JqX6iCp7u5ktV05ohkpkqJ0/BqDa6PCOj/uu9RU1EI2Q86A4qmslPpUyknw==',
  )
})

test('it runs on Linux x64 alone', () => {
  const places = [
    ['linux', 'x64'],
    ['linux', 'arm64'],
    ['darwin', 'x64'],
  ]
  expect(places.map(([platform, arch]) => npmElectronRunsHere(platform, arch))).toEqual([true, false, false])
})
