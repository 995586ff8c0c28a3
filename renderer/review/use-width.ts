/** The width of an element in pixels as it changes; 0 before it is known. While it is hidden, the one that it had. */
import { type RefObject, useLayoutEffect, useState } from 'react'

export const useWidth = (ref: RefObject<HTMLElement | null>): number => {
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    const element = ref.current
    if (!element) return
    const look = () => setWidth(before => element.clientWidth || before)
    look()
    const observer = new ResizeObserver(look)
    observer.observe(element)
    return () => observer.disconnect()
  }, [ref])
  return width
}
