/**
 * The settings file. Keys of a newer version survive, a bad value falls back alone, and a file that is no settings at
 * all is set aside and told, never overwritten unseen.
 */
import { readFile, rename } from 'node:fs/promises'
import { defaultSettings } from '../../shared/default-settings'
import { isRecord, parseJson } from '../../shared/json'
import { err, ok, type Result } from '../../shared/result'
import { Settings } from '../../shared/settings'
import { errorCode, type StoreError, storeError } from './trouble'
import { writeAtomic } from './write-atomic'

export interface SettingsStore {
  get(): Settings
  /** Changes given keys; calls are written in order. On an error the change holds for this run only. */
  set(change: Partial<Settings>): Promise<Result<Settings, StoreError>>
  /** What was wrong with the file at the start, in words; null when nothing was. */
  readonly trouble: string | null
}

interface Loaded {
  /** The file's object with all its keys. */
  readonly raw: Readonly<Record<string, unknown>>
  readonly trouble: string | null
}

const load = async (path: string): Promise<Loaded> => {
  try {
    const raw = parseJson(await readFile(path, 'utf8'))
    if (isRecord(raw)) return { raw, trouble: null }
    await rename(path, `${path}.bad`)
    return { raw: {}, trouble: `The settings could not be read; they are kept in ${path}.bad.` }
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return { raw: {}, trouble: null }
    return { raw: {}, trouble: storeError('The settings could not be read', error).message }
  }
}

/** Never fails: without a readable file the defaults hold. */
export const openSettings = async (path: string): Promise<SettingsStore> => {
  const { raw: first, trouble } = await load(path)
  let raw = first
  let settings = Settings.parse({ ...defaultSettings, ...raw })
  let writing: Promise<unknown> = Promise.resolve()
  const write = async (): Promise<Result<Settings, StoreError>> => {
    try {
      await writeAtomic(path, `${JSON.stringify(raw, null, 2)}\n`)
      return ok(settings)
    } catch (error) {
      return err(storeError('The settings could not be written', error))
    }
  }
  return {
    trouble,
    get: () => settings,
    set: change => {
      settings = Settings.parse({ ...settings, ...change })
      raw = { ...raw, ...settings }
      const written = writing.then(write)
      writing = written
      return written
    },
  }
}
