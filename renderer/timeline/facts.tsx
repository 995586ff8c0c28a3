import { money } from '../../shared/score/format'
import type { EntryOf } from '../../shared/score/words'

/** Whole texts and named facts, as an opened row shows them. */
export const Words = ({ text }: { text: string }) => <p className="words selectable">{text}</p>

/** What a turn used, by its agent's own figures; money only where the agent tells it. */
export const spentRows = ({
  tokens,
  costUsd,
}: Pick<EntryOf<'turn'>, 'tokens' | 'costUsd'>): readonly (readonly [string, string])[] => [
  ['Tokens', tokens === null ? 'not told' : tokens.toLocaleString()],
  ...(costUsd === undefined ? [] : [['Cost', money(costUsd)] as const]),
]

export const Facts = ({ rows }: { rows: readonly (readonly [string, string])[] }) => (
  <dl className="facts">
    {rows.map(([name, value]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
)
