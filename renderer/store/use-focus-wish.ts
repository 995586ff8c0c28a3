/** Takes the focus when it is wished for: once, whether the wish comes before its place is drawn or after. */
import { useEffect, useRef } from 'react'
import { useUi, useWindow } from './context'
import type { FocusTarget } from './ui'

export const useFocusWish = (target: FocusTarget, take: () => void): void => {
  const { ui } = useWindow()
  const wanted = useUi(({ focus }) => focus === target)
  const latest = useRef(take)
  latest.current = take
  useEffect(() => {
    if (!wanted) return
    latest.current()
    ui.getState().focusTaken(target)
  }, [wanted, target, ui])
}
