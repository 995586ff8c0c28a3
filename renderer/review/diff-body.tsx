/**
 * The rows of the whole change in one scrolling box, of which only those near the visible ones exist. The head of the
 * file one is in stays at the top; the row that has the focus is kept, so that scrolling never takes the focus away.
 */
import { defaultRangeExtractor, useVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import { type ReactNode, type Ref, useCallback, useImperativeHandle, useRef } from 'react'
import { ScrollBox } from '../ui/scroll-box'
import { NO_FILE, type Row } from './diff-rows'

/** What the rest of the view may ask of the scrolling box. */
export interface BodyHandle {
  readonly showFile: (file: number) => void
  /** Goes back to a file's head if that is above the visible part: where one is when its lines were folded away. */
  readonly keepInView: (file: number) => void
  readonly focus: () => void
  readonly showRow: (row: number) => void
}

interface Props {
  readonly rows: readonly Row[]
  readonly render: (row: Row) => ReactNode
  /** The file whose lines are at the top, as the person scrolls. */
  readonly onScrolledTo: (file: number) => void
  readonly handle: Ref<BodyHandle>
}

/** In pixels, as in diff.css; where a line wraps or a finding is open, the real height is measured. */
const LINE = 19
const HEIGHTS: Readonly<Record<Row['type'], number>> = { file: 34, note: 30, findings: 64, lines: 0 }

export const DiffBody = ({ rows, render, onScrolledTo, handle }: Props) => {
  const scroller = useRef<HTMLDivElement>(null)
  /** After a jump one is at the file jumped to, even where the end keeps it from the top, until one scrolls oneself. */
  const jumped = useRef(false)
  const { list, head } = useRows(rows, scroller, file => !jumped.current && onScrolledTo(file))
  useImperativeHandle(handle, () => ({
    showFile: file => {
      jumped.current = true
      list.scrollToIndex(headOf(rows, file), { align: 'start' })
    },
    keepInView: file => {
      const [start] = list.getOffsetForIndex(headOf(rows, file), 'start') ?? [0]
      if (start < (list.scrollOffset ?? 0)) list.scrollToOffset(start)
    },
    showRow: row => {
      jumped.current = false
      list.scrollToIndex(row, { align: 'start' })
    },
    focus: () => scroller.current?.focus({ preventScroll: true }),
  }))
  const byHand = () => {
    jumped.current = false
  }
  return (
    <div className="diff-frame">
      <ScrollBox
        ref={scroller}
        className="diff-body"
        aria-label="Changed lines"
        onWheel={byHand}
        onPointerDown={byHand}
        onKeyDown={byHand}
      >
        <div className="diff-size" style={{ height: list.getTotalSize() }}>
          {list.getVirtualItems().map(({ index, key, start }) => {
            const row = rows[index]
            return (
              <div
                key={key}
                ref={list.measureElement}
                data-index={index}
                className={index === head ? 'diff-row stuck' : 'diff-row'}
                style={index === head ? undefined : { transform: `translateY(${start}px)` }}
              >
                {row && render(row)}
              </div>
            )
          })}
        </div>
      </ScrollBox>
    </div>
  )
}

const useRows = (
  rows: readonly Row[],
  scroller: { readonly current: HTMLDivElement | null },
  onScrolledTo: (file: number) => void,
) => {
  const head = useRef(-1)
  const rangeExtractor = useCallback(
    (range: Parameters<typeof defaultRangeExtractor>[0]) => {
      const wanted = new Set(defaultRangeExtractor(range))
      head.current = headAbove(rows, range.startIndex)
      for (const index of [head.current, focusedIndex(scroller.current)])
        if (index >= 0 && index < rows.length) wanted.add(index)
      return [...wanted].sort((a, b) => a - b)
    },
    [rows, scroller],
  )
  const list = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count: rows.length,
    getScrollElement: () => scroller.current,
    getItemKey: index => rows[index]?.key ?? index,
    estimateSize: index => {
      const row = rows[index]
      if (!row) return 0
      return HEIGHTS[row.type] + (row.type === 'lines' ? row.height * LINE + (row.gap ? 26 : 0) : 0)
    },
    overscan: 1,
    rangeExtractor,
    onChange: (instance, sync) => {
      if (!sync) return
      onScrolledTo(fileAt(rows, instance))
    },
  })
  // Read after getVirtualItems, which is what runs the range extractor.
  list.getVirtualItems()
  return { list, head: head.current }
}

const headOf = (rows: readonly Row[], file: number): number =>
  Math.max(
    0,
    rows.findIndex(row => row.type === 'file' && row.file === file),
  )

const headAbove = (rows: readonly Row[], from: number): number => {
  for (let index = from; index >= 0; index -= 1) if (rows[index]?.type === 'file') return index
  return -1
}

const focusedIndex = (scroller: HTMLElement | null): number => {
  const row = scroller?.contains(document.activeElement) && document.activeElement?.closest('.diff-row')
  return row instanceof HTMLElement ? Number(row.dataset.index) : -1
}

const fileAt = (rows: readonly Row[], list: Virtualizer<HTMLDivElement, HTMLDivElement>): number => {
  const top = list.getVirtualItemForOffset(list.scrollOffset ?? 0)
  return top ? (rows[top.index]?.file ?? NO_FILE) : NO_FILE
}
