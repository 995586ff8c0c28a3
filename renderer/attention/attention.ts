/** What waits in any pair, as the host tells it; and the host is told what this window shows, for nobody is called for that. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Waiting } from '../../shared/attention/waiting'
import type { Api } from '../api'
import type { PairStore } from '../store/pair'
import type { ReplayStore } from '../store/replay'
import type { UiStore } from '../store/ui'
import { chime } from './chime'

export interface AttentionStore {
  readonly waiting: readonly Waiting[]
}

export interface AttentionDeps {
  readonly api: Api
  readonly pair: StoreApi<PairStore>
  readonly replay: StoreApi<ReplayStore>
  readonly ui: StoreApi<UiStore>
}

export const createAttentionStore = ({ api, pair, replay, ui }: AttentionDeps): StoreApi<AttentionStore> => {
  const store = createStore<AttentionStore>(() => ({ waiting: [] }))
  let shown: string | null | undefined
  const tellShown = async (): Promise<void> => {
    const { view } = pair.getState()
    const now = view.phase === 'open' ? view.pair : null
    if (now === shown) return
    shown = now
    const reply = await api.request('attention.shown', { pair: now })
    if (reply.ok) store.setState({ waiting: reply.value })
  }
  pair.subscribe(() => void tellShown())
  void tellShown()
  api.on('attention.waiting', waiting => store.setState({ waiting }))
  api.on('attention.sound', chime)
  api.on('attention.go', async ({ pair: to, place }) => {
    const { view } = pair.getState()
    ui.getState().show('none')
    // What calls is in the present.
    replay.getState().close()
    if (view.phase !== 'open' || view.pair !== to) await pair.getState().open(to)
    // It could not be opened, or the human has gone elsewhere: no other pair is meant.
    const { view: now } = pair.getState()
    if (now.phase !== 'open' || now.pair !== to) return
    if (place.type === 'card') ui.getState().showCard(place.key)
    else if (place.type === 'seat') ui.getState().focusOn(place.seat)
    else ui.getState().showNewest()
  })
  return store
}
