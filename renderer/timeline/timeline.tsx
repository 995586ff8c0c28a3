/** The timeline is a score for two voices: two lanes, time running down, and what passes between them. */
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { inMeasures, roundSums } from '../../shared/score/rounds'
import { useToggles } from '../review/use-toggles'
import { useOpenPair, useUi, useWindow } from '../store/context'
import { useFocusWish } from '../store/use-focus-wish'
import { LaneHeads, Ruler } from './lanes'
import { Score, type ScoreHandle } from './score'
import { ScoreBar, SearchLine } from './score-bar'
import { type Sift, sifted } from './sift'
import { useLayout } from './use-layout'
import { useSearch } from './use-search'
import { useShown } from './use-shown'
import { useWays } from './use-ways'

/** A score of another pair is another score. */
export const Timeline = () => <OneTimeline key={useOpenPair().pair} />

const OneTimeline = () => {
  const { entries: all } = useOpenPair()
  const box = useRef<HTMLDivElement>(null)
  const score = useRef<ScoreHandle>(null)
  const { on: sifts, toggle: onSift } = useToggles<Sift>()
  const { on: open, toggle: onToggle } = useToggles<number>()
  const [round, setRound] = useState(1)
  const entries = useMemo(() => sifted(inMeasures(all), sifts), [all, sifts])
  const sums = useMemo(() => roundSums(all), [all])
  const { rows, step } = useLayout(entries, box)
  const ways = useWays(entries, score)
  const search = useSearch(entries, ways)
  const shown = useShown(entries, score)
  const goToHold = () => ways.goTo(ways.nextHold() ?? -1)
  useWishes({ focus: ways.focusRow, search: search.start, nextHold: goToHold })
  useRowWish(seq => {
    const index = entries.findIndex(entry => entry.seq === seq)
    if (index < 0) return
    ways.goTo(index)
    score.current?.open(index)
  })

  const onKey = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === '/') search.start()
    else if (event.key === 'h') {
      const next = ways.nextHold()
      if (next === undefined) return
      ways.goTo(next)
      score.current?.focus(next)
    } else return
    event.preventDefault()
  }
  return (
    <div className="timeline" ref={box}>
      <ScoreBar
        sifts={sifts}
        onSift={sift => {
          ways.stayWhileSifted()
          onSift(sift)
        }}
        whyNoHold={ways.hasHolds ? null : 'Nothing here was held, and nobody asked.'}
        onNextHold={goToHold}
        searching={search.on}
        onSearching={on => (on ? search.start() : search.line.onClose())}
      />
      {search.on && <SearchLine {...search.line} />}
      <LaneHeads round={round} />
      {rows.length === 0 ? (
        <p className="score-none">Nothing of this kind has happened yet.</p>
      ) : (
        <Score
          handle={score}
          rows={rows}
          shape={`${step} ${[...sifts].join()}`}
          open={open}
          onToggle={onToggle}
          sums={sums}
          ways={ways}
          hits={search.hits}
          words={search.words}
          shown={shown}
          onRound={setRound}
          onKey={onKey}
        />
      )}
      <Ruler />
    </div>
  )
}

/** What is asked of the timeline from elsewhere: by key, menu or palette; maybe before it was there. */
const useWishes = (fulfil: Readonly<Record<'focus' | 'search' | 'nextHold', () => void>>): void => {
  const { ui } = useWindow()
  const wish = useUi(store => store.scoreWish)
  const latest = useRef(fulfil)
  latest.current = fulfil
  useFocusWish('timeline', fulfil.focus)
  useEffect(() => {
    if (wish === null) return
    latest.current[wish]()
    ui.getState().scoreAsked()
  }, [wish, ui])
}

/** A row that was found elsewhere, such as by the search of past pairs. */
const useRowWish = (open: (seq: number) => void): void => {
  const { ui } = useWindow()
  const row = useUi(store => store.row)
  const latest = useRef(open)
  latest.current = open
  useEffect(() => {
    if (row === null) return
    latest.current(row)
    ui.getState().rowShown()
  }, [row, ui])
}
