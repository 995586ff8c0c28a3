/** Samples summed up. Medians and quartiles only: a pause of the machine must not move a figure. */

/** Of `share` (0 to 1), between the two samples next to it; NaN of none. */
export const percentile = (samples: readonly number[], share: number): number => {
  const sorted = [...samples].sort((a, b) => a - b)
  const at = share * (sorted.length - 1)
  const low = sorted[Math.floor(at)] ?? Number.NaN
  const high = sorted[Math.ceil(at)] ?? Number.NaN
  return low + (high - low) * (at - Math.floor(at))
}

export const median = (samples: readonly number[]): number => percentile(samples, 0.5)

export interface Summary {
  readonly n: number
  readonly p50: number
  /** Null with fewer than 20 samples: it would be the worst one by another name. */
  readonly p95: number | null
  /** Null with fewer than 100. */
  readonly p99: number | null
  readonly min: number
  readonly max: number
  /** The middle half of the samples lies within so much, as a share of the median. */
  readonly spread: number
}

export const summaryOf = (samples: readonly number[]): Summary => {
  const n = samples.length
  const p50 = median(samples)
  return {
    n,
    p50,
    p95: n < 20 ? null : percentile(samples, 0.95),
    p99: n < 100 ? null : percentile(samples, 0.99),
    min: percentile(samples, 0),
    max: percentile(samples, 1),
    spread: p50 === 0 ? 0 : (percentile(samples, 0.75) - percentile(samples, 0.25)) / p50,
  }
}

/** Where the median lies with 95 % confidence, by the ranks of the samples; few samples give all of their range. */
export const medianRange = (samples: readonly number[]): readonly [number, number] => {
  const sorted = [...samples].sort((a, b) => a - b)
  const rank = Math.max(0, Math.floor((sorted.length - 1.96 * Math.sqrt(sorted.length)) / 2))
  return [sorted[rank] ?? Number.NaN, sorted[sorted.length - 1 - rank] ?? Number.NaN]
}

/** Of the medians; null without the other. */
export const ratioOf = (ours: readonly number[], other: readonly number[] | null): number | null =>
  other === null || other.length === 0 ? null : median(ours) / median(other)
