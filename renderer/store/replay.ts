/**
 * The replay of the open pair: the moment that is shown, and the pair as it was then, folded by the same functions as
 * live. What runs goes on undisturbed meanwhile. Moments are in milliseconds since 1970.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { JournalEvent } from '../../shared/journal/line'
import { entriesOf } from '../../shared/journal/timeline'
import type { SeatId } from '../../shared/pair/seat'
import { axisOf, lengthOf, momentAt, positionOf, type Span } from '../../shared/replay/axis'
import { handoffsOf, marksOf } from '../../shared/replay/marks'
import { createPast, type Past } from '../../shared/replay/past'
import type { Speed } from '../../shared/replay/play'
import type { Api } from '../api'
import { createPlayer, type Player, type ReplayScreen } from '../replay/player'
import { journalReader, type OpenPair, type PairStore } from './pair'

export interface ReplayView {
  readonly pair: string
  readonly at: number
  readonly playing: boolean
  readonly speed: Speed
  readonly spans: readonly Span[]
  readonly recorded: Readonly<Record<SeatId, boolean>>
  /** The pair as it was. */
  readonly shown: OpenPair
}

export interface ReplayStore {
  /** Null: the present is shown. */
  readonly view: ReplayView | null
  /** Recordings are being made ready. */
  readonly opening: boolean
  /** Begins a replay, or takes the one that runs to another moment. Null when it did, else why not. */
  show(at: number | null): Promise<string | null>
  seek(at: number): void
  /** To the handoff before or after. */
  step(to: 'previous' | 'next'): void
  play(): void
  pause(): void
  setSpeed(speed: Speed): void
  close(): void
  attach(seat: SeatId, screen: ReplayScreen): () => void
}

/** The end of a live replay is the present; so near to it there is nothing left to replay. */
const PRESENT_MS = 400

const extentOf = (view: Pick<ReplayView, 'spans'>, live: boolean, now: number): readonly Span[] => {
  const last = view.spans.at(-1)
  return live && last
    ? [...view.spans.slice(0, -1), { from: last.from, to: Math.max(last.to, now) }]
    : view.spans
}

/** The moment of the handoff before or after; undefined when there is none. */
export const handoffFrom = (open: OpenPair, at: number, to: 'previous' | 'next'): number | undefined => {
  const handoffs = handoffsOf(marksOf(open.entries))
  return to === 'next' ? handoffs.find(each => each > at) : handoffs.filter(each => each < at).at(-1)
}

interface Running {
  readonly past: Past
  readonly player: Player
}

