/** An open menu after the ARIA pattern: arrows, Home and End move in it, Escape closes it, and leaving it closes it too. */
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'

interface Props {
  readonly label: string
  readonly className: string
  /** By Escape: the focus goes back to whoever opened it. */
  readonly onClose: () => void
  /** The focus has gone elsewhere already. */
  readonly onLeave: () => void
  /** Buttons with the role `menuitem`. */
  readonly children: ReactNode
}

export const Menu = ({ label, className, onClose, onLeave, children }: Props) => {
  const menu = useRef<HTMLDivElement>(null)
  useEffect(() => menu.current?.querySelector('button')?.focus(), [])

  const onKeyDown = (event: KeyboardEvent) => {
    const items = [...(menu.current?.querySelectorAll('button') ?? [])]
    const at = items.indexOf(document.activeElement as HTMLButtonElement)
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key]
    if (event.key === 'Escape') onClose()
    else if (to !== undefined) items[(to + items.length) % items.length]?.focus()
    else return
    event.preventDefault()
  }
  return (
    <div
      ref={menu}
      className={`menu ${className}`}
      role="menu"
      tabIndex={-1}
      aria-label={label}
      onKeyDown={onKeyDown}
      onBlur={event => {
        if (!event.currentTarget.contains(event.relatedTarget)) onLeave()
      }}
    >
      {children}
    </div>
  )
}
