/** The board: every finding of the pair, what became of it, and what the human can decide about it. */
import { useMemo, useState } from 'react'
import { plural } from '../../shared/score/format'
import { useOpenPair } from '../store/context'
import { Segmented } from '../ui/segmented'
import { doublesOf, type Group, groupsOf, isSeenBy, itemsOf, openOnBoard, type Seen } from './board'
import { FindingCard } from './finding-card'

export const FindingsView = () => {
  const { state, entries } = useOpenPair()
  const [seen, setSeen] = useState<Seen>('all')
  const items = useMemo(() => itemsOf(state.findings), [state.findings])
  const doubles = useMemo(() => doublesOf(entries), [entries])
  if (state.findings.length === 0)
    return (
      <div className="side-empty">
        <h2>No findings yet</h2>
        <p>
          When a review names something, it stands here: how bad it is, where, who saw it, and what became of
          it. You have the last word on each.
        </p>
      </div>
    )
  const open = openOnBoard(state.findings)
  const groups = groupsOf(items.filter(item => isSeenBy(item, seen)))
  return (
    <div className="board">
      <header className="side-bar">
        <b>{open === 0 ? 'None open' : `${open} open`}</b>
        <span className="quiet">of {plural(items.length, 'finding')}</span>
        {doubles.size > 0 && (
          <>
            <span className="grow" />
            <Segmented
              label="Who saw it"
              value={seen}
              onChange={setSeen}
              choices={[
                { value: 'all', label: 'All' },
                { value: 'both', label: 'Both' },
                { value: 'driver', label: 'Driver' },
                { value: 'navigator', label: 'Navigator' },
              ]}
            />
          </>
        )}
      </header>
      <div className="board-groups scrolls">
        {groups.length === 0 && (
          <p className="side-empty">
            {seen === 'both' ? 'No finding was seen by both.' : `No finding was seen by the ${seen} alone.`}
          </p>
        )}
        {groups.map(group => (
          <GroupOf key={group.state} group={group} doubles={doubles} />
        ))}
      </div>
    </div>
  )
}

const GroupOf = ({ group, doubles }: { group: Group; doubles: ReadonlyMap<string, string> }) => {
  const { title, about, items, state } = group
  return (
    <section className={`board-group ${state}`} aria-label={title}>
      <header className="board-group-head">
        <h2>
          {title} <span className="board-count">{items.length}</span>
        </h2>
        <p className="note">{about}</p>
      </header>
      <ul>
        {items.map(item => (
          <li key={item.record.finding.id}>
            <FindingCard item={item} double={doubles.get(item.record.finding.id)} />
          </li>
        ))}
      </ul>
    </section>
  )
}
