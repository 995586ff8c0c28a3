/** What the app is and what it remembers. A change shows at once and is taken back when it cannot be kept. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import { defaultSettings } from '../../shared/default-settings'
import type { AppInfo } from '../../shared/ipc'
import type { Settings } from '../../shared/settings'
import type { Api } from '../api'

export interface SettingsStore {
  readonly settings: Settings
  readonly info: Pick<AppInfo, 'version' | 'platform' | 'dataFolder' | 'warnings' | 'pair'>
  load(): Promise<string | null>
  change(part: Partial<Settings>): Promise<string | null>
}

export const createSettingsStore = (api: Api): StoreApi<SettingsStore> => {
  const store = createStore<SettingsStore>((set, get) => ({
    settings: defaultSettings,
    info: { version: '', platform: 'linux', dataFolder: '', warnings: [], pair: null },
    async load() {
      const reply = await api.request('app.info', undefined)
      if (!reply.ok) return reply.message
      const { settings, ...info } = reply.value
      set({ settings, info })
      return null
    },
    async change(part) {
      const before = get().settings
      set({ settings: { ...before, ...part } })
      const reply = await api.request('settings.set', part)
      if (reply.ok) set({ settings: reply.value })
      else set({ settings: before })
      return reply.ok ? null : reply.message
    },
  }))
  api.on('settings.changed', settings => store.setState({ settings }))
  return store
}
