/** Which rows exist: those that are seen, some around them, and the one that is kept for the focus. */
import {
  defaultRangeExtractor,
  measureElement,
  useVirtualizer,
  type VirtualItem,
  type Virtualizer,
} from '@tanstack/react-virtual'
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef } from 'react'
import type { ScoreRow } from '../../shared/score/page'

interface Options {
  readonly rows: readonly ScoreRow[]
  readonly open: ReadonlySet<number>
  /** The row to keep; -1: none. */
  readonly kept: number
  readonly scroller: RefObject<HTMLDivElement | null>
  readonly shape: string
  readonly onRound: (round: number) => void
}

/** What an opened row shows is measured once it is drawn; until then this is the guess, in pixels. */
const DETAILS = 260
/** Air below the last row, in pixels. */
const END = 24
/** Nearer to the end than this (px) the reader is at the end, which is kept elsewhere. */
const NEAR = 48

export const useRows = ({ rows, open, kept, scroller, shape, onRound }: Options) => {
  // The same function for all rows to come: with another, the list would reckon every place anew.
  const latest = useRef(rows)
  latest.current = rows
  const getItemKey = useCallback((index: number) => latest.current[index]?.entry.seq ?? index, [])
  const rangeExtractor = useCallback(
    (range: Parameters<typeof defaultRangeExtractor>[0]) => {
      const indexes = defaultRangeExtractor(range)
      if (kept < 0 || indexes.includes(kept)) return indexes
      return [...indexes, kept].sort((a, b) => a - b)
    },
    [kept],
  )
  const list = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count: rows.length,
    getScrollElement: () => scroller.current,
    getItemKey,
    estimateSize: index => {
      const row = rows[index]
      return row ? row.height + (open.has(row.entry.seq) ? DETAILS : 0) : 0
    },
    // While the score is hidden nothing has a size; what was known is still true when it is shown again.
    measureElement: (element, entry, instance) =>
      scroller.current?.clientHeight === 0
        ? (instance.measurementsCache[instance.indexFromElement(element)]?.size ?? 0)
        : measureElement(element, entry, instance),
    overscan: 6,
    paddingEnd: END,
    rangeExtractor,
  })
  useShape(list, scroller, shape)
  const round = rows[list.range?.startIndex ?? 0]?.entry.round ?? 1
  useEffect(() => onRound(round), [round, onRound])
  return list
}

type List = Virtualizer<HTMLDivElement, HTMLDivElement>

/** When the rows get other heights, the first one that is seen stays where it is. */
const useShape = (list: List, scroller: RefObject<HTMLDivElement | null>, shape: string): void => {
  const place = useRef<{ readonly key: VirtualItem['key']; readonly below: number } | null>(null)
  const known = useRef(shape)
  useEffect(() => {
    const box = scroller.current
    // Of a box that is hidden the width is not known.
    if (!box || box.clientHeight === 0 || known.current === shape) return
    known.current = shape
    const first = list.getVirtualItemForOffset(box.scrollTop)
    const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR
    place.current = first && !atEnd ? { key: first.key, below: box.scrollTop - first.start } : null
    list.measure()
    // Reckons with guesses. A row of the same height as before would not be measured by itself, and none is while the
    // box scrolls; an opened one is more than a guess.
    list.getTotalSize()
    for (const row of [...list.elementsCache.values()])
      if (row.isConnected) list.resizeItem(list.indexFromElement(row), row.offsetHeight)
  }, [list, scroller, shape])
  // Once the box has its new height.
  useLayoutEffect(() => {
    const kept = place.current
    if (!kept) return
    place.current = null
    const row = list.measurementsCache.find(({ key }) => key === kept.key)
    if (row && scroller.current) scroller.current.scrollTop = row.start + kept.below
  })
}
