/** How a message travelled: the stations that rule 2 of the relay promises, each with its time. */

import type { EntryOf } from '../../shared/score/words'
import { moment } from '../ui/format'

export const Trail = ({ entry }: { entry: EntryOf<'delivery'> }) => {
  const { trail, status } = entry
  const stations = [
    ['Waiting', trail.queued],
    ['Sent', trail.sending],
    ['Accepted', trail.accepted],
    status === 'dropped' ? ['Dropped', trail.dropped] : ['Answered', trail.answered],
  ] as const
  return (
    <>
      <ol className="trail" aria-label="Delivery">
        {stations.map(([name, at]) => (
          <li key={name} className={at ? 'reached' : ''}>
            <i aria-hidden="true" />
            <span>{name}</span>
            <time dateTime={at ?? undefined}>{at ? moment(at) : '–'}</time>
          </li>
        ))}
      </ol>
      <p className="note">
        Message <span className="mono selectable">{entry.id}</span>
        {entry.carriedBy && (
          <>
            , carried by <span className="mono selectable">{entry.carriedBy}</span>
          </>
        )}
        {entry.detail && `. ${entry.detail}`}
      </p>
    </>
  )
}
