import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { defaultSettings } from '../../shared/default-settings'
import { openSettings } from './settings'

let dir: string
let path: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'duologue-settings-'))
  path = join(dir, 'deep', 'settings.json')
})
afterEach(() => rm(dir, { recursive: true, force: true }))
const stored = async (): Promise<unknown> => JSON.parse(await readFile(path, 'utf8'))

it('begins with the defaults and remembers what is set, in order', async () => {
  const settings = await openSettings(path)
  expect([settings.get(), settings.trouble]).toEqual([defaultSettings, null])
  await Promise.all([settings.set({ theme: 'dark' }), settings.set({ theme: 'light', notifications: false })])
  const wanted = { ...defaultSettings, theme: 'light', notifications: false }
  expect([settings.get(), await stored(), (await openSettings(path)).get()]).toEqual([wanted, wanted, wanted])
})

it('keeps keys of a newer version and lets one bad value fall back alone', async () => {
  await (await openSettings(path)).set({})
  await writeFile(path, JSON.stringify({ theme: 'neon', notifications: false, hologram: 3 }))
  const settings = await openSettings(path)
  expect(settings.get()).toEqual({ ...defaultSettings, notifications: false })
  await settings.set({ theme: 'dark' })
  expect(await stored()).toEqual({ ...defaultSettings, theme: 'dark', notifications: false, hologram: 3 })
})

it('cuts canned steers that are too long or too many, and loses none of the others', async () => {
  const settings = await openSettings(path)
  const steers = ['Mine.', 'x'.repeat(5_000), ...Array.from({ length: 60 }, (_, index) => `Number ${index}.`)]
  await settings.set({ steers })
  const { steers: kept } = settings.get()
  expect([kept[0], kept[1], kept.length]).toEqual(['Mine.', 'x'.repeat(4_000), 50])
})

it('sets a bad file aside and says so', async () => {
  await (await openSettings(path)).set({})
  await writeFile(path, 'not JSON')
  const settings = await openSettings(path)
  expect([settings.get(), settings.trouble]).toEqual([
    defaultSettings,
    `The settings could not be read; they are kept in ${path}.bad.`,
  ])
  expect(await readFile(`${path}.bad`, 'utf8')).toBe('not JSON')
})

it('tells when it cannot write, and goes on', async () => {
  const settings = await openSettings('/dev/null/settings.json')
  const result = await settings.set({ theme: 'dark' })
  expect([result.ok, settings.get().theme]).toEqual([false, 'dark'])
})
