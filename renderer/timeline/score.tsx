/**
 * The rows of the score in one scrolling box, of which only those near the visible ones exist; the row that was last
 * gone to is kept, so that scrolling never takes the focus away. It follows what is live as long as the reader is at
 * the end; who scrolls up, or opens a row to read it, is left where they are, with a way back to now.
 */
import { type KeyboardEvent, type Ref, useCallback, useImperativeHandle, useRef } from 'react'
import type { ScoreRow } from '../../shared/score/page'
import type { RoundSum } from '../../shared/score/rounds'
import { useUi } from '../store/context'
import { Button } from '../ui/button'
import { DownIcon } from '../ui/icons'
import { useHighlight } from './highlight'
import { Row } from './row'
import { moveFocus, useFocus, useReveal } from './use-focus'
import { useFollow } from './use-follow'
import { useRows } from './use-rows'
import type { Ways } from './use-ways'

/** What the rest of the timeline may ask of the score. */
export interface ScoreHandle {
  /** The first row that is seen, and the last. */
  readonly seen: () => readonly [number, number]
  readonly show: (index: number, align?: 'start') => void
  /** Whether the score follows what is live. */
  readonly atEnd: () => boolean
  /** Follows no longer: a row is gone to, to be read. */
  readonly stay: () => void
  readonly focus: (index: number) => void
  /** Opens the row to be read, and gives it the focus. */
  readonly open: (index: number) => void
}

interface Props {
  readonly rows: readonly ScoreRow[]
  /** Changes when rows are of other heights than before, or are other rows. */
  readonly shape: string
  readonly open: ReadonlySet<number>
  readonly onToggle: (seq: number) => void
  readonly ways: Ways
  readonly sums: ReadonlyMap<number, RoundSum>
  /** Rows that hold the words that are looked for, by `seq`. */
  readonly hits: ReadonlySet<number>
  /** What is looked for; empty: nothing. */
  readonly words: string
  /** `seq` of the row that a replay shows. */
  readonly shown: number | null
  /** The round of the first row that is seen. */
  readonly onRound: (round: number) => void
  /** A key that was pressed on a row. */
  readonly onKey: (event: KeyboardEvent<HTMLElement>) => void
  readonly handle: Ref<ScoreHandle>
}

export const Score = (props: Props) => {
  const { rows, shape, open, onToggle, ways, onRound, onKey, handle } = props
  const scroller = useRef<HTMLDivElement>(null)
  const kept = rows.findIndex(({ entry }) => entry.seq === ways.current)
  const list = useRows({ rows, open, kept, scroller, shape, onRound })
  useHighlight(scroller, props.words)
  const total = list.getTotalSize()
  const follow = useFollow({ rows, total, scroller, wishes: useUi(store => store.nowWishes) })
  const focus = useFocus(rows, scroller, list, ways.onCurrent)
  const { stay } = follow
  const reveal = useReveal(scroller, list)
  const toggle = useCallback(
    (seq: number) => {
      stay()
      reveal(seq)
      onToggle(seq)
    },
    [stay, reveal, onToggle],
  )
  useImperativeHandle(handle, () => ({
    seen: () => [list.range?.startIndex ?? 0, list.range?.endIndex ?? 0],
    show: (index, align) => list.scrollToIndex(index, { align: align ?? 'center' }),
    atEnd: () => follow.atEnd,
    stay,
    focus,
    open: index => {
      const seq = rows[index]?.entry.seq
      if (seq === undefined) return
      focus(index)
      stay()
      if (!open.has(seq)) toggle(seq)
    },
  }))
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    follow.onHand()
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (!(event.target instanceof HTMLElement) || !event.target.matches('.row-face')) return
    if (!moveFocus(event, event.target, rows.length, focus)) onKey(event)
  }
  return (
    <div className="score-frame">
      <div
        className="score scrolls"
        role="feed"
        aria-label="What happened"
        data-testid="timeline"
        ref={scroller}
        onScroll={follow.onScroll}
        onWheel={() => {
          follow.onHand()
          ways.onScrollAway()
        }}
        onPointerDown={follow.onHand}
        onKeyDown={onKeyDown}
      >
        <div className="score-size" style={{ height: total }}>
          <Rows {...props} list={list} kept={kept} toggle={toggle} />
        </div>
      </div>
      {!follow.atEnd && <ToNow news={follow.news} onPress={follow.toEnd} />}
    </div>
  )
}

type RowsProps = Pick<Props, 'rows' | 'open' | 'sums' | 'ways' | 'hits' | 'shown'> & {
  readonly list: ReturnType<typeof useRows>
  readonly kept: number
  readonly toggle: (seq: number) => void
}

const Rows = ({ list, kept, toggle, rows, open, sums, ways, hits, shown }: RowsProps) => {
  const items = list.getVirtualItems()
  const reachable = items.some(({ index }) => index === kept) ? kept : items.at(-1)?.index
  const markOf = (seq: number) => (seq === ways.here ? 'here' : hits.has(seq) ? 'hit' : '')
  return (
    <>
      {items.map(({ index, key, start }) => {
        const row = rows[index]
        return (
          <div
            key={key}
            ref={list.measureElement}
            data-index={index}
            className="score-row"
            style={{ transform: `translateY(${start}px)` }}
          >
            {row && (
              <Row
                row={row}
                index={index}
                total={rows.length}
                open={open.has(row.entry.seq)}
                sum={sums.get(row.entry.seq) ?? null}
                reachable={index === reachable}
                mark={markOf(row.entry.seq)}
                shown={row.entry.seq === shown}
                onToggle={toggle}
                onFocus={ways.onCurrent}
              />
            )}
          </div>
        )
      })}
    </>
  )
}

const ToNow = ({ news, onPress }: { news: number; onPress: () => void }) => (
  <div className="to-now">
    <Button kind="go small" onPress={onPress} label={news > 0 ? `${news} new: jump to now` : 'Jump to now'}>
      <DownIcon />
      {news > 0 ? `${news} new` : 'Jump to now'}
    </Button>
  </div>
)
