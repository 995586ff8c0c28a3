/** One seat: who sits there, how it is, and its own terminal below. The terminal stays mounted whatever happens. */
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Replies } from '../../shared/ipc'
import { commandForKey } from '../../shared/keymap'
import { type SeatId, seatAgentName } from '../../shared/pair/seat'
import { roleOf } from '../../shared/pair/view'
import { AtMoment } from '../replay/at-moment'
import { ReplayedTerminal } from '../replay/replayed-terminal'
import { useOpenPair, useReplay, useSettings, useWindow } from '../store/context'
import { useFocusWish } from '../store/use-focus-wish'
import { Terminal, type TerminalHandle } from '../terminal/Terminal'
import { Button } from '../ui/button'
import { exposeScreen } from './expose-screen'
import { PaneHead } from './pane-head'
import { PastScreen } from './past-screen'
import { connectTerminal } from './terminal-port'
import { seatRoleName } from './words'

export const Pane = ({ seat }: { seat: SeatId }) => {
  const { state, live, pair } = useOpenPair()
  const then = useReplay(({ view }) => view?.shown.state ?? null)
  const role = roleOf(then ?? state, seat)
  return (
    <section
      className={`pane ${role} ${then ? 'replays' : ''}`}
      aria-label={`${seatRoleName(then ?? state, seat)}: ${seatAgentName(state.seats[seat].config)}`}
    >
      <AtMoment>
        <PaneHead seat={seat} />
      </AtMoment>
      <div className="pane-body">
        {/* What is live stays as it is below a replay, and out of reach. */}
        <div className="pane-live" inert={then !== null}>
          {live ? <Screen key={pair} seat={seat} /> : <Closed seat={seat} />}
          {live && <Strip seat={seat} />}
        </div>
        {then && (
          <AtMoment>
            <ReplayedTerminal seat={seat} />
          </AtMoment>
        )}
      </div>
    </section>
  )
}

const Screen = ({ seat }: { seat: SeatId }) => {
  const { api, ui } = useWindow()
  const { pair, state } = useOpenPair()
  const platform = useSettings(({ info }) => info.platform)
  const terminal = useRef<TerminalHandle>(null)
  const tell = (message: string) => ui.getState().toast(message, 'trouble')
  const connect = useCallback(() => connectTerminal(api, pair, seat), [api, pair, seat])
  useFocusWish(seat, () => terminal.current?.focus())

  const copy = async (text: string) => {
    try {
      await navigator.clipboard.writeText(text)
    } catch {
      tell('The clipboard did not take it.')
    }
  }
  const follow = async (url: string) => {
    const reply = await api.request('link.open', { url })
    if (!reply.ok) tell(reply.message)
  }
  return (
    <div className="pane-terminal">
      <Terminal
        exposeScreen={exposeScreen}
        ref={terminal}
        seat={seat}
        label={`Terminal of the ${seatRoleName(state, seat).toLowerCase()}, ${seatAgentName(state.seats[seat].config)}`}
        connect={connect}
        isAppKey={event => commandForKey(event, platform) !== null}
        onTrouble={error =>
          tell(`The terminal cannot be shown: ${error instanceof Error ? error.message : String(error)}`)
        }
        onCopy={text => void copy(text)}
        onLink={url => void follow(url)}
      />
    </div>
  )
}

/** What lies over the terminal's edge when its program is not running. */
const Strip = ({ seat }: { seat: SeatId }) => {
  const { commands } = useWindow()
  const { state } = useOpenPair()
  const { status, config } = state.seats[seat]
  const name = seatAgentName(config)
  if (status.type === 'starting')
    return (
      <output className="strip starting">
        <i className="strip-run" />
        Starting {name}…
      </output>
    )
  if (status.type !== 'exited' && status.type !== 'failed') return null
  const failed = status.type === 'failed'
  const id = seat === 'left' ? 'pair.restartLeft' : 'pair.restartRight'
  const code = status.type === 'exited' && status.code !== null ? ` with code ${status.code}` : ''
  return (
    <div className={`strip ${failed ? 'failed' : 'exited'}`} role="status">
      <div className="grow">
        <b>{failed ? `${name} could not start` : `${name} exited${code}`}</b>
        <p className="selectable">
          {status.type === 'failed'
            ? status.message
            : status.resumable
              ? 'Its session is kept: Restart goes on where it stood.'
              : 'Restart begins a new session.'}
        </p>
      </div>
      <Button kind="go" why={commands.why(id)} onPress={() => commands.run(id)}>
        {failed ? 'Try again' : 'Restart'}
      </Button>
    </div>
  )
}

type Past = Replies['terminal.past']

const usePast = (seat: SeatId): Past => {
  const { api } = useWindow()
  const { pair } = useOpenPair()
  const [past, setPast] = useState<Past>(null)
  useEffect(() => {
    let wanted = true
    void api.request('terminal.past', { pair, seat }).then(reply => {
      if (wanted) setPast(reply.ok ? reply.value : null)
    })
    return () => {
      wanted = false
    }
  }, [api, pair, seat])
  return past
}

const Closed = ({ seat }: { seat: SeatId }) => {
  const { state } = useOpenPair()
  const past = usePast(seat)
  const { session, config } = state.seats[seat]
  return (
    <div className={`closed ${past ? 'has-past' : ''}`}>
      {past && (
        <PastScreen past={past} label={`Last screen of the ${seatRoleName(state, seat).toLowerCase()}`} />
      )}
      <p className="closed-title">{seatAgentName(config)} is not running</p>
      <p className="quiet">
        {session ? 'Its session is kept and goes on where it stood.' : 'It had not begun.'}
      </p>
    </div>
  )
}
