import type { Usage } from './event'

/** What two sessions used together; the context is that of the second. */
const together = (earlier: Usage, later: Usage): Usage => ({
  ...later,
  inputTokens: earlier.inputTokens + later.inputTokens,
  cachedTokens: earlier.cachedTokens + later.cachedTokens,
  outputTokens: earlier.outputTokens + later.outputTokens,
  ...(earlier.costUsd === undefined && later.costUsd === undefined
    ? {}
    : { costUsd: (earlier.costUsd ?? 0) + (later.costUsd ?? 0) }),
})

/** All sessions of a seat; `last` is the one that it is in. */
export const sumUsage = (earlier: readonly Usage[], last: Usage): Usage => [...earlier, last].reduce(together)

/** Fresh tokens: what was read from a cache is part of `inputTokens` in both agents' counts and is left out. */
export const freshTokens = (usage: Usage | null): number =>
  usage === null ? 0 : Math.max(0, usage.inputTokens - usage.cachedTokens) + usage.outputTokens
