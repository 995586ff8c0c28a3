/** Rounds as dots: done, now (in both voices), still allowed. Beyond a dozen they would be a blur: then a bar. */
const MOST_DOTS = 12

export const Dots = ({ round, of, ended }: { round: number; of: number; ended: boolean }) => {
  if (of > MOST_DOTS)
    return (
      <span className="dots-bar" aria-hidden="true">
        <i style={{ width: `${Math.min(100, (round / of) * 100)}%` }} />
      </span>
    )
  return (
    <span className="dots" aria-hidden="true">
      {Array.from({ length: of }, (_, index) => {
        const at = index + 1
        const done = at < round || (ended && at === round)
        return <i key={at} className={done ? 'done' : at === round ? 'now' : ''} />
      })}
    </span>
  )
}
