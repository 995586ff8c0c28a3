import { expect, it } from 'vitest'
import type { Api } from '../api'
import { createPairStore } from './pair'

const started = (pair: string) => ({
  ...{ seq: 0, at: '2026-01-01T10:00:00.000Z', type: 'pairStarted', pair, salt: 's', intent: 'Mend it' },
  ...{ folder: '/f', branch: null, git: true, base: null, driver: 'left', caps: { rounds: 3 } },
  seats: { left: { agent: 'practice' }, right: { agent: 'practice' } },
})
const exited = { seq: 1, at: '2026-01-01T10:00:01.000Z', type: 'seatExited', seat: 'left', code: 0 }

/** Opens any pair; a closing is answered by hand. */
const host = () => {
  const listeners: ((push: unknown) => void)[] = []
  let closed = () => {}
  const api = {
    request: (name: string, { pair }: { pair: string }) =>
      name === 'pairs.close'
        ? new Promise(resolve => {
            closed = () => resolve({ ok: true, value: null })
          })
        : Promise.resolve({
            ok: true,
            value:
              name === 'window.claim'
                ? true
                : { events: [started(pair)], live: true, damage: [], storageTrouble: null },
          }),
    on: (name: string, listener: (push: unknown) => void) => {
      if (name === 'pair.events') listeners.push(listener)
      return () => {}
    },
  } as unknown as Api
  const push = (pair: string, events: readonly unknown[]) => {
    for (const each of listeners) each({ pair, events })
  }
  return { api, push, close: () => closed() }
}

it('keeps what comes while a pair is being closed', async () => {
  const { api, push, close } = host()
  const store = createPairStore(api, () => {})
  await store.getState().open('p1')
  const closing = store.getState().close()
  push('p1', [exited])
  close()
  expect(await closing).toBeNull()
  expect(store.getState().view).toMatchObject({ phase: 'open', pair: 'p1', live: false, seq: 1 })
})

it('stays with the pair that was chosen while another one is being closed', async () => {
  const { api, close } = host()
  const store = createPairStore(api, () => {})
  await store.getState().open('p1')
  const closing = store.getState().close()
  await store.getState().open('p2')
  close()
  expect(await closing).toBeNull()
  expect(store.getState().view).toMatchObject({ phase: 'open', pair: 'p2', live: true })
})
