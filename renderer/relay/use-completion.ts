/** The files that fit the `@…` at the caret. An answer that comes late is for another question, and is not shown. */
import { useEffect, useState } from 'react'
import { mentionAt } from '../../shared/steer/paths'
import { useOpenPair, useWindow } from '../store/context'

export interface Completion {
  /** Where the `@` stands in the text. */
  readonly at: number
  readonly paths: readonly string[]
  readonly chosen: number
  choose(index: number): void
  /** Not for this `@`. */
  dismiss(): void
}

const NONE: { readonly query: string | null; readonly paths: readonly string[] } = { query: null, paths: [] }

/** Null: there is no `@` here, nothing fits, or it was not wanted. */
export const useCompletion = (text: string, caret: number): Completion | null => {
  const { api } = useWindow()
  const { pair } = useOpenPair()
  const [found, setFound] = useState(NONE)
  const [chosen, choose] = useState(0)
  const [dismissed, setDismissed] = useState<number | null>(null)
  const mention = mentionAt(text, caret)
  const query = mention?.query ?? null

  useEffect(() => {
    choose(0)
    if (query === null) {
      setDismissed(null)
      return setFound(NONE)
    }
    let wanted = true
    void api.request('pair.files', { pair, query: query.slice(0, 300) }).then(reply => {
      if (wanted) setFound({ query, paths: reply.ok ? reply.value : [] })
    })
    return () => {
      wanted = false
    }
  }, [api, pair, query])

  if (!mention || mention.at === dismissed || found.query === null || found.paths.length === 0) return null
  const { at } = mention
  return {
    at,
    paths: found.paths,
    chosen: Math.min(chosen, found.paths.length - 1),
    choose,
    dismiss: () => setDismissed(at),
  }
}
