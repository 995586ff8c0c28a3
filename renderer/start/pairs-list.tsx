/** Every pair kept on this machine, newest first, with a filter over intent, folder and agents. */
import { type KeyboardEvent, useEffect, useState } from 'react'
import type { Waiting } from '../../shared/attention/waiting'
import { agentName } from '../../shared/pair/seat'
import type { PairSummary } from '../../shared/pair/summary'
import { plural } from '../../shared/score/format'
import { endWords } from '../../shared/score/names'
import { titleOf } from '../relay/words'
import { useAttention, usePairs, useUi, useWindow } from '../store/context'
import { Button } from '../ui/button'
import { day, shortPath } from '../ui/format'
import { SearchIcon } from '../ui/icons'
import { useNow } from '../ui/use-now'
import { Warnings } from '../ui/warnings'
import { Brand } from './brand'

const agentsOf = ({ agents }: PairSummary): string => `${agentName(agents.left)} + ${agentName(agents.right)}`

const matches = (pair: PairSummary, filter: string): boolean => {
  const text = `${pair.intent} ${pair.folder} ${agentsOf(pair)}`.toLowerCase()
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every(word => text.includes(word))
}

export const PairsList = () => {
  const { pairs, commands } = useWindow()
  const { status, list } = usePairs(store => store)
  const starting = useUi(store => store.starting)
  const [filter, setFilter] = useState('')
  useEffect(() => void pairs.getState().refresh(), [pairs])
  const shown = list.filter(pair => matches(pair, filter))
  return (
    <nav className="pairs" aria-label="Pairs">
      <Brand />
      <div className="pairs-tools">
        <label className="search">
          <SearchIcon />
          <input
            className="field"
            type="search"
            aria-label="Filter pairs"
            placeholder="Filter pairs"
            value={filter}
            onChange={event => setFilter(event.target.value)}
          />
        </label>
        {!starting && (
          <Button kind="key" label="New pair" onPress={() => commands.run('app.newPair')}>
            New
          </Button>
        )}
      </div>
      <ul className="pairs-list scrolls" onKeyDown={moveFocus}>
        {shown.map(pair => (
          <PairRow key={pair.pair} pair={pair} />
        ))}
        {shown.length === 0 && <li className="pairs-none">{noneWords(status, list.length)}</li>}
      </ul>
      <Warnings />
    </nav>
  )
}

const noneWords = (status: 'loading' | 'ready' | { readonly failed: string }, total: number): string => {
  if (typeof status === 'object') return status.failed
  if (status === 'loading') return 'Looking for pairs…'
  return total > 0 ? 'No pair matches.' : 'Pairs you start are kept here, with everything that was said.'
}

const moveFocus = (event: KeyboardEvent<HTMLElement>) => {
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('button')]
  const at = rows.indexOf(document.activeElement as HTMLElement)
  const to = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key]
  if (at < 0 || to === undefined) return
  event.preventDefault()
  rows[Math.max(0, Math.min(rows.length - 1, to))]?.focus()
}

const PairRow = ({ pair }: { pair: PairSummary }) => {
  const stores = useWindow()
  const now = useNow()
  const needed = useAttention(({ waiting }) => waiting).find(each => each.pair === pair.pair)
  const state = stateOf(pair, needed)
  return (
    <li>
      <button type="button" className="pair-row" onClick={() => void stores.pair.getState().open(pair.pair)}>
        <span className="pair-intent">{titleOf(pair.intent) || 'A pair that cannot be read'}</span>
        <span className="pair-where mono" title={pair.folder}>
          {shortPath(pair.folder)}
        </span>
        <span className="pair-facts">
          <span className={`pair-state ${state.tone}`}>{state.text}</span>
          <span>{plural(pair.round, 'round')}</span>
          <span>{day(pair.lastAt, now)}</span>
        </span>
        <span className="pair-agents">{agentsOf(pair)}</span>
      </button>
    </li>
  )
}

const stateOf = ({ state }: PairSummary, needed: Waiting | undefined): { text: string; tone: string } => {
  if (needed && needed.count > 0) return { text: `● ${needed.count} waiting`, tone: 'waits' }
  switch (state.type) {
    case 'live':
      return { text: '● Live', tone: 'live' }
    case 'open':
      return { text: '○ Not ended', tone: 'open' }
    case 'ended':
      return {
        text: `${state.reason === 'agreed' || state.reason === 'passed' ? '✓ ' : ''}${endWords(state.reason)}`,
        tone: state.reason,
      }
    case 'damaged':
      return { text: '! Damaged', tone: 'damaged' }
  }
}
