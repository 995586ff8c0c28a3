/** The list of pairs, read again whenever the main process says that it changed. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { PairSummary } from '../../shared/pair/summary'
import type { Api } from '../api'

export interface PairsStore {
  readonly status: 'loading' | 'ready' | { readonly failed: string }
  readonly list: readonly PairSummary[]
  refresh(): Promise<void>
}

export const createPairsStore = (api: Api): StoreApi<PairsStore> => {
  const store = createStore<PairsStore>(set => ({
    status: 'loading',
    list: [],
    async refresh() {
      const reply = await api.request('pairs.list', undefined)
      set(reply.ok ? { status: 'ready', list: reply.value } : { status: { failed: reply.message } })
    },
  }))
  api.on('pairs.changed', () => void store.getState().refresh())
  return store
}
