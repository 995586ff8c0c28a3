/**
 * The time a replay goes through: a pair's open hours one after another, with the time it was closed left out.
 * Moments are in milliseconds since 1970, positions in milliseconds from the beginning of the replay.
 */
export interface Span {
  readonly from: number
  readonly to: number
}

/** Spans that overlap become one; in order of time. */
export const axisOf = (spans: readonly Span[]): readonly Span[] => {
  const merged: Span[] = []
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1)
    if (last && span.from <= last.to)
      merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, span.to) }
    else merged.push(span)
  }
  return merged
}

export const lengthOf = (axis: readonly Span[]): number =>
  axis.reduce((sum, { from, to }) => sum + to - from, 0)

/** A moment while the pair was closed lies where it was closed. */
export const positionOf = (axis: readonly Span[], at: number): number =>
  axis.reduce((sum, { from, to }) => sum + Math.min(Math.max(at - from, 0), to - from), 0)

/** Of the moments that lie at this position, the last. */
export const momentAt = (axis: readonly Span[], position: number): number => {
  let left = Math.max(0, position)
  let moment = axis[0]?.from ?? 0
  for (const { from, to } of axis) {
    if (left < 0) break
    moment = from + Math.min(left, to - from)
    left -= to - from
  }
  return moment
}
