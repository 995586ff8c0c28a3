import type { Usage } from './event'

/** Fresh tokens: what was read from a cache is part of `inputTokens` in both agents' counts and is left out. */
export const freshTokens = (usage: Usage | null): number =>
  usage === null ? 0 : Math.max(0, usage.inputTokens - usage.cachedTokens) + usage.outputTokens
