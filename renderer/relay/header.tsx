/** The bar at the top: what this pair is about, where it stands, and the controls that steer the relay. */
import type { PairState } from '../../shared/pair/model'
import { roughly } from '../../shared/score/format'
import { useOpenPair, useWindow } from '../store/context'
import { Button } from '../ui/button'
import { BackIcon, BranchIcon } from '../ui/icons'
import { useNowSince } from '../ui/use-now'
import { Controls } from './controls'
import { Cost } from './cost'
import { Dots } from './dots'
import { nowOf, titleOf } from './words'

export const Header = () => {
  const { commands } = useWindow()
  const { state, live } = useOpenPair()
  const title = titleOf(state.intent)
  return (
    <header className="bar">
      <Button kind="soft icon" label="All pairs" onPress={() => commands.run('go.pairs')}>
        <BackIcon />
      </Button>
      <h1 className="bar-title" title={state.intent}>
        {title}
      </h1>
      {state.branch && (
        <span className="chip bar-branch" title={`${state.folder} on ${state.branch}`}>
          <BranchIcon />
          <span>{state.branch}</span>
        </span>
      )}
      <Standing state={state} live={live} />
      <span className="grow" />
      <Controls />
    </header>
  )
}

const Standing = ({ state, live }: { state: PairState; live: boolean }) => {
  const now = nowOf(state)
  const closed = !live && state.stage.phase !== 'ended'
  return (
    <div className="standing">
      <Dots round={state.round} of={state.caps.rounds} ended={state.stage.phase === 'ended'} />
      <span className="standing-round">
        <b>Round {state.round}</b> of {state.caps.rounds}
      </span>
      <output
        className={`standing-now ${closed ? '' : `${now.role ?? ''} ${now.tone}`}`}
        title={now.detail}
        aria-live="polite"
      >
        {closed ? 'Closed' : now.text}
      </output>
      <span className="standing-more">
        <Elapsed state={state} live={live} />
      </span>
      <Cost state={state} live={live} />
    </div>
  )
}

const Elapsed = ({ state, live }: { state: PairState; live: boolean }) => {
  const now = useNowSince(state.startedAt)
  if (!live && !state.endedAt) return null
  const until = state.endedAt ?? now
  return (
    <span title="Since the pair started">{roughly(Date.parse(until) - Date.parse(state.startedAt))}</span>
  )
}
