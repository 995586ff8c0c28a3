/** Looks at a typed folder once the typing rests; only the answer to the latest text counts. */
import { useEffect, useState } from 'react'
import type { Api } from '../api'
import type { FolderCheck } from './choices'

/** Long enough not to look at every letter, short enough to feel immediate. */
const REST_MS = 180

export const useFolderCheck = (api: Api, folder: string): FolderCheck => {
  const [check, setCheck] = useState<FolderCheck>({ type: 'none' })
  useEffect(() => {
    if (folder.trim() === '') return setCheck({ type: 'none' })
    let stale = false
    setCheck({ type: 'checking' })
    const timer = setTimeout(() => {
      void api.request('folder.check', { folder: folder.trim() }).then(reply => {
        if (stale) return
        const result = reply.ok
          ? reply.value
          : { ok: false, git: false, branch: null, proof: null, message: reply.message }
        setCheck({ type: 'checked', folder, result })
      })
    }, REST_MS)
    return () => {
      stale = true
      clearTimeout(timer)
    }
  }, [api, folder])
  return check
}
