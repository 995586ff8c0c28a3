/**
 * What the pair has used, at a glance: tokens of both agents by their own figures, money where an agent tells it, and
 * how near the nearest cap is. A press opens the rest. Nothing here is computed from prices or guessed.
 */
import { useRef, useState } from 'react'
import { budgetOf } from '../../shared/pair/budget'
import type { PairState } from '../../shared/pair/model'
import { SEATS } from '../../shared/pair/seat'
import { tokensUsed } from '../../shared/pair/view'
import { money, tokens } from '../../shared/score/format'
import { useFocusWish } from '../store/use-focus-wish'
import { Button } from '../ui/button'
import { useNowWhile } from '../ui/use-now'
import { CostPanel } from './cost-panel'
import { capWords, costOf, NEAR, percent } from './cost-words'
import { MeterBar } from './meter-bar'

/** Of a pair that is closed, time stands still. */
const useOpenMs = ({ clock, lastAt, stage }: PairState, live: boolean): number => {
  const runs = live && stage.phase !== 'ended'
  const now = useNowWhile(runs ? clock.since : null)
  return Math.max(0, Date.parse(runs ? now : lastAt) - Date.parse(clock.since) || 0)
}

export const Cost = ({ state, live }: { state: PairState; live: boolean }) => {
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const budget = budgetOf(state, useOpenMs(state, live))
  const nearest = budget[0]
  const usd = costOf(state)
  const told = SEATS.some(seat => state.seats[seat].usage !== null)
  const near = nearest !== undefined && nearest.share >= NEAR
  useFocusWish('cost', () => setOpen(true))
  const close = () => {
    setOpen(false)
    button.current?.focus()
  }
  return (
    <span className="cost">
      {nearest && (
        <MeterBar
          label={`Nearest cap: ${nearest.cap}`}
          share={nearest.share}
          words={capWords(nearest)}
          near={near}
        />
      )}
      <Button
        ref={button}
        kind="soft cost-button"
        expanded={open}
        title="What this pair has used, by the agents’ own figures"
        onPress={() => setOpen(!open)}
      >
        <span>{told ? tokens(tokensUsed(state)) : 'Caps'}</span>
        {usd !== null && <span className="cost-money">{money(usd)}</span>}
        {near && (
          <span className="cost-near">
            {percent(nearest.share)} of {nearest.cap}
          </span>
        )}
      </Button>
      {open && <CostPanel state={state} budget={budget} onClose={close} onLeave={() => setOpen(false)} />}
    </span>
  )
}
