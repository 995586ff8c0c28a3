/**
 * The pairs that are open in this process, beside the one on the screen: how each stands, and one press away. There only
 * while there is another one to go to. In a narrow window marks alone are left; the words stand on them.
 */
import { strokeLabel, strokeOf } from '../../shared/keymap'
import { useAttention, usePair, useSettings, useStandings, useWindow } from '../store/context'
import { Button } from '../ui/button'
import { BackIcon, NewWindowIcon, PlusIcon } from '../ui/icons'
import { type OpenRow, rowsOf } from './rows'
import { StandingMark } from './standing-mark'

export const OpenPairs = () => {
  const { commands } = useWindow()
  const here = usePair(({ view }) => (view.phase === 'none' ? null : view.pair))
  const standings = useStandings(({ list }) => list)
  const waiting = useAttention(store => store.waiting)
  const wide = useSettings(({ settings }) => settings.pairsWide)
  const platform = useSettings(({ info }) => info.platform)
  if (!standings.some(({ pair }) => pair !== here)) return null
  const stroke = strokeOf('go.switch')
  return (
    <nav className={`open-pairs ${wide ? 'wide' : ''}`} aria-label="Open pairs" data-testid="open-pairs">
      <div className="open-pairs-head">
        <h2>Open pairs</h2>
        <Button kind="soft icon" label="Start one more" onPress={() => commands.run('app.newPair')}>
          <PlusIcon />
        </Button>
      </div>
      <ul className="scrolls">
        {rowsOf(standings, waiting).map(row => (
          <Row key={row.pair} row={row} here={row.pair === here} />
        ))}
      </ul>
      <div className="open-pairs-foot">
        <span className="hint">{stroke && `Switch: ${strokeLabel(stroke, platform)}`}</span>
        <Button
          kind="soft icon open-pairs-fold"
          label={wide ? 'Narrow this list' : 'Widen this list'}
          pressed={wide}
          onPress={() => commands.run('view.pairs')}
        >
          <BackIcon />
        </Button>
      </div>
    </nav>
  )
}

const Row = ({ row, here }: { row: OpenRow; here: boolean }) => {
  const { pair, api, ui, commands } = useWindow()
  const inNewWindow = async () => {
    if (here) return commands.run('pair.newWindow')
    const reply = await api.request('window.open', { pair: row.pair })
    if (!reply.ok) ui.getState().toast(reply.message, 'trouble')
  }
  return (
    <li className={here ? 'here' : ''}>
      <button
        type="button"
        className={`open-pair ${row.now.role ?? ''} ${row.now.tone}`}
        aria-current={here ? 'page' : undefined}
        title={row.words}
        onClick={() => void (here || pair.getState().open(row.pair))}
      >
        <span className="open-pair-mark" aria-hidden="true">
          <StandingMark now={row.now} over={row.over} />
          {row.waiting > 0 ? (
            <span className="badge">{row.waiting}</span>
          ) : (
            row.unread > 0 && <i className="open-pair-news" />
          )}
        </span>
        <span className="open-pair-text">
          <span className="open-pair-title">{row.title}</span>
          <span className="open-pair-now">{row.now.text}</span>
          <span className="open-pair-more">
            {[
              row.round,
              row.waiting > 0 ? `${row.waiting} waiting` : null,
              row.unread > 0 ? `${row.unread} new` : null,
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </span>
      </button>
      <Button
        kind="soft icon small open-pair-away"
        label={`In a window of its own: ${row.title}`}
        onPress={() => void inNewWindow()}
      >
        <NewWindowIcon />
      </Button>
    </li>
  )
}
