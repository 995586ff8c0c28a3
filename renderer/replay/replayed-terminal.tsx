/** A seat's terminal as it was. It lies over the live one, which stays attached below and is not touched. */
import { useEffect, useRef } from 'react'
import { commandForKey } from '../../shared/keymap'
import { type SeatId, seatAgentName } from '../../shared/pair/seat'
import { exposeScreen } from '../relay/expose-screen'
import { seatRoleName } from '../relay/words'
import { useOpenPair, useReplay, useSettings, useWindow } from '../store/context'
import { useFocusWish } from '../store/use-focus-wish'
import { openReplayTerminal, type ReplayTerminal } from '../terminal/replay-terminal'

export const ReplayedTerminal = ({ seat }: { seat: SeatId }) => {
  const { api, ui, replay } = useWindow()
  const { state } = useOpenPair()
  const platform = useSettings(({ info }) => info.platform)
  const element = useRef<HTMLDivElement>(null)
  const open = useRef<ReplayTerminal>(undefined)
  const label = `Replayed terminal of the ${seatRoleName(state, seat).toLowerCase()}, ${seatAgentName(state.seats[seat].config)}`
  const latest = useRef({ label, platform })
  latest.current = { label, platform }
  useFocusWish(seat, () => open.current?.focus())

  useEffect(() => {
    if (!element.current) return
    const stop = new AbortController()
    const tell = (text: string) => ui.getState().toast(text, 'trouble')
    openReplayTerminal(
      {
        element: element.current,
        label: latest.current.label,
        screenReader: false,
        isAppKey: event => commandForKey(event, latest.current.platform) !== null,
        onCopy: text =>
          void navigator.clipboard.writeText(text).catch(() => tell('The clipboard did not take it.')),
        onLink: url => void api.request('link.open', { url }),
        onTyped: () => ui.getState().toast('This is a replay: what you type goes nowhere.'),
      },
      stop.signal,
    ).then(
      terminal => {
        if (!terminal) return
        open.current = terminal
        const detach = replay.getState().attach(seat, terminal)
        const hide = exposeScreen(`replay.${seat}`, terminal.shown)
        const close = () => {
          detach()
          hide()
          terminal.dispose()
          if (open.current === terminal) open.current = undefined
        }
        if (stop.signal.aborted) close()
        else stop.signal.addEventListener('abort', close)
      },
      error => tell(`The replay cannot be shown: ${error instanceof Error ? error.message : String(error)}`),
    )
    return () => stop.abort()
  }, [api, ui, replay, seat])
  const recorded = useReplay(({ view }) => view?.recorded[seat] ?? false)
  return (
    <section className="seat-terminal replayed" aria-label={label} data-testid={`replayed-${seat}`}>
      <div className="seat-terminal-screen" ref={element} />
      {!recorded && <p className="replayed-none">Nothing was recorded of this terminal.</p>}
    </section>
  )
}
