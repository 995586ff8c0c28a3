/** A small bar with its words: what it shows is read, never only seen. */
interface Props {
  readonly label: string
  /** From 0 to 1. */
  readonly share: number
  /** What the bar stands for, in words. */
  readonly words: string
  /** Nearly full. */
  readonly near: boolean
}

export const MeterBar = ({ label, share, words, near }: Props) => {
  // Never more than is true, as in words.
  const percent = Math.floor(share * 100)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a native meter cannot be styled to the same in both themes
    <span
      className={`meter ${near ? 'full' : ''}`}
      role="meter"
      aria-label={label}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuetext={words}
      title={`${label}: ${words}`}
    >
      <i style={{ width: `${percent}%` }} />
    </span>
  )
}
