/** The timeline is a score for two voices: two lanes, time running down, and what passes between them. */
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Entry } from '../../shared/journal/entry'
import { useWidth } from '../review/use-width'
import { useOpenPair, useUi } from '../store/context'
import { useNowWhile } from '../ui/use-now'
import { columnsOf } from './faces'
import { LaneHeads, Ruler } from './lanes'
import { layOut } from './layout'
import { Score, type ScoreHandle } from './score'
import { ScoreBar, SearchLine } from './score-bar'
import { found, isHold, type Sift, sifted } from './sift'

/** A score of another pair is another score. */
export const Timeline = () => <OneTimeline key={useOpenPair().pair} />

const OneTimeline = () => {
  const { entries: all } = useOpenPair()
  const box = useRef<HTMLDivElement>(null)
  const score = useRef<ScoreHandle>(null)
  const [sifts, toggleSift] = useToggled<Sift>()
  const [open, toggle] = useToggled<number>()
  const [current, setCurrent] = useState<number | null>(null)
  const [here, setHere] = useState<number | null>(null)
  /** Where one went last, by key or jump; forgotten when one scrolls away from it. */
  const place = useRef<number | null>(null)
  const entries = useMemo(() => sifted(all, sifts), [all, sifts])
  const { rows, shape } = useLayout(entries, box)
  const focus = useUi(store => store.focus)
  const nowWishes = useUi(store => store.nowWishes)

  const goTo = useCallback(
    (index: number) => {
      const entry = entries[index]
      if (!entry) return
      place.current = entry.seq
      setHere(entry.seq)
      setCurrent(entry.seq)
      score.current?.show(index)
    },
    [entries],
  )
  const onCurrent = useCallback((seq: number) => {
    place.current = seq
    setCurrent(seq)
  }, [])
  /** From where `next` is reckoned. */
  const from = (): number => {
    const at = entries.findIndex(({ seq }) => seq === place.current)
    return at >= 0 ? at : (score.current?.seen()[0] ?? 0) - 1
  }
  const holds = useMemo(() => entries.flatMap((entry, index) => (isHold(entry) ? [index] : [])), [entries])
  const nextHold = () => goTo(after(holds, from()) ?? -1)
  const focusRow = () => {
    const at = entries.findIndex(({ seq }) => seq === current)
    score.current?.focus(at >= 0 ? at : (score.current.seen()[1] ?? 0))
  }
  const search = useSearch(entries, goTo, from, focusRow)
  useFocusWish(focus, focusRow)
  useScoreWish(wish => (wish === 'search' ? search.start() : nextHold()))

  const onKey = (event: KeyboardEvent<HTMLElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (!(event.target instanceof HTMLElement) || !event.target.matches('.row-face')) return
    if (event.key === '/') search.start()
    else if (event.key === 'h') {
      const next = after(holds, from())
      if (next === undefined) return
      goTo(next)
      score.current?.focus(next)
    } else return
    event.preventDefault()
  }
  return (
    <div className="timeline" ref={box}>
      <ScoreBar
        sifts={sifts}
        onSift={toggleSift}
        whyNoHold={holds.length === 0 ? 'Nothing here was held, and nobody asked.' : null}
        onNextHold={nextHold}
        searching={search.on}
        onSearching={on => (on ? search.start() : search.line.onClose())}
      />
      {search.on && <SearchLine {...search.line} />}
      <LaneHeads />
      {rows.length === 0 ? (
        <p className="score-none">Nothing of this kind has happened yet.</p>
      ) : (
        <Score
          handle={score}
          rows={rows}
          shape={`${shape} ${[...sifts].join()}`}
          open={open}
          onToggle={toggle}
          current={current}
          onCurrent={onCurrent}
          onScrollAway={() => {
            place.current = null
          }}
          hits={search.hits}
          here={here}
          wishes={nowWishes}
          onKey={onKey}
        />
      )}
      <Ruler />
    </div>
  )
}

/** The first of the places that lies after this one; at the end it begins anew. */
const after = (places: readonly number[], at: number): number | undefined =>
  places.find(place => place > at) ?? places[0]

/** The last of the places that lies before this one; at the beginning it goes on from the end. */
const before = (places: readonly number[], at: number): number | undefined =>
  places.filter(place => place < at).at(-1) ?? places.at(-1)

const useToggled = <T,>() => {
  const [on, setOn] = useState<ReadonlySet<T>>(new Set())
  const toggle = useCallback((what: T) => {
    setOn(before => {
      const next = new Set(before)
      if (!next.delete(what)) next.add(what)
      return next
    })
  }, [])
  return [on, toggle] as const
}

/** In steps, so that a divider that is dragged does not lay everything out anew at each pixel. */
const WIDTH_STEP = 24

const useLayout = (entries: readonly Entry[], box: { readonly current: HTMLDivElement | null }) => {
  const width = useWidth(box)
  const steps = Math.floor((width || 380) / WIDTH_STEP)
  const columns = useMemo(() => columnsOf(steps * WIDTH_STEP), [steps])
  const now = useNowWhile(entries.some(isRunning))
  const rows = useMemo(() => layOut(entries, { columns, now }), [entries, columns, now])
  return { rows, shape: String(steps) }
}

const isRunning = (entry: Entry): boolean => entry.type === 'turn' && entry.endedAt === null

const useSearch = (
  entries: readonly Entry[],
  goTo: (index: number) => void,
  from: () => number,
  /** Gives the focus back to the rows. */
  leave: () => void,
) => {
  const [on, setOn] = useState(false)
  const [words, setWords] = useState('')
  const [wishes, setWishes] = useState(0)
  const [at, setAt] = useState<number | null>(null)
  const places = useMemo(() => (on ? found(entries, words) : []), [entries, words, on])
  const hits = useMemo(() => new Set(places.flatMap(place => entries[place]?.seq ?? [])), [places, entries])
  const go = (place: number | undefined) => {
    setAt(place ?? null)
    if (place !== undefined) goTo(place)
  }
  return {
    on,
    hits,
    start: () => {
      setOn(true)
      setWishes(count => count + 1)
    },
    line: {
      words,
      wishes,
      count: places.length,
      at: at === null ? -1 : places.indexOf(at),
      onWords: (next: string) => {
        setWords(next)
        go(after(found(entries, next), from() - 1))
      },
      onStep: (by: 1 | -1) => go(by > 0 ? after(places, from()) : before(places, from())),
      onClose: () => {
        setOn(false)
        leave()
      },
    },
  }
}

const useFocusWish = (
  focus: { readonly target: string; readonly count: number } | null,
  take: () => void,
): void => {
  const latest = useRef(take)
  latest.current = take
  useEffect(() => {
    if (focus?.target === 'timeline') latest.current()
  }, [focus])
}

const useScoreWish = (fulfil: (wish: 'search' | 'nextHold') => void): void => {
  const wish = useUi(store => store.scoreWish)
  const [first] = useState(wish)
  const latest = useRef(fulfil)
  latest.current = fulfil
  useEffect(() => {
    if (wish && wish !== first) latest.current(wish.what)
  }, [wish, first])
}
