/**
 * Another pair by a few letters: the open ones, the last seen first, then the others. The one on the screen comes last, so that
 * the key and Enter go back and forth between two.
 */
import { Command } from 'cmdk'
import { useEffect, useState } from 'react'
import { titleOf } from '../relay/words'
import { useAttention, usePair, usePairs, useStandings, useWindow } from '../store/context'
import { Dialog } from '../ui/dialog'
import { day, shortPath } from '../ui/format'
import { useNow } from '../ui/use-now'
import { type OpenRow, rowsOf } from './rows'
import { StandingMark } from './standing-mark'

/** More of the past is for the search. */
const MOST_PAST = 12

const hasAll = (text: string, query: string): boolean => {
  const low = text.toLowerCase()
  return query
    .toLowerCase()
    .split(/\s+/)
    .every(word => low.includes(word))
}

export const Switcher = () => {
  const { pair, pairs, ui, commands } = useWindow()
  const [query, setQuery] = useState('')
  useEffect(() => void pairs.getState().refresh(), [pairs])
  const close = () => ui.getState().show('none')
  const go = (to: string) => {
    close()
    void pair.getState().open(to)
  }
  const run = (id: 'go.pairs' | 'go.searchPairs' | 'app.newPair') => {
    close()
    commands.run(id)
  }
  return (
    <Dialog label="Switch to a pair" className="palette" onClose={close}>
      <Command label="Switch to a pair" loop shouldFilter={false}>
        <Command.Input
          className="palette-field"
          placeholder="Which pair?"
          value={query}
          onValueChange={setQuery}
          autoFocus
        />
        <Command.List className="palette-list scrolls">
          <OpenOnes query={query} onGo={go} />
          <PastOnes query={query} onGo={go} />
          <Command.Group heading="More">
            <Item value="search" text="Search past pairs…" onSelect={() => run('go.searchPairs')} />
            <Item value="all" text="All pairs" onSelect={() => run('go.pairs')} />
            <Item value="new" text="Start a pair…" onSelect={() => run('app.newPair')} />
          </Command.Group>
        </Command.List>
      </Command>
    </Dialog>
  )
}

const Item = ({ value, text, onSelect }: { value: string; text: string; onSelect: () => void }) => (
  <Command.Item value={value} className="palette-item" onSelect={onSelect}>
    <span>{text}</span>
  </Command.Item>
)

interface Part {
  readonly query: string
  readonly onGo: (pair: string) => void
}

const OpenOnes = ({ query, onGo }: Part) => {
  const { list, seen } = useStandings(store => store)
  const waiting = useAttention(store => store.waiting)
  const here = usePair(({ view }) => (view.phase === 'none' ? null : view.pair))
  const rows = rowsOf(list, waiting).filter(row => hasAll(row.words, query))
  if (rows.length === 0) return null
  const rank = ({ pair }: OpenRow): number => {
    if (pair === here) return Number.POSITIVE_INFINITY
    const at = seen.indexOf(pair)
    return at < 0 ? seen.length : at
  }
  return (
    <Command.Group heading="Open">
      {[...rows]
        .sort((a, b) => rank(a) - rank(b))
        .map(row => (
          <Command.Item
            key={row.pair}
            value={row.pair}
            className={`palette-item switch-item ${row.now.role ?? ''} ${row.now.tone}`}
            onSelect={() => onGo(row.pair)}
          >
            <span className="switch-mark">
              <StandingMark now={row.now} over={row.over} />
            </span>
            <span className="switch-title">{row.title}</span>
            <span className="switch-now">{row.pair === here ? 'On the screen' : row.now.text}</span>
            {row.unread > 0 && <span className="switch-more">{row.unread} new</span>}
            {row.waiting > 0 && <span className="badge">{row.waiting}</span>}
          </Command.Item>
        ))}
    </Command.Group>
  )
}

const PastOnes = ({ query, onGo }: Part) => {
  const now = useNow()
  const past = usePairs(({ list }) => list)
    .filter(({ state, intent, folder }) => state.type !== 'live' && hasAll(`${intent} ${folder}`, query))
    .slice(0, MOST_PAST)
  if (past.length === 0) return null
  return (
    <Command.Group heading="Not open">
      {past.map(({ pair, intent, folder, lastAt }) => (
        <Command.Item
          key={pair}
          value={pair}
          className="palette-item switch-item"
          onSelect={() => onGo(pair)}
        >
          <span className="switch-title">{titleOf(intent) || 'A pair that cannot be read'}</span>
          <span className="switch-more mono">{shortPath(folder)}</span>
          <span className="switch-more">{day(lastAt, now)}</span>
        </Command.Item>
      ))}
    </Command.Group>
  )
}
