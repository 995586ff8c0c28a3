/** A box that scrolls and can be reached by the Tab key, for those who have no wheel. Named by its `aria-label`. */
import type { ComponentProps } from 'react'

export const ScrollBox = ({ className = '', ...props }: ComponentProps<'section'>) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard
  <section {...props} className={`scrolls ${className}`} tabIndex={0} />
)
