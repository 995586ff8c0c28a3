/** A button that stays reachable when it cannot act, and says why: disabled buttons swallow focus and tooltips. */
import { type ReactNode, type Ref, useId } from 'react'

interface Props {
  readonly children: ReactNode
  readonly onPress: () => void
  readonly kind?: string
  /** Why it cannot act now; null when it can. */
  readonly why?: string | null
  readonly title?: string
  readonly hint?: string
  readonly label?: string
  readonly keys?: string
  readonly expanded?: boolean
  readonly pressed?: boolean
  readonly autoFocus?: boolean
  readonly submit?: boolean
  readonly ref?: Ref<HTMLButtonElement>
}

export const Button = ({ children, onPress, kind = '', why = null, title, hint, label, ...rest }: Props) => {
  const id = useId()
  return (
    <button
      ref={rest.ref}
      type={rest.submit ? 'submit' : 'button'}
      className={`button ${kind}`}
      aria-disabled={why ? true : undefined}
      aria-describedby={why ? id : undefined}
      aria-label={label}
      aria-keyshortcuts={rest.keys}
      aria-expanded={rest.expanded}
      aria-pressed={rest.pressed}
      title={why ?? title ?? label}
      // biome-ignore lint/a11y/noAutofocus: only in dialogs, on their safest choice
      autoFocus={rest.autoFocus}
      onClick={event => {
        if (why) event.preventDefault()
        else onPress()
      }}
    >
      {children}
      {hint && (
        <span className="hint" aria-hidden="true">
          {hint}
        </span>
      )}
      {why && (
        <span id={id} className="visually-hidden">
          {why}
        </span>
      )}
    </button>
  )
}
