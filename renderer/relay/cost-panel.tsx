/** All figures of a pair: each cap, and what each agent says that it has used. What is not told is said to be so. */
import { type KeyboardEvent, useEffect, useRef } from 'react'
import type { Usage } from '../../shared/agent/event'
import type { CapUse } from '../../shared/pair/budget'
import type { PairState } from '../../shared/pair/model'
import { SEATS, seatAgentName } from '../../shared/pair/seat'
import { tokensUsed } from '../../shared/pair/view'
import { count, money } from '../../shared/score/format'
import { capWords, contextWords, costOf, NEAR } from './cost-words'
import { MeterBar } from './meter-bar'
import { seatRoleName } from './words'

interface Props {
  readonly state: PairState
  readonly budget: readonly CapUse[]
  /** By Escape: the focus goes back to whoever opened it. */
  readonly onClose: () => void
  /** The focus has gone elsewhere already. */
  readonly onLeave: () => void
}

export const CostPanel = ({ state, budget, onClose, onLeave }: Props) => {
  const panel = useRef<HTMLDivElement>(null)
  useEffect(() => panel.current?.focus(), [])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onClose()
  }
  return (
    <div
      ref={panel}
      className="cost-panel"
      role="dialog"
      tabIndex={-1}
      aria-label="What this pair has used"
      onKeyDown={onKeyDown}
      onBlur={event => {
        // What opened it closes it by itself.
        if (!event.currentTarget.parentElement?.contains(event.relatedTarget)) onLeave()
      }}
    >
      <h2>Caps</h2>
      <CapList budget={budget} />
      <h2>Used</h2>
      <Seats state={state} />
      <p className="quiet">By the agents’ own figures. Money only where an agent tells it.</p>
    </div>
  )
}

const NAMES = { rounds: 'Rounds', minutes: 'Minutes', tokens: 'Tokens' } as const

const CapList = ({ budget }: { budget: readonly CapUse[] }) => {
  const unset = (['minutes', 'tokens'] as const).filter(cap => budget.every(use => use.cap !== cap))
  return (
    <dl className="cost-caps">
      {budget.map(use => (
        <div key={use.cap}>
          <dt>{NAMES[use.cap]}</dt>
          <dd>
            <MeterBar
              label={NAMES[use.cap]}
              share={use.share}
              words={capWords(use)}
              near={use.share >= NEAR}
            />
            <span>{capWords(use)}</span>
          </dd>
        </div>
      ))}
      {unset.map(cap => (
        <div key={cap}>
          <dt>{NAMES[cap]}</dt>
          <dd className="quiet">no cap</dd>
        </div>
      ))}
    </dl>
  )
}

const NOT_TOLD = 'not told'

const Figures = ({ usage }: { usage: Usage | null }) => {
  if (usage === null) return <td colSpan={5}>{NOT_TOLD}</td>
  const { inputTokens, cachedTokens, outputTokens, costUsd } = usage
  return (
    <>
      <td>{count(Math.max(0, inputTokens - cachedTokens))}</td>
      <td>{count(cachedTokens)}</td>
      <td>{count(outputTokens)}</td>
      <td>{contextWords(usage)?.cell ?? NOT_TOLD}</td>
      <td>{costUsd === undefined ? NOT_TOLD : money(costUsd)}</td>
    </>
  )
}

const Seats = ({ state }: { state: PairState }) => {
  const usd = costOf(state)
  return (
    <table className="cost-table">
      <thead>
        <tr>
          <th scope="col">Agent</th>
          <th scope="col">Read</th>
          <th scope="col">Cached</th>
          <th scope="col">Written</th>
          <th scope="col">Context</th>
          <th scope="col">Money</th>
        </tr>
      </thead>
      <tbody>
        {SEATS.map(seat => (
          <tr key={seat}>
            <th scope="row">
              {seatAgentName(state.seats[seat].config)}
              <small>{seatRoleName(state, seat)}</small>
            </th>
            <Figures usage={state.seats[seat].usage} />
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">Together</th>
          <td colSpan={4}>{count(tokensUsed(state))} tokens without cached ones</td>
          <td>{usd === null ? NOT_TOLD : money(usd)}</td>
        </tr>
      </tfoot>
    </table>
  )
}
