/** A set whose members are switched on and off by hand. */
import { useCallback, useState } from 'react'

export const useToggles = () => {
  const [on, setOn] = useState<ReadonlySet<string>>(new Set())
  const toggle = useCallback(
    (id: string) =>
      setOn(before => {
        const after = new Set(before)
        if (!after.delete(id)) after.add(id)
        return after
      }),
    [],
  )
  const replace = useCallback((ids: readonly string[]) => setOn(new Set(ids)), [])
  return { on, toggle, replace }
}
