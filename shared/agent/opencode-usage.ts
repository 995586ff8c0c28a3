/**
 * What a conversation of opencode has used: each session tells its own sum so far, and those of the sub-agents count
 * with the seat's own.
 */
import type { AgentEvent } from './event'
import type { AssistantInfo, SessionInfo } from './opencode-frames'

export interface Spent {
  /** Tokens, those read from the cache and written to it included. */
  readonly input: number
  readonly cached: number
  readonly output: number
  /** In USD. */
  readonly cost: number
}

/** Of the last answer that told its tokens; `window` is the model's, where we know it. */
export interface Context {
  readonly tokens: number
  readonly window: number | undefined
}

/** What a session has used by now; null while that is nothing. */
export const spentBy = ({ tokens, cost }: SessionInfo): Spent | null => {
  if (!tokens) return null
  const spent = {
    input: tokens.input + tokens.cache.read + tokens.cache.write,
    cached: tokens.cache.read,
    output: tokens.output + tokens.reasoning,
    cost: cost ?? 0,
  }
  return spent.input + spent.output === 0 ? null : spent
}

export const sameSpent = (one: Spent, other: Spent): boolean =>
  one.input === other.input && one.output === other.output && one.cost === other.cost

/** Tokens that an answer's model was given and gave; 0 while it tells none. */
export const contextTokens = ({ tokens }: AssistantInfo): number =>
  tokens ? tokens.input + tokens.output + tokens.reasoning + tokens.cache.read + tokens.cache.write : 0

export const usageOf = (sessions: readonly Spent[], context: Context | null): AgentEvent => {
  const sum = (of: (each: Spent) => number): number => sessions.reduce((all, each) => all + of(each), 0)
  const costUsd = sum(each => each.cost)
  return {
    type: 'usage',
    usage: {
      inputTokens: sum(each => each.input),
      cachedTokens: sum(each => each.cached),
      outputTokens: sum(each => each.output),
      ...(context ? { contextTokens: context.tokens } : {}),
      ...(context?.window ? { contextWindow: context.window } : {}),
      // Models without a price, local ones among them, cost 0 by opencode's count.
      ...(costUsd > 0 ? { costUsd } : {}),
    },
  }
}
