/** For tests: numbers that are random and the same again with the same seed (mulberry32). */
export interface Random {
  /** In [0, 1). */
  next(): number
  chance(probability: number): boolean
  /** An integer in [0, below). */
  below(below: number): number
  /** Words that no other call gives, so that nothing said looks like a repetition. */
  words(count: number): string
}

export const createRandom = (seed: number): Random => {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  const word = (): string => Array.from({ length: 7 }, () => String.fromCharCode(97 + below(26))).join('')
  return {
    next,
    chance: probability => next() < probability,
    below,
    words: count => Array.from({ length: count }, word).join(' '),
  }
}
