/** Rounds are measures: where their lines stand, and what each took. */

import type { Entry } from '../journal/entry'
import { millisOf } from '../time'
import { isHandoff } from './words'

/**
 * A review that asks for changes begins the next round and then goes to the driver; it is the end of its own round
 * that one reads, so the line stands below the handoff.
 */
export const inMeasures = (entries: readonly Entry[]): readonly Entry[] => {
  const sorted = entries.slice()
  for (let index = 0; index + 1 < sorted.length; index++) {
    const [line, next] = [sorted[index], sorted[index + 1]]
    if (line?.type !== 'round' || next?.type !== 'delivery') continue
    if (!isHandoff(next) || next.to.role !== 'driver') continue
    sorted[index] = next
    sorted[index + 1] = line
  }
  return sorted
}

/** What a round took: the time of its turns, and the tokens that its seats told of. */
export interface RoundSum {
  /** Of both seats, in milliseconds; turns that are over. */
  readonly worked: number
  readonly tokens: number
  /** US dollars; absent where no agent told any. */
  readonly costUsd?: number
}

/** By the `seq` of the entry that begins the round: the round's own, and for the first the intent. */
export const roundSums = (entries: readonly Entry[]): ReadonlyMap<number, RoundSum> => {
  const sums = new Map<number, RoundSum>()
  let at = -1
  for (const entry of entries) {
    if (entry.type === 'round' || entry.type === 'intent') {
      at = entry.seq
      sums.set(at, { worked: 0, tokens: 0 })
    }
    const sum = sums.get(at)
    if (entry.type !== 'turn' || entry.endedAt === null || !sum) continue
    const took = Math.max(0, millisOf(entry.endedAt) - millisOf(entry.at))
    const costUsd = entry.costUsd === undefined ? sum.costUsd : (sum.costUsd ?? 0) + entry.costUsd
    sums.set(at, {
      worked: sum.worked + took,
      tokens: sum.tokens + (entry.tokens ?? 0),
      ...(costUsd === undefined ? {} : { costUsd }),
    })
  }
  return sums
}
