import { expect, it } from 'vitest'
import type { Api } from '../api'
import { createPairStore } from './pair'
import { rememberOpenPair } from './remember'
import { openedWith, startedEvent } from './stored-pair'

const storageWith = (...pairs: [string, string][]) => {
  const kept = new Map(pairs)
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
}

/** Opens `p1` and nothing else. */
const api = {
  request: async (name: string, { pair }: { pair: string }) =>
    name === 'window.claim'
      ? { ok: true, value: pair !== 'elsewhere' }
      : pair === 'p1'
        ? { ok: true, value: openedWith([startedEvent('p1')]) }
        : { ok: false, message: 'There is no such pair.' },
  on: () => () => {},
} as unknown as Api

it('comes back to the pair that was open, and forgets it when it is left', async () => {
  const storage = storageWith()
  const first = createPairStore(api, () => {})
  expect(await rememberOpenPair(first, storage, Promise.resolve(null))).toBeNull()
  await first.getState().open('p1')

  const second = createPairStore(api, () => {})
  expect(await rememberOpenPair(second, storage, Promise.resolve(null))).toBeNull()
  expect(second.getState().view).toMatchObject({ phase: 'open', pair: 'p1' })

  second.getState().leave()
  expect(storage.kept.size).toBe(0)
})

it('falls back to the first screen and says why when the pair cannot be opened any more', async () => {
  const storage = storageWith(['duologue.pair', 'gone'])
  const store = createPairStore(api, () => {})
  expect(await rememberOpenPair(store, storage, Promise.resolve(null))).toBe('There is no such pair.')
  expect(store.getState().view).toEqual({ phase: 'none' })
  expect(storage.kept.size).toBe(0)
})

it('begins with the pair that the window was opened for', async () => {
  const store = createPairStore(api, () => {})
  expect(await rememberOpenPair(store, storageWith(), Promise.resolve('p1'))).toBeNull()
  expect(store.getState().view).toMatchObject({ phase: 'open', pair: 'p1' })
})

it('leaves a pair to the window that has it', async () => {
  let told = 0
  const store = createPairStore(api, () => {
    told += 1
  })
  await store.getState().open('p1')
  await store.getState().open('elsewhere')
  expect([told, store.getState().view]).toEqual([1, expect.objectContaining({ phase: 'open', pair: 'p1' })])
})
