/** A handoff crosses from lane to lane; its label says what it carries, and how far it has come. */

import { Stat } from './stat'
import { type EntryOf, STATUS_WORDS } from './words'

export const Crossing = ({ entry }: { entry: EntryOf<'delivery'> }) => {
  const role = typeof entry.from === 'object' ? entry.from.role : 'driver'
  const rightward = entry.to.seat === 'right'
  const { measure, status } = entry
  return (
    <span className={`crossing ${role} ${status}`}>
      <svg viewBox="0 0 100 40" preserveAspectRatio="none" aria-hidden="true" focusable="false">
        <path
          d={rightward ? 'M0 4 C 34 4 66 36 100 36' : 'M100 4 C 66 4 34 36 0 36'}
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
          strokeDasharray={status === 'waiting' || status === 'dropped' ? '3 4' : undefined}
          vectorEffect="non-scaling-stroke"
        />
      </svg>
      <i className={`arrow ${rightward ? 'right' : 'left'}`} />
      <span className="crossing-label">
        {measure?.diffstat ? (
          <Stat diffstat={measure.diffstat} />
        ) : (
          <small>{entry.to.role === 'driver' ? 'handed back' : 'for review'}</small>
        )}
        {status !== 'answered' && (
          <small className={`crossing-status ${status}`}>{STATUS_WORDS[status]}</small>
        )}
        {entry.original !== null && <small>edited by you</small>}
      </span>
    </span>
  )
}
