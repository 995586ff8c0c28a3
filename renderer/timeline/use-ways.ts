/** Ways through the score: where one is, and how one goes to a row. */
import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Entry } from '../../shared/journal/entry'
import type { ScoreHandle } from './score'
import { isHold } from './sift'

export interface Ways {
  /** `seq` of the row that Tab reaches, if one was chosen. */
  readonly current: number | null
  /** `seq` of the row that was gone to by a jump. */
  readonly here: number | null
  /** A row took the focus. */
  readonly onCurrent: (seq: number) => void
  /** The reader scrolls by hand: what is next is then reckoned from what is seen. */
  readonly onScrollAway: () => void
  readonly goTo: (index: number) => void
  /** The row from which next and previous are reckoned. */
  readonly from: () => number
  /** Gives the focus to the current row, or to the last that is seen. */
  readonly focusRow: () => void
  /** The next row that holds, after where one is; undefined: none does. */
  readonly nextHold: () => number | undefined
  readonly hasHolds: boolean
  /** Other rows are to be shown: the reader stays where they are in time. */
  readonly stayWhileSifted: () => void
}

export const useWays = (entries: readonly Entry[], score: RefObject<ScoreHandle | null>): Ways => {
  const [current, setCurrent] = useState<number | null>(null)
  const [here, setHere] = useState<number | null>(null)
  const place = useRef<number | null>(null)
  const holds = useMemo(() => entries.flatMap((entry, index) => (isHold(entry) ? [index] : [])), [entries])

  const onCurrent = useCallback((seq: number) => {
    place.current = seq
    setCurrent(seq)
  }, [])
  const onScrollAway = useCallback(() => {
    place.current = null
  }, [])
  const goTo = (index: number) => {
    const entry = entries[index]
    if (!entry) return
    onCurrent(entry.seq)
    setHere(entry.seq)
    score.current?.stay()
    score.current?.show(index)
  }
  const indexOf = (seq: number | null): number => entries.findIndex(entry => entry.seq === seq)
  const from = (): number => {
    const at = indexOf(place.current)
    return at >= 0 ? at : (score.current?.seen()[0] ?? 0) - 1
  }
  const focusRow = () => {
    const at = indexOf(current)
    const handle = score.current
    if (at >= 0) handle?.focus(at)
    else handle?.focus(handle.atEnd() ? entries.length - 1 : handle.seen()[1])
  }
  const nextHold = () => after(holds, from())
  const stayWhileSifted = useStay(entries, score)
  return {
    stayWhileSifted,
    current,
    here,
    onCurrent,
    onScrollAway,
    goTo,
    from,
    focusRow,
    nextHold,
    hasHolds: holds.length > 0,
  }
}

const useStay = (entries: readonly Entry[], score: RefObject<ScoreHandle | null>) => {
  const wanted = useRef<number | null>(null)
  useEffect(() => {
    const at = wanted.current
    wanted.current = null
    if (at === null) return
    const index = entries.findIndex(({ seq }) => seq >= at)
    score.current?.show(index < 0 ? entries.length - 1 : index, 'start')
  }, [entries, score])
  return () => {
    const handle = score.current
    if (handle && !handle.atEnd()) wanted.current = entries[handle.seen()[0]]?.seq ?? null
  }
}

/** The first of the places that lies after this one; at the end it begins anew. */
export const after = (places: readonly number[], at: number): number | undefined =>
  places.find(place => place > at) ?? places[0]

/** The last of the places that lies before this one; at the beginning it goes on from the end. */
export const before = (places: readonly number[], at: number): number | undefined =>
  places.filter(place => place < at).at(-1) ?? places.at(-1)
