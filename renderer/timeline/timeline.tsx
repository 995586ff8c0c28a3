/**
 * The score: two lanes, one for each seat, read from top to bottom. It follows what is live as long as the reader
 * is at the end; who scrolls up is left where they are, with a way back to now. Rows out of sight cost nothing
 * (content-visibility), so a long pair stays quick.
 */
import { type KeyboardEvent, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { Entry } from '../../shared/journal/entry'
import { useOpenPair, useUi } from '../store/context'
import { Button } from '../ui/button'
import { DownIcon } from '../ui/icons'
import { Row } from './row'
import { tails } from './tails'
import { echoes, sentence } from './words'

/** Nearer to the end than this (px) counts as being at the end. */
const END_PX = 48

export const Timeline = () => {
  const { entries } = useOpenPair()
  const { scroller, atEnd, toEnd, onScroll } = useFollow(entries)
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set())
  const [current, setCurrent] = useState<number | null>(null)
  const focus = useUi(store => store.focus)

  const toggle = useCallback((seq: number) => {
    setOpen(before => {
      const next = new Set(before)
      if (!next.delete(seq)) next.add(seq)
      return next
    })
  }, [])
  useEffect(() => {
    if (focus?.target !== 'timeline') return
    const rows = scroller.current?.querySelectorAll<HTMLElement>('.row-face')
    rows?.[rows.length - 1]?.focus()
  }, [focus, scroller])

  const during = useMemo(() => tails(entries), [entries])
  const repeats = useMemo(() => echoes(entries), [entries])
  const lastSeq = entries.at(-1)?.seq ?? null
  return (
    <div className="timeline">
      <div
        className="score scrolls"
        role="feed"
        aria-label="What happened"
        data-testid="timeline"
        ref={scroller}
        onScroll={onScroll}
        onKeyDown={moveFocus}
      >
        {entries.map((entry, index) => (
          <Row
            key={entry.seq}
            entry={entry}
            during={during[index] ?? ''}
            echo={repeats[index] ?? false}
            open={open.has(entry.seq)}
            reachable={entry.seq === (current ?? lastSeq)}
            position={index + 1}
            total={entries.length}
            onToggle={toggle}
            onFocus={setCurrent}
          />
        ))}
        <div className="score-foot" />
      </div>
      {!atEnd && (
        <div className="to-now">
          <Button kind="go small" onPress={toEnd}>
            <DownIcon />
            Jump to now
          </Button>
        </div>
      )}
    </div>
  )
}

/** Arrows, Home and End move between rows; Tab leaves the list. */
const moveFocus = (event: KeyboardEvent<HTMLElement>) => {
  if (!(event.target instanceof HTMLElement) || !event.target.matches('.row-face')) return
  const faces = [...event.currentTarget.querySelectorAll<HTMLElement>('.row-face')]
  const at = faces.indexOf(event.target)
  const to = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + 1,
    PageUp: at - 1,
    Home: 0,
    End: faces.length - 1,
  }[event.key]
  if (to === undefined) return
  event.preventDefault()
  faces[Math.max(0, Math.min(faces.length - 1, to))]?.focus()
}

const useFollow = (entries: readonly Entry[]) => {
  const scroller = useRef<HTMLDivElement>(null)
  const following = useRef(true)
  const [atEnd, setAtEnd] = useState(true)
  const wishes = useUi(({ nowWishes }) => nowWishes)

  const toEnd = useCallback(() => {
    const box = scroller.current
    if (!box) return
    following.current = true
    setAtEnd(true)
    box.scrollTop = box.scrollHeight
  }, [])
  const onScroll = useCallback(() => {
    const box = scroller.current
    if (!box) return
    following.current = box.scrollHeight - box.scrollTop - box.clientHeight < END_PX
    setAtEnd(following.current)
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: new rows are what moves the end
  useLayoutEffect(() => {
    if (following.current) toEnd()
  }, [entries, toEnd])
  useEffect(() => {
    if (wishes > 0) toEnd()
  }, [wishes, toEnd])
  useEffect(() => {
    const box = scroller.current
    if (!box) return
    const watch = new ResizeObserver(() => {
      if (following.current) box.scrollTop = box.scrollHeight
    })
    watch.observe(box)
    return () => watch.disconnect()
  }, [])
  return { scroller, atEnd, toEnd, onScroll }
}

const WORTH_SAYING: ReadonlySet<Entry['type']> = new Set([
  'plan',
  'report',
  'proof',
  'review',
  'request',
  'hold',
  'round',
  'swap',
  'ended',
])

const lastWorthSaying = (entries: readonly Entry[], from: number): Entry | undefined => {
  for (let index = entries.length - 1; index >= 0; index--) {
    const entry = entries[index]
    if (!entry || entry.seq <= from) return undefined
    if (WORTH_SAYING.has(entry.type)) return entry
  }
  return undefined
}

/**
 * A reader hears what matters, one sentence at a time; turns and handoffs are in the list. It stands outside the
 * timeline, so that it is heard whatever is shown.
 */
export const Spoken = () => {
  const { entries } = useOpenPair()
  const [from] = useState(() => entries.at(-1)?.seq ?? -1)
  const last = lastWorthSaying(entries, from)
  return (
    <div className="visually-hidden" role="log" aria-live="polite" aria-label="Latest">
      {last ? sentence(last) : ''}
    </div>
  )
}
