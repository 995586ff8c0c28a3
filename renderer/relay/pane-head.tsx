/** The head of a pane: role by colour, shape and word; the agent; what it does now; how full its context is. */
import type { SeatId } from '../../shared/pair/seat'
import { roleOf } from '../../shared/pair/view'
import { clock } from '../../shared/score/format'
import { useOpenPair } from '../store/context'
import { RoleMark } from '../ui/icons'
import { useNowSince } from '../ui/use-now'
import { SeatCost } from './seat-cost'
import { agentTitle, seatRoleName, seatWords } from './words'

export const PaneHead = ({ seat }: { seat: SeatId }) => {
  const { state, live } = useOpenPair()
  const role = roleOf(state, seat)
  const { config, model } = state.seats[seat]
  const shownModel = model ?? config.model
  return (
    <header className="pane-head">
      <h2 className="role">
        <RoleMark of={role} />
        {seatRoleName(state, seat)}
      </h2>
      <span className="pane-who">
        {agentTitle(state.seats[seat])}
        {shownModel && <span className="quiet"> · {shownModel}</span>}
      </span>
      {live && <State seat={seat} />}
      <SeatCost name={seatRoleName(state, seat)} seat={state.seats[seat]} />
    </header>
  )
}

const State = ({ seat }: { seat: SeatId }) => {
  const { state, replayed } = useOpenPair()
  const { text, tone, since, detail } = seatWords(state, seat)
  return (
    <span className={`state ${tone}`} title={detail}>
      <i aria-hidden="true" />
      {text}
      {detail && <span className="state-detail">{detail}</span>}
      {since && !replayed && <Since since={since} />}
    </span>
  )
}

const Since = ({ since }: { since: string }) => (
  <span className="state-time">{clock(since, useNowSince(since))}</span>
)
