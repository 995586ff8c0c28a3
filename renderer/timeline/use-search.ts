/** The search in the score: the words, the rows that hold them, and the way from one to the next. */
import { useMemo, useState } from 'react'
import type { Entry } from '../../shared/journal/entry'
import { found } from './sift'
import { after, before, type Ways } from './use-ways'

const NO_HITS: ReadonlySet<number> = new Set()

export const useSearch = (entries: readonly Entry[], ways: Ways) => {
  const [on, setOn] = useState(false)
  const [words, setWords] = useState('')
  const [wishes, setWishes] = useState(0)
  const places = useMemo(() => (on ? found(entries, words) : []), [entries, words, on])
  const hits = useMemo(
    () => (places.length === 0 ? NO_HITS : new Set(places.flatMap(place => entries[place]?.seq ?? []))),
    [places, entries],
  )
  const go = (place: number | undefined) => {
    if (place !== undefined) ways.goTo(place)
  }
  return {
    on,
    hits,
    words: on ? words : '',
    start: () => {
      setOn(true)
      setWishes(count => count + 1)
    },
    line: {
      words,
      wishes,
      count: places.length,
      at: places.findIndex(place => entries[place]?.seq === ways.here),
      /** A row that holds the longer words too is not left. */
      onWords: (next: string) => {
        setWords(next)
        go(after(found(entries, next), ways.from() - 1))
      },
      onStep: (by: 1 | -1) => go((by > 0 ? after : before)(places, ways.from())),
      onClose: () => {
        setOn(false)
        ways.focusRow()
      },
    },
  }
}
