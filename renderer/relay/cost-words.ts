/** Usage in words, the same in header, panes and panel. */
import type { Usage } from '../../shared/agent/event'
import type { CapUse } from '../../shared/pair/budget'
import type { PairState } from '../../shared/pair/model'
import { count, plural } from '../../shared/score/format'

/** From this share on a cap or a context is said to be nearly full. */
export const NEAR = 0.8

/** Never more than is true: 99.9 % is 99 %. */
export const percent = (share: number): string => `${Math.floor(share * 100)}%`

/** US dollars of both seats; null when neither agent tells any. */
export const costOf = ({ seats }: PairState): number | null => {
  const told = [seats.left.usage?.costUsd, seats.right.usage?.costUsd].filter(usd => usd !== undefined)
  return told.length === 0 ? null : told.reduce((all, usd) => all + usd, 0)
}

export const capWords = ({ cap, used, of }: CapUse): string => {
  switch (cap) {
    case 'rounds':
      return `${used} of ${plural(of, 'round')} over`
    case 'minutes':
      return `${Math.floor(used)} of ${plural(of, 'minute')}`
    case 'tokens':
      return `${count(used)} of ${count(of)} tokens`
  }
}

export interface ContextWords {
  /** For the eye, beside the bar. */
  readonly short: string
  /** Where a heading says that it is the context. */
  readonly cell: string
  readonly whole: string
  /** Null: the agent does not tell the size of its window. */
  readonly share: number | null
}

/** Null: the agent does not tell what its context holds. */
export const contextWords = ({ contextTokens, contextWindow }: Usage): ContextWords | null => {
  if (contextTokens === undefined) return null
  if (!contextWindow) {
    const whole = `${count(contextTokens)} tokens; the size of the window is not told`
    return { short: `${count(contextTokens)} context`, cell: count(contextTokens), whole, share: null }
  }
  const share = Math.min(1, contextTokens / contextWindow)
  const left = `${percent(1 - share)} left`
  const whole = `${count(contextTokens)} of ${count(contextWindow)} tokens, ${left}`
  return { short: left, cell: left, whole, share }
}
