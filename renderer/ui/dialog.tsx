/** The platform's own modal dialog: it keeps the focus in, closes on Escape, and gives the focus back. */
import { type ReactNode, useEffect, useRef } from 'react'

interface Props {
  readonly label: string
  readonly onClose: () => void
  readonly children: ReactNode
  readonly className?: string
}

export const Dialog = ({ label, onClose, children, className }: Props) => {
  const ref = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const dialog = ref.current
    const before = document.activeElement
    dialog?.showModal()
    return () => {
      dialog?.close()
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  return (
    <dialog
      ref={ref}
      className={className}
      aria-label={label}
      onCancel={event => {
        event.preventDefault()
        onClose()
      }}
      onPointerDown={event => {
        if (event.target === ref.current) onClose()
      }}
    >
      {children}
    </dialog>
  )
}
