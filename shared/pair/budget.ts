/** How much of each cap a pair has used up; the nearest is the one that would end it first. */
import type { Caps, PairState } from './model'
import { tokensUsed } from './view'

export interface CapUse {
  readonly cap: keyof Caps
  readonly used: number
  readonly of: number
  /** From 0 to 1. */
  readonly share: number
}

const MINUTE_MS = 60_000

/** Minutes that count towards the cap; `openMs`: since the pair was opened last. */
export const minutesUsed = ({ clock }: PairState, openMs: number): number =>
  Math.max(0, (clock.usedMs + openMs) / MINUTE_MS)

/** Rounds that are over: the one that runs is not used up. */
const roundsUsed = ({ round, stage, caps }: PairState): number =>
  stage.phase === 'ended' ? Math.min(round, caps.rounds) : round - 1

/** Of the caps that were set, the nearest first. */
export const budgetOf = (state: PairState, openMs: number): readonly CapUse[] => {
  const { rounds, minutes, tokens } = state.caps
  const use = (cap: keyof Caps, used: number, of: number | undefined): readonly CapUse[] =>
    of === undefined ? [] : [{ cap, used, of, share: Math.min(1, Math.max(0, used / of)) }]
  return [
    ...use('tokens', tokensUsed(state), tokens),
    ...use('minutes', minutesUsed(state, openMs), minutes),
    ...use('rounds', roundsUsed(state), rounds),
  ].sort((a, b) => b.share - a.share)
}
