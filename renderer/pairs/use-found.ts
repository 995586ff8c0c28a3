/** What the host finds in past pairs for the words in the field; asked when the typing rests a moment. */
import { useEffect, useState } from 'react'
import type { Reply } from '../../shared/ipc'
import { plural } from '../../shared/score/format'
import type { PairFound, SearchAnswer } from '../../shared/search/answer'
import { useWindow } from '../store/context'

/** Between two keys of somebody who types fast lies less, in milliseconds. */
const REST_MS = 120
/** One letter is in every pair. */
const LEAST = 2

export interface FoundPairs {
  readonly hits: ReadonlyMap<string, PairFound>
  readonly busy: boolean
  /** What is not shown and why, in words; empty: nothing. */
  readonly rest: string
}

const NOTHING: ReadonlyMap<string, PairFound> = new Map()

export const useFound = (query: string): FoundPairs => {
  const { api } = useWindow()
  const [answer, setAnswer] = useState<{ readonly to: string; readonly is: Reply<SearchAnswer> } | null>(null)
  const wanted = query.trim()
  useEffect(() => {
    if (wanted.length < LEAST) return setAnswer(null)
    let current = true
    const ask = async () => {
      const reply = await api.request('pairs.search', { query: wanted.slice(0, 500) })
      if (current) setAnswer({ to: wanted, is: reply })
    }
    const timer = setTimeout(() => void ask(), REST_MS)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [api, wanted])
  const busy = wanted.length >= LEAST && answer?.to !== wanted
  // What was found for fewer letters is not what is looked for now.
  if (!answer || busy) return { hits: NOTHING, busy, rest: '' }
  if (!answer.is.ok) return { hits: NOTHING, busy, rest: answer.is.message }
  const { found, more, unread } = answer.is.value
  const rest = [
    more > 0 ? `${plural(more, 'more pair')} with these words: one more word finds fewer.` : '',
    unread > 0 ? `${plural(unread, 'pair')} could not be read.` : '',
  ]
  return { hits: new Map(found.map(each => [each.pair, each])), busy, rest: rest.filter(Boolean).join(' ') }
}
