/** The two lanes: who they are, what runs in them, and how long a length is. Driver: a full bar; navigator: a hollow one. */
import type { CSSProperties } from 'react'
import { roleName } from '../../shared/pair/names'
import { type SeatId, seatAgentName } from '../../shared/pair/seat'
import { roleOf } from '../../shared/pair/view'
import type { Segment } from '../../shared/score/page'
import { RULER } from '../../shared/score/scale'
import { useOpenPair } from '../store/context'
import { RoleMark } from '../ui/icons'

/** Above the lanes: the names of the voices, as they are now, and the round that one reads. */
export const LaneHeads = ({ round }: { round: number }) => (
  <div className="lane-heads" aria-hidden="true">
    <LaneHead seat="left" />
    <small className="lane-round">Round {round}</small>
    <LaneHead seat="right" />
  </div>
)

const LaneHead = ({ seat }: { seat: SeatId }) => {
  const { state } = useOpenPair()
  const role = roleOf(state, seat)
  return (
    <span className={`lane-head ${seat} ${role}`}>
      <RoleMark of={role} size={13} />
      <b>{roleName(role)}</b>
      <small>{seatAgentName(state.seats[seat].config)}</small>
    </span>
  )
}

/** @param top where the bar begins in a row in which it does, in pixels */
export const LaneBar = ({ seat, segment, top }: { seat: SeatId; segment: Segment | null; top: number }) => {
  if (!segment) return null
  const { role, first, last, end } = segment
  return (
    <i
      className={`lane-bar ${seat} ${role} ${end} ${first ? 'first' : ''} ${last ? 'last' : ''}`}
      style={{ top: first ? top + 1 : 0 }}
    />
  )
}

const LONGEST = { '--longest': `${RULER.at(-1)?.px ?? 0}px` } as CSSProperties

/** The scale, said: how long the bar of a turn is, laid on its side. */
export const Ruler = () => (
  <p
    className="ruler"
    title="A bar is at least as long as this for a turn of this time; a time of rest is drawn short"
  >
    <span className="visually-hidden">The length of a turn’s bar grows with the logarithm of its time.</span>
    <span className="ruler-scale" aria-hidden="true" style={LONGEST}>
      {RULER.map(({ words, px }) => (
        <i key={words} style={{ left: px }}>
          <small>{words}</small>
        </i>
      ))}
    </span>
  </p>
)
