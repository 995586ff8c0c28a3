/**
 * The rows of the score in one scrolling box, of which only those near the visible ones exist; the row that was last
 * gone to is kept, so that scrolling never takes the focus away. It follows what is live as long as the reader is at
 * the end; who scrolls up is left where they are, with a way back to now.
 */
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type Ref, useCallback, useEffect, useImperativeHandle, useRef } from 'react'
import { Button } from '../ui/button'
import { DownIcon } from '../ui/icons'
import type { ScoreRow } from './layout'
import { Row } from './row'
import { useFollow } from './use-follow'

/** What the rest of the timeline may ask of the score. */
export interface ScoreHandle {
  /** The first row that is seen, and the last. */
  readonly seen: () => readonly [number, number]
  readonly show: (index: number) => void
  readonly focus: (index: number) => void
}

interface Props {
  readonly rows: readonly ScoreRow[]
  /** Changes when rows are of other heights than before, or are other rows. */
  readonly shape: string
  readonly open: ReadonlySet<number>
  readonly onToggle: (seq: number) => void
  /** `seq` of the row that Tab reaches, if it was chosen. */
  readonly current: number | null
  readonly onCurrent: (seq: number) => void
  /** Rows that hold the words that are looked for, by `seq`; and the row that was gone to. */
  readonly hits: ReadonlySet<number>
  readonly here: number | null
  /** Counts the wishes to see the newest row. */
  readonly wishes: number
  /** The reader scrolls by hand. */
  readonly onScrollAway: () => void
  readonly onKey: (event: KeyboardEvent<HTMLElement>) => void
  readonly handle: Ref<ScoreHandle>
}

/** A guess, in pixels, until it is measured. */
const DETAILS = 260
const END_PX = 24

export const Score = ({ rows, shape, open, current, hits, here, handle, ...rest }: Props) => {
  const scroller = useRef<HTMLDivElement>(null)
  const wish = useRef<number | null>(null)
  const kept = rows.findIndex(({ entry }) => entry.seq === current)
  const list = useRows(rows, open, kept, scroller)
  const total = list.getTotalSize()
  const { news, atEnd, toEnd, onScroll } = useFollow(rows, total, scroller, rest.wishes)

  // biome-ignore lint/correctness/useExhaustiveDependencies: another shape is what makes the sizes stale
  useEffect(() => list.measure(), [shape])
  const focus = useCallback(
    (index: number) => {
      const row = rows[index]
      if (!row) return
      wish.current = index
      rest.onCurrent(row.entry.seq)
      list.scrollToIndex(index, { align: 'auto' })
      takeFocus(scroller.current, wish)
    },
    [rows, list, rest.onCurrent],
  )
  useEffect(() => takeFocus(scroller.current, wish))
  useImperativeHandle(handle, () => ({
    seen: () => [list.range?.startIndex ?? 0, list.range?.endIndex ?? 0],
    show: index => list.scrollToIndex(index, { align: 'center' }),
    focus,
  }))
  const items = list.getVirtualItems()
  const reachable = items.some(({ index }) => index === kept) ? kept : items.at(-1)?.index
  return (
    <div className="score-frame">
      <div
        className="score scrolls"
        role="feed"
        aria-label="What happened"
        data-testid="timeline"
        ref={scroller}
        onScroll={onScroll}
        onWheel={rest.onScrollAway}
        onKeyDown={event => {
          moveFocus(event, rows.length, focus)
          rest.onKey(event)
        }}
      >
        <div className="score-size" style={{ height: total }}>
          {items.map(({ index, key, start }) => {
            const row = rows[index]
            if (!row) return null
            const { seq } = row.entry
            return (
              <div
                key={key}
                ref={list.measureElement}
                data-index={index}
                className="score-row"
                style={{ transform: `translateY(${start}px)` }}
              >
                <Row
                  row={row}
                  index={index}
                  total={rows.length}
                  open={open.has(seq)}
                  reachable={index === reachable}
                  mark={seq === here ? 'here' : hits.has(seq) ? 'hit' : ''}
                  onToggle={rest.onToggle}
                  onFocus={rest.onCurrent}
                />
              </div>
            )
          })}
        </div>
      </div>
      {!atEnd && (
        <div className="to-now">
          <Button
            kind="go small"
            onPress={toEnd}
            label={news > 0 ? `${news} new: jump to now` : 'Jump to now'}
          >
            <DownIcon />
            {news > 0 ? `${news} new` : 'Jump to now'}
          </Button>
        </div>
      )}
    </div>
  )
}

const useRows = (
  rows: readonly ScoreRow[],
  open: ReadonlySet<number>,
  kept: number,
  scroller: { readonly current: HTMLDivElement | null },
) => {
  const getItemKey = useCallback((index: number) => rows[index]?.entry.seq ?? index, [rows])
  const rangeExtractor = useCallback(
    (range: Parameters<typeof defaultRangeExtractor>[0]) => {
      const indexes = defaultRangeExtractor(range)
      if (kept < 0 || indexes.includes(kept)) return indexes
      return [...indexes, kept].sort((a, b) => a - b)
    },
    [kept],
  )
  return useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count: rows.length,
    getScrollElement: () => scroller.current,
    getItemKey,
    estimateSize: index => {
      const row = rows[index]
      return row ? row.height + (open.has(row.entry.seq) ? DETAILS : 0) : 0
    },
    overscan: 6,
    paddingEnd: END_PX,
    rangeExtractor,
  })
}

/** A row that is far away exists only a moment after it was gone to. */
const takeFocus = (box: HTMLElement | null, wish: { current: number | null }) => {
  if (wish.current === null) return
  const face = box?.querySelector<HTMLElement>(`[data-index="${wish.current}"] .row-face`)
  if (!face) return
  wish.current = null
  face.focus({ preventScroll: true })
}

const PAGE = 8

/** Arrows, Home and End move between rows; Tab leaves the list. */
const moveFocus = (event: KeyboardEvent<HTMLElement>, count: number, focus: (index: number) => void) => {
  if (!(event.target instanceof HTMLElement) || !event.target.matches('.row-face')) return
  if (event.ctrlKey || event.metaKey || event.altKey) return
  const at = Number(event.target.closest<HTMLElement>('[data-index]')?.dataset.index)
  const to = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + PAGE,
    PageUp: at - PAGE,
    Home: 0,
    End: count - 1,
  }[event.key]
  if (to === undefined) return
  event.preventDefault()
  focus(Math.max(0, Math.min(count - 1, to)))
}
