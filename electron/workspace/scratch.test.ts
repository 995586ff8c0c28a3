import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeScratch } from './scratch'

const run = promisify(execFile)
let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'scratch-'))
})
afterEach(() => rm(root, { recursive: true, force: true }))

test('a repository of its own: committed, clean, and untouched by the configuration of the user', async () => {
  const hooks = join(root, 'hooks')
  await mkdir(hooks)
  await writeFile(join(hooks, 'pre-commit'), '#!/bin/sh\nexit 1\n')
  await chmod(join(hooks, 'pre-commit'), 0o755)
  await writeFile(
    join(root, '.gitconfig'),
    `[user]\nname = Me\nemail = me@example.org\n[commit]\ngpgSign = true\n[core]\nhooksPath = ${hooks}\n`,
  )
  const env = { PATH: process.env.PATH ?? '', HOME: root, GIT_DIR: join(root, 'elsewhere') }
  const made = await makeScratch(join(root, 'a', 'b'), env)
  if (!made.ok) throw new Error(made.error.message)
  const git = async (...args: string[]) =>
    (await run('git', args, { cwd: made.value, env: { PATH: env.PATH, HOME: root } })).stdout.trim()
  expect(await git('log', '--format=%an %s')).toBe('Duologue practice A small library to practise on')
  expect(await git('status', '--porcelain', '--branch')).toBe('## main')
  expect(await git('ls-files')).toBe('README.md\npackage.json\nsrc/slugify.js\ntest/slugify.test.js')

  const again = await makeScratch(join(root, 'a', 'b'), env)
  expect(again.ok && again.value).not.toBe(made.value)
})

test('its tests pass and fail for real: two of each', async () => {
  const env = { PATH: process.env.PATH ?? '', HOME: root }
  const made = await makeScratch(root, env)
  if (!made.ok) throw new Error(made.error.message)
  const failed = await run(process.execPath, ['--test', '--test-reporter=tap'], {
    cwd: made.value,
    env,
  }).then(
    () => '',
    (error: { stdout: string }) => error.stdout,
  )
  expect(failed).toMatch(/^# pass 2$/m)
  expect(failed).toMatch(/^# fail 2$/m)
})

test('the second task begins with tests that pass', async () => {
  const env = { PATH: process.env.PATH ?? '', HOME: root }
  const made = await makeScratch(root, env, 'truncate')
  if (!made.ok) throw new Error(made.error.message)
  const { stdout } = await run(process.execPath, ['--test', '--test-reporter=tap'], { cwd: made.value, env })
  expect(stdout).toMatch(/^# pass 5$/m)
  const said = await run(process.execPath, ['bin/slugify.js', 'Hello', 'World'], { cwd: made.value, env })
  expect(said.stdout).toBe('hello-world\n')
})

test('without git it says so', async () => {
  expect(await makeScratch(root, { PATH: root })).toMatchObject({ ok: false, error: { cause: 'noGit' } })
})
