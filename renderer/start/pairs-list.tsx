/** Every pair kept on this machine, newest first, and a search in what they are about and in what was said in them. */
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { Waiting } from '../../shared/attention/waiting'
import { endWords } from '../../shared/pair/names'
import { agentName } from '../../shared/pair/seat'
import type { Standing } from '../../shared/pair/standing'
import type { PairSummary } from '../../shared/pair/summary'
import { plural } from '../../shared/score/format'
import type { PairFound } from '../../shared/search/answer'
import { FoundText, openAt } from '../pairs/found'
import { useFound } from '../pairs/use-found'
import { titleOf, toldNow } from '../relay/words'
import { useAttention, usePairs, useStandings, useUi, useWindow } from '../store/context'
import { useFocusWish } from '../store/use-focus-wish'
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
  const found = useFound(filter)
  const field = useSearchFocus()
  useEffect(() => void pairs.getState().refresh(), [pairs])
  const shown = list.filter(pair => matches(pair, filter) || found.hits.has(pair.pair))
  return (
    <nav className="pairs" aria-label="Pairs">
      <Brand />
      <div className="pairs-tools">
        <label className="search">
          <SearchIcon />
          <input
            className="field"
            type="search"
            ref={field}
            aria-label="Search pairs"
            placeholder="Search pairs"
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
          <PairRow key={pair.pair} pair={pair} hit={found.hits.get(pair.pair)} />
        ))}
        {shown.length === 0 && (
          <li className="pairs-none">{found.busy ? 'Searching…' : noneWords(status, list.length)}</li>
        )}
        {found.rest !== '' && <li className="pairs-none">{found.rest}</li>}
      </ul>
      <Warnings />
    </nav>
  )
}

/** The field takes the focus when the search is asked for. */
const useSearchFocus = () => {
  const field = useRef<HTMLInputElement>(null)
  useFocusWish('pairSearch', () => field.current?.focus())
  return field
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

const PairRow = ({ pair, hit }: { pair: PairSummary; hit: PairFound | undefined }) => {
  const stores = useWindow()
  const now = useNow()
  const needed = useAttention(({ waiting }) => waiting).find(each => each.pair === pair.pair)
  const standing = useStandings(({ list }) => list).find(each => each.pair === pair.pair)
  const state = stateOf(pair, needed, standing)
  return (
    <li>
      <button type="button" className="pair-row" onClick={() => void openAt(stores, pair.pair, hit)}>
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
        {hit && <FoundText hit={hit} />}
      </button>
    </li>
  )
}

const stateOf = (
  { state }: PairSummary,
  needed: Waiting | undefined,
  standing: Standing | undefined,
): { text: string; tone: string } => {
  if (needed && needed.count > 0) return { text: `● ${needed.count} waiting`, tone: 'waits' }
  switch (state.type) {
    case 'live':
      return { text: `● ${standing ? toldNow(standing.now).text : 'Live'}`, tone: 'live' }
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
