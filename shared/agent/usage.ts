/**
 * What an agent has used, by its own figures. An agent counts within its session, and a seat may get another session:
 * each session's figure is whole, replaces its earlier one, and stays counted when the next session begins.
 */
import type { Usage } from './event'

/** By session. */
export type SessionUsage = Readonly<Record<string, Usage>>

/** A figure that fell tells not all that was told before (sub-agents of an earlier process): what was counted stays. */
const grown = (before: Usage | undefined, now: Usage): Usage => {
  if (!before) return now
  const costUsd = Math.max(before.costUsd ?? 0, now.costUsd ?? 0)
  const told = before.costUsd !== undefined || now.costUsd !== undefined
  const { inputTokens, cachedTokens, outputTokens } = freshTokens(now) >= freshTokens(before) ? now : before
  return { ...now, inputTokens, cachedTokens, outputTokens, ...(told ? { costUsd } : {}) }
}

export const withUsage = (sessions: SessionUsage, session: string, usage: Usage): SessionUsage => ({
  ...sessions,
  [session]: grown(sessions[session], usage),
})

/** All sessions of a seat together; the context is that of `last`. Money only where an agent told it. */
export const sumUsage = (sessions: SessionUsage, last: Usage): Usage => {
  const all = Object.values(sessions)
  const sum = (of: (usage: Usage) => number): number => all.reduce((total, each) => total + of(each), 0)
  const { costUsd: _, ...rest } = last
  return {
    ...rest,
    inputTokens: sum(each => each.inputTokens),
    cachedTokens: sum(each => each.cachedTokens),
    outputTokens: sum(each => each.outputTokens),
    ...(all.some(({ costUsd }) => costUsd !== undefined) ? { costUsd: sum(each => each.costUsd ?? 0) } : {}),
  }
}

/** Fresh tokens: what was read from a cache is part of `inputTokens` in all agents' counts and is left out. */
export const freshTokens = (usage: Usage | null): number =>
  usage === null ? 0 : Math.max(0, usage.inputTokens - usage.cachedTokens) + usage.outputTokens
