/** Which rows exist: those that are seen, some around them, and the one that is kept for the focus. */
import { defaultRangeExtractor, measureElement, useVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useCallback, useEffect, useRef } from 'react'
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
  // biome-ignore lint/correctness/useExhaustiveDependencies: another shape is what makes the known sizes stale
  useEffect(() => list.measure(), [shape])
  const round = rows[list.range?.startIndex ?? 0]?.entry.round ?? 1
  useEffect(() => onRound(round), [round, onRound])
  return list
}
