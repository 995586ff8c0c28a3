/** A diff between two trees. Trees never change, so what was read once for this pane is not asked for again. */
import { useEffect, useState } from 'react'
import type { TreeDiff } from '../../shared/review/diff'
import { useWindow } from '../store/context'

type Loaded =
  | { readonly phase: 'loading' }
  | { readonly phase: 'failed'; readonly message: string }
  | { readonly phase: 'ready'; readonly diff: TreeDiff }

const LOADING: Loaded = { phase: 'loading' }

export const useTreeDiff = (pair: string, from: string, to: string): Loaded => {
  const { api } = useWindow()
  const [read, setRead] = useState<ReadonlyMap<string, Loaded>>(new Map())
  const key = `${from}..${to}`
  const known = read.get(key)
  useEffect(() => {
    if (known) return
    let wanted = true
    const keep = (loaded: Loaded) => wanted && setRead(before => new Map(before).set(key, loaded))
    void api
      .request('pair.diff', { pair, from, to })
      .then(reply =>
        keep(reply.ok ? { phase: 'ready', diff: reply.value } : { phase: 'failed', message: reply.message }),
      )
    return () => {
      wanted = false
    }
  }, [api, pair, from, to, key, known])
  return known ?? LOADING
}
