/** A diff between two trees. While another one is read, what was shown stays: a new handoff takes nobody's place away. */
import { useEffect, useState } from 'react'
import type { TreeDiff } from '../../shared/review/diff'
import { useWindow } from '../store/context'

type Loaded =
  | { readonly phase: 'loading' }
  | { readonly phase: 'failed'; readonly message: string }
  | { readonly phase: 'ready'; readonly diff: TreeDiff }

export const useTreeDiff = (pair: string, from: string, to: string): Loaded => {
  const { api } = useWindow()
  const [loaded, setLoaded] = useState<Loaded>({ phase: 'loading' })
  useEffect(() => {
    let wanted = true
    void api.request('pair.diff', { pair, from, to }).then(reply => {
      if (!wanted) return
      setLoaded(
        reply.ok ? { phase: 'ready', diff: reply.value } : { phase: 'failed', message: reply.message },
      )
    })
    return () => {
      wanted = false
    }
  }, [api, pair, from, to])
  return loaded
}
