import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findOpencode } from './binary'

let root: string
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'duologue-opencode-')))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const program = (...path: string[]): string => {
  const file = join(root, ...path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, '#!/bin/sh\n', { mode: 0o755 })
  return file
}
const find = (env: Readonly<Record<string, string>>) => findOpencode(env, 'linux', 'x64')

test("npm's script leads to the native program beside it", () => {
  const script = program('lib/node_modules/opencode-ai/bin/opencode')
  const native = program('lib/node_modules/opencode-linux-x64/bin/opencode')
  mkdirSync(join(root, 'bin'))
  symlinkSync(script, join(root, 'bin', 'opencode'))
  expect(find({ PATH: join(root, 'bin') })).toBe(native)
})

test('the PATH comes before the installer of its own, and a named program before both', () => {
  const home = program('home/.opencode/bin/opencode')
  const HOME = join(root, 'home')
  expect(find({ PATH: join(root, 'none'), HOME })).toBe(home)
  const onPath = program('bin/opencode')
  expect(find({ PATH: join(root, 'bin'), HOME })).toBe(onPath)
  const named = program('elsewhere/oc')
  expect(find({ PATH: join(root, 'bin'), HOME, DUOLOGUE_OPENCODE: named })).toBe(named)
  expect(find({ PATH: join(root, 'bin'), HOME, DUOLOGUE_OPENCODE: join(root, 'gone') })).toBeUndefined()
})
