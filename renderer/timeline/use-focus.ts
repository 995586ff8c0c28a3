/** The focus among rows that come and go: which row has it, how keys move it, and what is brought into view. */
import { type KeyboardEvent, useCallback, useEffect, useRef } from 'react'
import type { ScoreRow } from '../../shared/score/page'
import type { useRows } from './use-rows'

/** Gives the focus to a row; one that is far away exists only a moment after it was gone to. */
export const useFocus = (
  rows: readonly ScoreRow[],
  scroller: { readonly current: HTMLElement | null },
  list: ReturnType<typeof useRows>,
  onCurrent: (seq: number) => void,
) => {
  const wish = useRef<number | null>(null)
  const take = () => {
    if (wish.current === null) return
    const face = scroller.current?.querySelector<HTMLElement>(`[data-index="${wish.current}"] .row-face`)
    if (!face) return
    wish.current = null
    face.focus({ preventScroll: true })
  }
  useEffect(take)
  return (index: number) => {
    const row = rows[index]
    if (!row) return
    wish.current = index
    onCurrent(row.entry.seq)
    list.scrollToIndex(index, { align: 'auto' })
    take()
  }
}

/** What was just opened is brought into view, as far as it fits: its face stays. */
export const useReveal = (
  scroller: { readonly current: HTMLElement | null },
  list: ReturnType<typeof useRows>,
) => {
  const opened = useRef<number | null>(null)
  useEffect(() => {
    if (opened.current === null) return
    const row = scroller.current?.querySelector(`[data-seq="${opened.current}"].open`)
    const slot = row?.closest<HTMLElement>('[data-index]')
    const measured = list.measurementsCache[Number(slot?.dataset.index)]?.size
    // The list draws anew once it knows the height. Scrolled to before, the end would be where it is no more, and followed.
    if (slot && measured !== undefined && Math.abs(measured - slot.offsetHeight) > 1) return
    row?.scrollIntoView({ block: 'nearest' })
    opened.current = null
  })
  return useCallback((seq: number) => {
    opened.current = seq
  }, [])
}

const PAGE = 8

/** Arrows, Home and End move between rows; Tab leaves the list. True when the key was one of them. */
export const moveFocus = (
  event: KeyboardEvent<HTMLElement>,
  face: HTMLElement,
  count: number,
  focus: (index: number) => void,
): boolean => {
  const at = Number(face.closest<HTMLElement>('[data-index]')?.dataset.index)
  const to = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + PAGE,
    PageUp: at - PAGE,
    Home: 0,
    End: count - 1,
  }[event.key]
  if (to === undefined) return false
  event.preventDefault()
  focus(Math.max(0, Math.min(count - 1, to)))
  return true
}
