/** Hands the stores to the components. They are made once, in main.tsx, and passed down; nothing is a global. */
import { createContext, useContext } from 'react'
import { type StoreApi, useStore } from 'zustand'
import type { Api } from '../api'
import type { AttentionStore } from '../attention/attention'
import type { CommandBoard } from '../commands'
import type { OpenPair, PairStore } from './pair'
import type { PairsStore } from './pairs'
import type { ProofOutputStore } from './proof'
import type { ReplayStore } from './replay'
import type { SettingsStore } from './settings'
import type { StandingsStore } from './standings'
import type { UiStore } from './ui'

export interface Stores {
  readonly api: Api
  readonly attention: StoreApi<AttentionStore>
  readonly pair: StoreApi<PairStore>
  readonly pairs: StoreApi<PairsStore>
  readonly proof: StoreApi<ProofOutputStore>
  readonly replay: StoreApi<ReplayStore>
  readonly settings: StoreApi<SettingsStore>
  readonly standings: StoreApi<StandingsStore>
  readonly ui: StoreApi<UiStore>
}

export interface Window extends Stores {
  readonly commands: CommandBoard
}

const WindowContext = createContext<Window | null>(null)
export const WindowProvider = WindowContext.Provider

export const useWindow = (): Window => {
  const value = useContext(WindowContext)
  if (!value) throw new Error('used outside WindowProvider')
  return value
}

export const useAttention = <T,>(select: (store: AttentionStore) => T): T =>
  useStore(useWindow().attention, select)
export const usePair = <T,>(select: (store: PairStore) => T): T => useStore(useWindow().pair, select)
export const usePairs = <T,>(select: (store: PairsStore) => T): T => useStore(useWindow().pairs, select)
export const useSettings = <T,>(select: (store: SettingsStore) => T): T =>
  useStore(useWindow().settings, select)
export const useStandings = <T,>(select: (store: StandingsStore) => T): T =>
  useStore(useWindow().standings, select)
export const useReplay = <T,>(select: (store: ReplayStore) => T): T => useStore(useWindow().replay, select)
export const useUi = <T,>(select: (store: UiStore) => T): T => useStore(useWindow().ui, select)

const OpenPairContext = createContext<OpenPair | null>(null)
export const OpenPairProvider = OpenPairContext.Provider

/** The open pair, for components that are drawn only while one is open. */
export const useOpenPair = (): OpenPair => {
  const value = useContext(OpenPairContext)
  if (!value) throw new Error('used outside OpenPairProvider')
  return value
}
