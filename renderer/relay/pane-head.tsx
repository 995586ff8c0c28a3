/** The head of a pane: role by colour, shape and word; the agent; what it does now; how full its context is. */
import type { Usage } from '../../shared/agent/event'
import type { SeatId } from '../../shared/pair/seat'
import { roleOf } from '../../shared/pair/view'
import { clock, count } from '../../shared/score/format'
import { useOpenPair } from '../store/context'
import { RoleMark } from '../ui/icons'
import { useNow } from '../ui/use-now'
import { agentTitle, seatRoleName, seatWords } from './words'

export const PaneHead = ({ seat }: { seat: SeatId }) => {
  const { state, live } = useOpenPair()
  const role = roleOf(state, seat)
  const { config, model, usage } = state.seats[seat]
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
      {usage && <Meter usage={usage} />}
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

const Since = ({ since }: { since: string }) => <span className="state-time">{clock(since, useNow())}</span>

/** Drawn only where the agent tells both numbers; a guess would look like a fact. */
const Meter = ({ usage }: { usage: Usage }) => {
  const { contextTokens, contextWindow } = usage
  if (contextTokens === undefined || !contextWindow) return null
  const percent = Math.min(100, Math.round((contextTokens / contextWindow) * 100))
  return (
    // biome-ignore lint/a11y/useSemanticElements: a native meter cannot be styled to the same in both themes
    <span
      className={`meter ${percent >= 80 ? 'full' : ''}`}
      role="meter"
      aria-label="Context used"
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
      title={`Context ${percent}%: ${count(contextTokens)} of ${count(contextWindow)} tokens`}
    >
      <i style={{ width: `${percent}%` }} />
    </span>
  )
}
