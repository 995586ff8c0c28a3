import { expect, it } from 'vitest'
import type { Api } from '../api'
import { createPairStore } from '../store/pair'
import { createReplayStore } from '../store/replay'
import { openedWith, startedEvent } from '../store/stored-pair'
import { createUiStore } from '../store/ui'
import { createAttentionStore } from './attention'

it('what calls leads to its own pair, or nowhere', async () => {
  let go: (push: unknown) => Promise<void> = async () => {}
  const api = {
    request: async (name: string, input: { pair: string }) => ({
      ok: true,
      value:
        name === 'window.claim'
          ? input.pair !== 'elsewhere'
          : name === 'pairs.open'
            ? openedWith([startedEvent(input.pair)])
            : [],
    }),
    on: (name: string, listener: (push: unknown) => Promise<void>) => {
      if (name === 'attention.go') go = listener
      return () => {}
    },
  } as unknown as Api
  const ui = createUiStore()
  const pair = createPairStore(api, () => {})
  const replay = createReplayStore(api, pair, () => {})
  createAttentionStore({ api, pair, replay, ui })
  await pair.getState().open('here')

  await go({ pair: 'elsewhere', place: { type: 'seat', seat: 'left' } })
  expect([pair.getState().view, ui.getState().focus]).toMatchObject([{ pair: 'here' }, null])
  await go({ pair: 'there', place: { type: 'seat', seat: 'left' } })
  expect([pair.getState().view, ui.getState().focus]).toMatchObject([{ pair: 'there' }, 'left'])
})
