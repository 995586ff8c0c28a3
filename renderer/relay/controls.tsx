/** The relay's controls. Each is a command of the keymap; what does not apply now says why. */
import { type CommandId, labelOf, strokeAria, strokeLabel, strokeOf } from '../../shared/keymap'
import { waitsForResume } from '../commands'
import { PullRequestControl } from '../review/pull-request-control'
import { useOpenPair, usePair, useSettings, useUi, useWindow } from '../store/context'
import { Button } from '../ui/button'
import { InboxIcon, PanelIcon, PauseIcon, PlayIcon, StepIcon, SwapIcon } from '../ui/icons'
import { inboxCount } from './inbox-items'
import { MoreMenu } from './more-menu'

export const Controls = () => {
  const { state, live } = useOpenPair()
  const paused = waitsForResume(state)
  const agreed = state.stage.phase === 'ended' && state.stage.reason === 'agreed'
  const over = state.stage.phase === 'ended'
  return (
    <div className="bar-controls" role="toolbar" aria-label="Pair">
      {live ? (
        <>
          <Control
            id="pair.pause"
            label={paused ? 'Resume' : 'Pause'}
            kind={paused && !over ? 'go' : 'key'}
            withHint
          >
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
      ) : (
        <Control id="pair.reopen" label="Go on with this pair" kind={agreed ? 'key' : 'go'} />
      )}
      <PullRequestControl />
      <span className="bar-rule" />
      <InboxButton />
      <TimelineButton />
      <MoreMenu />
    </div>
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

const InboxButton = () => {
  const { state, live } = useOpenPair()
  const { ui, commands } = useWindow()
  const open = useUi(({ inboxOpen }) => inboxOpen)
  const waiting = live ? inboxCount(state) : 0
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
