import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { callEach, testFiles } from './sandbox'

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'sandbox-'))
  await mkdir(join(root, 'test'))
})
afterEach(() => rm(root, { recursive: true, force: true }))

const file = async (name: string, content: string): Promise<string> => {
  await writeFile(join(root, name), content)
  return join(root, name)
}
const never = new AbortController().signal

test('a function is called with each input, as the file stands now', async () => {
  const path = await file(
    'a.js',
    'exports.f = text => { if (text === "") throw new Error("empty"); return text + 1 }',
  )
  expect(await callEach(path, 'f', [['a'], ['']], never)).toEqual([{ value: 'a1' }, { error: 'empty' }])
  await file('a.js', 'exports.f = text => text + 2')
  expect(await callEach(path, 'f', [['a']], never)).toEqual([{ value: 'a2' }])
  expect(await callEach(path, 'g', [['a']], never)).toEqual([{ error: 'g is not exported' }])
})

test('code that never ends goes with the interrupt, and a file that does not load is an error', async () => {
  const endless = await file('b.js', 'exports.f = () => { for (;;); }')
  const controller = new AbortController()
  const calling = callEach(endless, 'f', [['a']], controller.signal)
  controller.abort()
  expect(await calling).toEqual([{ error: 'interrupted' }])
  const [broken] = await callEach(await file('c.js', 'exports.f ='), 'f', [['a']], never)
  expect(broken).toMatchObject({ error: expect.stringContaining('Unexpected') })
})

test('tests written for node:test run without a Node: passed, failed, nested, and one that does not load', async () => {
  const good = await file(
    'test/a.test.js',
    `const assert = require('node:assert/strict'); const { test, describe, it } = require('node:test')
test('fine', async () => { await null })
test('differs', () => assert.equal('a--b', 'a-b'))
describe('inside', () => { it('throws', { timeout: 5 }, () => { throw new Error('boom') }) })`,
  )
  const bad = await file('test/b.test.js', "require('./nowhere.js')")
  const results = await testFiles([good, bad], never)
  expect(results.map(({ name, error }) => [name, error])).toEqual([
    ['fine', ''],
    ['differs', "expected 'a-b', got 'a--b'"],
    ['throws', 'boom'],
    [bad, "Cannot find module './nowhere.js'"],
  ])
  expect(results[1]?.stack).toContain('a.test.js:3:')
})
