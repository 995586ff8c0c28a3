/** Chance that can be repeated: everything random in a soak comes from its seed. */

export interface Chance {
  /** From 0 up to 1, without 1. */
  next(): number
  /** True in `share` of the cases. */
  is(share: number): boolean
  pick<T>(from: readonly T[]): T
}

/** mulberry32. */
export const chanceOf = (seed: number): Chance => {
  let at = seed >>> 0
  const next = (): number => {
    at = (at + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(at ^ (at >>> 15), at | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    next,
    is: share => next() < share,
    pick: from => {
      const chosen = from[Math.floor(next() * from.length)]
      if (chosen === undefined) throw new Error('there is nothing to pick from')
      return chosen
    },
  }
}
