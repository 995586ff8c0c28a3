/** What stands out in a replay: where rounds began, what was handed over, what held the relay. From the timeline's entries. */
import type { Entry } from '../journal/entry'
import { millisOf } from '../time'

/** Moments in milliseconds since 1970. */
export type ReplayMark =
  | { readonly type: 'round'; readonly round: number; readonly at: number }
  | {
      readonly type: 'handoff'
      readonly round: number
      readonly at: number
      readonly to: 'driver' | 'navigator'
    }
  /** `until` null: it holds still. */
  | { readonly type: 'hold'; readonly at: number; readonly until: number | null }

export const marksOf = (entries: readonly Entry[]): readonly ReplayMark[] =>
  entries.flatMap((entry): readonly ReplayMark[] => {
    switch (entry.type) {
      case 'intent':
        return [{ type: 'round', round: 1, at: millisOf(entry.at) }]
      case 'round':
        return [{ type: 'round', round: entry.round, at: millisOf(entry.at) }]
      case 'delivery': {
        const { sending } = entry.trail
        if (sending === null || entry.kind === 'steer' || entry.kind === 'notice') return []
        return [{ type: 'handoff', round: entry.round, at: millisOf(sending), to: entry.to.role }]
      }
      case 'hold':
        return [
          {
            type: 'hold',
            at: millisOf(entry.at),
            until: entry.releasedAt === null ? null : millisOf(entry.releasedAt),
          },
        ]
      default:
        return []
    }
  })

/** Moments of the handoffs, in order. */
export const handoffsOf = (marks: readonly ReplayMark[]): readonly number[] =>
  marks.flatMap(mark => (mark.type === 'handoff' ? [mark.at] : [])).sort((a, b) => a - b)

/** The moment that a row of the timeline is about: what it tells is there then. ISO 8601. */
export const momentOfEntry = (entry: Entry): string => {
  switch (entry.type) {
    case 'delivery':
      return entry.trail.sending ?? entry.at
    case 'turn':
    case 'proof':
      return entry.endedAt ?? entry.at
    default:
      return entry.at
  }
}
