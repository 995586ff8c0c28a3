import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createFileFinder } from './files'
import { git } from './git'

let folder = ''
let now = 0
const put = async (path: string, text = ''): Promise<void> => {
  await mkdir(dirname(join(folder, path)), { recursive: true })
  await writeFile(join(folder, path), text)
}
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'duologue-files-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('in git: tracked and new files, not the ignored, from the folder of the pair', async () => {
  await git(folder, ['init', '--quiet'])
  await put('.gitignore', '*.log\n')
  for (const path of [
    'src/tracked.ts',
    'src/new.ts',
    'src/noise.log',
    'node_modules/x/a.ts',
    'other/ünï côde.ts',
  ])
    await put(path)
  await git(folder, ['add', 'src/tracked.ts'])
  const files = createFileFinder(() => now)
  expect(await files.find(folder, '.ts')).toEqual(
    expect.arrayContaining(['src/tracked.ts', 'src/new.ts', 'other/ünï côde.ts']),
  )
  expect(await files.find(folder, 'noise')).toEqual([])
  expect(await createFileFinder(() => now).find(join(folder, 'src'), '')).toEqual(['new.ts', 'tracked.ts'])
})

test('outside git: a walk that leaves out hidden folders and those of tools', async () => {
  for (const path of ['a.txt', 'deep/b.txt', '.hidden/c.txt', 'node_modules/d.txt']) await put(path)
  expect(await createFileFinder(() => now).find(folder, '.txt')).toEqual(['a.txt', 'deep/b.txt'])
})

test('a list is kept for a moment, is made anew after it, and is bounded', async () => {
  const files = createFileFinder(() => now)
  await put('a.txt')
  expect(await files.find(folder, '')).toEqual(['a.txt'])
  await put('b.txt')
  expect(await files.find(folder, '')).toEqual(['a.txt'])
  now += 3_001
  expect(await files.find(folder, '')).toEqual(['a.txt', 'b.txt'])
  for (let n = 0; n < 30; n++) await put(`many/${n}.txt`)
  now += 3_001
  expect(await files.find(folder, 'many')).toHaveLength(12)
})

test('a folder that is gone has no files', async () => {
  expect(await createFileFinder(() => now).find(join(folder, 'gone'), '')).toEqual([])
})
