/** A set whose members are switched on and off by hand. */
import { useCallback, useState } from 'react'

export const useToggles = <T = string>() => {
  const [on, setOn] = useState<ReadonlySet<T>>(new Set())
  const toggle = useCallback(
    (id: T) =>
      setOn(before => {
        const after = new Set(before)
        if (!after.delete(id)) after.add(id)
        return after
      }),
    [],
  )
  const replace = useCallback((ids: readonly T[]) => setOn(new Set(ids)), [])
  return { on, toggle, replace }
}