/** @param tell shows what went wrong. */
export const createReplayStore = (
  api: Api,
  pairs: StoreApi<PairStore>,
  tell: (message: string) => void,
): StoreApi<ReplayStore> => {
  let running: Running | undefined
  /** What happens while a replay is being opened. */
  let meanwhile: JournalEvent[] = []
  /** Counts the openings, so that one that was given up does not come late. */
  let opened = 0

  const openPair = (): OpenPair | null => {
    const { view } = pairs.getState()
    return view.phase === 'open' ? view : null
  }

  const shownOf = (past: Past, open: OpenPair, at: number, before?: ReplayView): OpenPair => {
    const { state, timeline, count } = past.until(at)
    if (before?.shown.seq === count) return before.shown
    return { ...open, seq: count, state, timeline, entries: entriesOf(timeline), live: true, replayed: true }
  }

  const store = createStore<ReplayStore>((set, get) => {
    const moved = (at: number): void => {
      const { view } = get()
      const open = openPair()
      if (view && running && open)
        set({ view: { ...view, at, shown: shownOf(running.past, open, at, view) } })
    }

    const end = (): number => {
      const { view } = get()
      if (openPair()?.live) return Date.now() - PRESENT_MS
      return Math.max(view?.spans.at(-1)?.to ?? 0, running?.past.last() ?? 0)
    }

    const playerOf = (pair: string, past: Past, at: number): Player =>
      createPlayer(
        {
          frame: async (seat, moment) => {
            const reply = await api.request('replay.frame', { pair, seat, at: moment })
            if (!reply.ok) tell(reply.message)
            return reply.ok ? reply.value : null
          },
          read: async (seat, from) => {
            const reply = await api.request('replay.read', { pair, seat, from })
            if (!reply.ok) tell(reply.message)
            return reply.ok ? reply.value : null
          },
          nextEvent: past.nextAfter,
          end,
          moved,
          ended: () => (openPair()?.live ? get().close() : get().pause()),
        },
        at,
      )

    const begin = async (open: OpenPair, wanted: number | null): Promise<string | null> => {
      opened += 1
      const mine = opened
      meanwhile = []
      set({ opening: true })
      const { pair } = open
      const [{ readBytes }, journal, extent] = await Promise.all([
        journalReader(),
        api.request('pairs.open', { pair }),
        api.request('replay.open', { pair }),
      ])
      if (mine !== opened) return null
      set({ opening: false })
      if (!journal.ok) return journal.message
      if (!extent.ok) return extent.message
      const past = createPast(readBytes(journal.value.journal).events)
      past.append(meanwhile)
      const spans = axisOf([
        ...extent.value.spans,
        ...[past.first, past.last()].map(at => ({ from: at, to: at })),
      ])
      const at = wanted ?? beginOf(open, spans)
      running = { past, player: playerOf(pair, past, at) }
      const { recorded } = extent.value
      set({
        view: { pair, at, playing: false, speed: 1, spans, recorded, shown: shownOf(past, open, at) },
      })
      return null
    }

    return {
      view: null,
      opening: false,
      async show(at) {
        const open = openPair()
        if (!open) return 'No pair is open.'
        if (get().view === null) return begin(open, at)
        if (at !== null) {
          get().pause()
          get().seek(at)
        }
        return null
      },
      seek: at => void running?.player.seek(at),
      step(to) {
        const { view } = get()
        const open = openPair()
        const at = view && open && handoffFrom(open, view.at, to)
        if (at) get().seek(at)
      },
      play() {
        const { view } = get()
        if (!view || !running) return
        const over = view.at >= end()
        if (over && openPair()?.live) return get().close()
        // At the end of a past pair it begins again.
        if (over) get().seek(view.spans[0]?.from ?? 0)
        set({ view: { ...(get().view ?? view), playing: true } })
        running.player.play()
      },
      pause() {
        const { view } = get()
        running?.player.pause()
        if (view) set({ view: { ...view, playing: false } })
      },
      setSpeed(speed) {
        const { view } = get()
        running?.player.setSpeed(speed)
        if (view) set({ view: { ...view, speed } })
      },
      close() {
        opened += 1
        running?.player.stop()
        running = undefined
        set({ view: null, opening: false })
      },
      attach: (seat, screen) => running?.player.attach(seat, screen) ?? (() => undefined),
    }
  })

  api.on('pair.events', ({ pair, events }) => {
    const { view, opening } = store.getState()
    if (view?.pair === pair) running?.past.append(events)
    else if (opening && openPair()?.pair === pair) meanwhile.push(...events)
  })
  pairs.subscribe(({ view }, { view: before }) => {
    const { view: replay, opening, close } = store.getState()
    if (!replay && !opening) return
    const same = view.phase === 'open' && before.phase === 'open' && view.pair === before.pair
    // A pair that goes on is watched live.
    if (!same || (view.live && !before.live)) close()
  })
  return store
}

/** Of a pair at work, what it did last; of a past one, its beginning. */
const beginOf = (open: OpenPair, spans: readonly Span[]): number =>
  (open.live ? handoffFrom(open, Number.POSITIVE_INFINITY, 'previous') : undefined) ?? spans[0]?.from ?? 0

/** Positions for a slider: whole seconds, so that an arrow moves by one. */
export interface Track {
  readonly length: number
  readonly position: number
  readonly momentOf: (position: number) => number
  readonly positionOf: (at: number) => number
}

export const trackOf = (view: ReplayView, live: boolean, now: number): Track => {
  const axis = extentOf(view, live, now)
  return {
    length: lengthOf(axis),
    position: positionOf(axis, view.at),
    momentOf: position => momentAt(axis, position),
    positionOf: at => positionOf(axis, at),
  }
}
