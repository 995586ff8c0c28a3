/** What a seat has used, and what is left of its context: only what its agent tells. */

import { freshTokens } from '../../shared/agent/usage'
import type { SeatState } from '../../shared/pair/model'
import { money, tokens } from '../../shared/score/format'
import { contextWords, NEAR } from './cost-words'
import { MeterBar } from './meter-bar'

export const SeatCost = ({ name, seat: { usage } }: { name: string; seat: SeatState }) => {
  if (usage === null) return null
  const context = contextWords(usage)
  const { costUsd } = usage
  return (
    <span className="seat-cost">
      <span
        className="seat-tokens"
        title="Tokens used, by the agent’s own count; what came from its cache is left out"
      >
        {tokens(freshTokens(usage))}
        {costUsd !== undefined && ` · ${money(costUsd)}`}
      </span>
      {context?.share != null && (
        <MeterBar
          label={`${name}’s context`}
          share={context.share}
          words={context.whole}
          near={context.share >= NEAR}
        />
      )}
      {context && (
        <span className="seat-context" title={`Context: ${context.whole}`}>
          {context.short}
        </span>
      )}
    </span>
  )
}
