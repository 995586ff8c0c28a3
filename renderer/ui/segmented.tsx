/** A choice of a few: radio buttons, so that arrows move in it and a reader hears what it is. */
import { type ReactNode, useId } from 'react'

interface Choice<T extends string> {
  readonly value: T
  readonly label: string
  readonly mark?: ReactNode
  /** Why this one cannot be chosen now. */
  readonly why?: string | null
}

interface Props<T extends string> {
  readonly label: string
  readonly value: T
  readonly choices: readonly Choice<T>[]
  readonly onChange: (value: T) => void
  readonly disabled?: boolean
}

export const Segmented = <T extends string>({ label, value, choices, onChange, disabled }: Props<T>) => {
  const name = useId()
  return (
    <div className="segmented" role="radiogroup" aria-label={label}>
      {choices.map(choice => (
        <label key={choice.value} title={choice.why ?? undefined}>
          <input
            type="radio"
            name={name}
            checked={choice.value === value}
            disabled={disabled || Boolean(choice.why)}
            onChange={() => onChange(choice.value)}
          />
          {choice.mark}
          <span>{choice.label}</span>
        </label>
      ))}
    </div>
  )
}
