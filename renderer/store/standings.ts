/** Where the open pairs stand, as the host tells it, and in which order this window has shown them. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Standing } from '../../shared/pair/standing'
import type { Api } from '../api'
import type { PairStore } from './pair'

export interface StandingsStore {
  /** Pairs that are open in this process, the one started first first. */
  readonly list: readonly Standing[]
  /** Pairs that this window has shown, the last one first. */
  readonly seen: readonly string[]
}

/** More nobody goes back through. */
const MOST_SEEN = 50

export const createStandingsStore = (api: Api, pair: StoreApi<PairStore>): StoreApi<StandingsStore> => {
  const store = createStore<StandingsStore>(() => ({ list: [], seen: [] }))
  let told = false
  api.on('pairs.standings', list => {
    told = true
    store.setState({ list })
  })
  void api.request('pairs.standings', undefined).then(reply => {
    // What was pushed meanwhile is newer.
    if (reply.ok && !told) store.setState({ list: reply.value })
  })
  pair.subscribe(({ view }) => {
    const { seen } = store.getState()
    if (view.phase !== 'open' || seen[0] === view.pair) return
    store.setState({ seen: [view.pair, ...seen.filter(each => each !== view.pair)].slice(0, MOST_SEEN) })
  })
  return store
}
