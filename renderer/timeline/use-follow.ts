/** Whether the reader is at the end, where the score follows what is live; and how much came while they were not. */
import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { ScoreRow } from '../../shared/score/page'

/** Nearer to the end than this (px) counts as being at the end. */
const NEAR = 48

interface Options {
  readonly rows: readonly ScoreRow[]
  /** The height of all rows. */
  readonly total: number
  readonly scroller: RefObject<HTMLDivElement | null>
  /** Counts the wishes to see the newest row. */
  readonly wishes: number
}

export const useFollow = ({ rows, total, scroller, wishes }: Options) => {
  const following = useRef(true)
  /** A row is being read. What then moves the box is not the reader, until they lay hands on it again. */
  const held = useRef(false)
  const [atEnd, setAtEnd] = useState(true)
  /** The last row there was when the reader left the end. */
  const [known, setKnown] = useState(Number.POSITIVE_INFINITY)
  const last = useRef(-1)
  // The line of a round may stand below what came after it.
  last.current = Math.max(...rows.slice(-2).map(({ entry }) => entry.seq), -1)

  const setFollowing = useCallback((on: boolean) => {
    if (following.current && !on) setKnown(last.current)
    following.current = on
  }, [])
  const toEnd = useCallback(() => {
    const box = scroller.current
    if (!box) return
    held.current = false
    setFollowing(true)
    setAtEnd(true)
    box.scrollTop = box.scrollHeight
  }, [scroller, setFollowing])
  const onScroll = useCallback(() => {
    const box = scroller.current
    // A box that is not shown has no height, and tells nothing of its reader.
    if (!box || box.clientHeight === 0) return
    const near = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR
    setAtEnd(near)
    if (!held.current) setFollowing(near)
  }, [scroller, setFollowing])

  // biome-ignore lint/correctness/useExhaustiveDependencies: new rows and new heights are what moves the end
  useLayoutEffect(() => {
    if (following.current) toEnd()
    else onScroll()
  }, [rows, total, toEnd])
  useEffect(() => {
    if (wishes > 0) toEnd()
  }, [wishes, toEnd])
  useEffect(() => {
    const box = scroller.current
    if (!box) return
    const watch = new ResizeObserver(() => {
      // What stands above the box keeps to its lanes, beside a scrollbar too.
      const bar = box.offsetWidth - box.clientWidth
      box.closest<HTMLElement>('.timeline')?.style.setProperty('--scrollbar', `${bar}px`)
      if (following.current) box.scrollTop = box.scrollHeight
    })
    watch.observe(box)
    return () => watch.disconnect()
  }, [scroller])

  const news = useMemo(() => (atEnd ? 0 : rows.length - firstAfter(rows, known)), [rows, known, atEnd])
  /** Follows no longer: what one reads is not to be moved away. */
  const stay = useCallback(() => {
    held.current = true
    setFollowing(false)
  }, [setFollowing])
  /** The reader moves by themselves. */
  const onHand = useCallback(() => {
    held.current = false
  }, [])
  return { news, atEnd, toEnd, onScroll, stay, onHand }
}

/** The first row that began after `seq`; rows are in order. */
const firstAfter = (rows: readonly ScoreRow[], seq: number): number => {
  let [low, high] = [0, rows.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((rows[middle]?.entry.seq ?? 0) > seq) high = middle
    else low = middle + 1
  }
  return low
}
