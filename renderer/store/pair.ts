/**
 * The pair on screen: its journal, folded by the same functions as in the main process. Nothing here is guessed;
 * a button changes nothing until its event has come back.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { OpenedPair } from '../../shared/ipc'
import type { Entry } from '../../shared/journal/entry'
import { isKnown } from '../../shared/journal/line'
import type { JournalRead } from '../../shared/journal/reading'
import {
  emptyTimeline,
  entriesOf,
  foldEvents,
  foldTimeline,
  type Timeline,
} from '../../shared/journal/timeline'
import type { Stamped } from '../../shared/pair/events'
import { evolve, fold } from '../../shared/pair/evolve'
import type { Command } from '../../shared/pair/inputs'
import type { PairState } from '../../shared/pair/model'
import type { Api } from '../api'

export interface OpenPair {
  readonly phase: 'open'
  readonly pair: string
  /** Of the last event folded in, known to this version or not. */
  readonly seq: number
  readonly state: PairState
  readonly timeline: Timeline
  readonly entries: readonly Entry[]
  readonly live: boolean
  readonly damage: readonly string[]
  readonly storageTrouble: string | null
  /** It is shown as it was at a moment; see the replay. */
  readonly replayed: boolean
}

type PairView =
  | { readonly phase: 'none' }
  | { readonly phase: 'opening'; readonly pair: string }
  | { readonly phase: 'failed'; readonly pair: string; readonly message: string }
  | OpenPair

export interface PairStore {
  readonly view: PairView
  /** One that another window has comes to the front there, and nothing changes here. */
  open(pair: string): Promise<void>
  leave(): void
  /** Null when it was taken, else why not. */
  command(command: Command): Promise<string | null>
  close(): Promise<string | null>
}

/** Its schemas are a fifth of the scripts, and the first screen reads no journal. */
export const journalReader = () => import('./journal')

const startView = (
  pair: string,
  { events, damage }: JournalRead,
  { live, storageTrouble, ...opened }: OpenedPair,
): PairView => {
  if (events.length === 0)
    return { phase: 'failed', pair, message: 'The journal of this pair holds nothing that can be read.' }
  const timeline = foldEvents(emptyTimeline, events)
  return {
    phase: 'open',
    pair,
    seq: events.at(-1)?.seq ?? -1,
    state: fold(events.filter(isKnown)),
    timeline,
    entries: entriesOf(timeline),
    replayed: false,
    live,
    // Of a pair at work the last write may be half there still, and what else was lost was told when it was opened.
    damage: live ? opened.damage : [...damage, ...opened.damage],
    storageTrouble,
  }
}

/** Folds what is new. An event that was seen before is skipped; a gap gives null: the pair must be read again. */
const advance = (view: OpenPair, events: readonly Stamped[]): OpenPair | null => {
  let { seq, state, timeline, live } = view
  for (const event of events) {
    if (event.seq <= seq) continue
    if (event.seq !== seq + 1) return null
    seq = event.seq
    state = evolve(state, event).state
    timeline = foldTimeline(timeline, event)
    if (event.type === 'pairReopened') live = true
  }
  return { ...view, seq, state, timeline, entries: entriesOf(timeline), live }
}

/** A pair whose journal is being read, and what was told of it since. */
interface Waiting {
  readonly pair: string
  readonly events: Stamped[]
}

/** `elsewhere` is told when another window has the pair. */
export const createPairStore = (api: Api, elsewhere: () => void): StoreApi<PairStore> => {
  let wishes = 0
  const reading = new Set<Waiting>()
  const store = createStore<PairStore>((set, get) => ({
    view: { phase: 'none' },
    async open(pair) {
      wishes += 1
      const mine = wishes
      const claim = await api.request('window.claim', { pair })
      if (mine !== wishes) return
      if (claim.ok && !claim.value) return elsewhere()
      const before = get().view
      if (before.phase !== 'open' || before.pair !== pair) set({ view: { phase: 'opening', pair } })
      const waiting: Waiting = { pair, events: [] }
      reading.add(waiting)
      const [reply, { readBytes }] = await Promise.all([api.request('pairs.open', { pair }), journalReader()])
      reading.delete(waiting)
      const now = get().view
      if (now.phase === 'none' || now.pair !== pair) return
      if (!reply.ok) return set({ view: { phase: 'failed', pair, message: reply.message } })
      const view = startView(pair, readBytes(reply.value.journal), reply.value)
      set({ view: view.phase === 'open' ? (advance(view, waiting.events) ?? view) : view })
    },
    leave() {
      wishes += 1
      set({ view: { phase: 'none' } })
      void api.request('window.claim', { pair: null })
    },
    async command(command) {
      const { view } = get()
      if (view.phase !== 'open') return 'No pair is open.'
      const reply = await api.request('pair.command', { pair: view.pair, command: mutable(command) })
      return reply.ok ? null : reply.message
    },
    async close() {
      const { view } = get()
      if (view.phase !== 'open') return 'No pair is open.'
      const reply = await api.request('pairs.close', { pair: view.pair })
      if (!reply.ok) return reply.message
      const now = get().view
      // Its last events have come meanwhile, or another pair has.
      if (now.phase === 'open' && now.pair === view.pair) set({ view: { ...now, live: false } })
      return null
    },
  }))

  api.on('pair.events', ({ pair, events }) => {
    const waiting = [...reading].filter(each => each.pair === pair)
    for (const each of waiting) each.events.push(...events)
    const { view } = store.getState()
    if (view.phase !== 'open' || view.pair !== pair) return
    const next = advance(view, events)
    if (next) store.setState({ view: next })
    else if (waiting.length === 0) void store.getState().open(pair)
  })
  api.on('pair.trouble', ({ pair, storageTrouble }) => {
    const { view } = store.getState()
    if (view.phase === 'open' && view.pair === pair) store.setState({ view: { ...view, storageTrouble } })
  })
  return store
}

/** The contract's schemas speak of mutable arrays; the words of the relay are readonly. A copy joins the two. */
type WireCommand = Parameters<Api['request']>[1] extends infer Input
  ? Extract<Input, { command: unknown }>['command']
  : never
const mutable = (command: Command): WireCommand => structuredClone(command) as WireCommand
