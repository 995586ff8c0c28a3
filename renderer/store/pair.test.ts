import { expect, it } from 'vitest'
import type { Api } from '../api'
import { createPairStore } from './pair'
import { openedWith, startedEvent } from './stored-pair'

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
            value: name === 'window.claim' ? true : openedWith([startedEvent(pair)]),
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

it('keeps what comes while the journal is on its way, be it in it already or not', async () => {
  const { api, push } = host()
  const store = createPairStore(api, () => {})
  const opening = store.getState().open('p1')
  await expect.poll(() => store.getState().view.phase).toBe('opening')
  push('p1', [startedEvent('p1'), exited])
  await opening
  expect(store.getState().view).toMatchObject({ phase: 'open', pair: 'p1', seq: 1 })
})
