/** The relay's controls. Each is a command of the keymap; what does not apply now says why, what never will is not there. */

import { inboxItems } from '../../shared/attention/inbox'
import { type CommandId, labelOf, strokeAria, strokeLabel, strokeOf } from '../../shared/keymap'
import type { PairState } from '../../shared/pair/model'
import { waitsForResume } from '../relay-commands'
import { PullRequestControl } from '../review/pull-request-control'
import { useAttention, useOpenPair, usePair, useSettings, useUi, useWindow } from '../store/context'
import { Button } from '../ui/button'
import { AskIcon, InboxIcon, PanelIcon, PauseIcon, PlayIcon, StepIcon, SwapIcon } from '../ui/icons'
import { MoreMenu } from './more-menu'

export const Controls = () => {
  const { state, live } = useOpenPair()
  const agreed = state.stage.phase === 'ended' && state.stage.reason === 'agreed'
  return (
    <div className="bar-controls" role="toolbar" aria-label="Pair">
      {!live && <Control id="pair.reopen" label="Go on with this pair" kind={agreed ? 'key' : 'go'} />}
      {live && state.stage.phase !== 'ended' && <Reins state={state} />}
      <PullRequestControl />
      <span className="bar-rule" />
      <ElsewhereButton />
      <InboxButton />
      <TimelineButton />
      <MoreMenu />
    </div>
  )
}

/** There while there is something to steer: of an ended pair none of these does anything. */
const Reins = ({ state }: { state: PairState }) => {
  const paused = waitsForResume(state)
  return (
    <>
      <Control id="pair.pause" label={paused ? 'Resume' : 'Pause'} kind={paused ? 'go' : 'key'} withHint>
        {paused ? <PlayIcon /> : <PauseIcon />}
      </Control>
      <Control id="pair.step" label="Step">
        <StepIcon />
      </Control>
      <Control id="pair.swap" label={state.swapRequested ? 'Keep roles' : 'Swap roles'}>
        <SwapIcon />
      </Control>
      <Control id="pair.endRound" label="End round" />
      <Control id="pair.end" label="End" />
    </>
  )
}

interface ControlProps {
  readonly id: CommandId
  readonly label: string
  readonly kind?: string
  readonly withHint?: boolean
  readonly children?: React.ReactNode
}

const Control = ({ id, label, kind = 'key', withHint, children }: ControlProps) => {
  const { commands } = useWindow()
  const platform = useSettings(({ info }) => info.platform)
  usePair(({ view }) => view)
  const stroke = strokeOf(id)
  return (
    <Button
      kind={kind}
      label={label}
      title={[labelOf(id), stroke && strokeLabel(stroke, platform)].filter(Boolean).join('  ')}
      why={commands.why(id)}
      onPress={() => commands.run(id)}
      {...(stroke ? { keys: strokeAria(stroke, platform) } : {})}
      {...(stroke && withHint ? { hint: strokeLabel(stroke, platform) } : {})}
    >
      {children}
      <span className={children ? 'control-word' : ''}>{label}</span>
    </Button>
  )
}

/** There only while another pair needs its human, so that the bar keeps its width for what is always needed. */
const ElsewhereButton = () => {
  const { pair } = useOpenPair()
  const { commands } = useWindow()
  const others = useAttention(({ waiting }) => waiting).filter(each => each.pair !== pair)
  const [first] = others
  if (!first) return null
  return (
    <Button
      kind="key elsewhere"
      label={others.length === 1 ? 'Another pair needs you' : `${others.length} other pairs need you`}
      title={`${labelOf('go.waiting')}: ${first.intent}`}
      onPress={() => commands.run('go.waiting')}
    >
      <AskIcon />
      <span className="control-word">Another pair</span>
      {others.length > 1 && (
        <span className="badge" aria-hidden="true">
          {others.length}
        </span>
      )}
    </Button>
  )
}

const InboxButton = () => {
  const { state, live } = useOpenPair()
  const { ui, commands } = useWindow()
  const open = useUi(({ inboxOpen }) => inboxOpen)
  const waiting = live ? inboxItems(state).length : 0
  return (
    <Button
      kind="soft icon-wide"
      label={waiting === 0 ? 'Inbox, nothing waits' : `Inbox, ${waiting} waiting for you`}
      expanded={open && waiting > 0}
      onPress={() => (open && waiting > 0 ? ui.getState().setInbox(false) : commands.run('go.inbox'))}
    >
      <InboxIcon />
      {waiting > 0 && (
        <span className="badge" aria-hidden="true">
          {waiting}
        </span>
      )}
    </Button>
  )
}

const TimelineButton = () => {
  const { commands } = useWindow()
  const shown = useUi(({ timelineShown }) => timelineShown)
  return (
    <Button
      kind="soft icon"
      label={shown ? 'Hide the timeline' : 'Show the timeline'}
      pressed={shown}
      onPress={() => commands.run('view.timeline')}
    >
      <PanelIcon />
    </Button>
  )
}
