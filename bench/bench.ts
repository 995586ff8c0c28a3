/**
 * What a benchmark is. Each file of `cases/` exports one as `bench`, which is run in a process of its own. Its figures are for
 * people: a goal that is not reached is told in the table and fails nothing; only a case that throws does.
 */

export interface BenchContext {
  /** Each thing once and small, to see that it still works. What it measures means nothing. */
  readonly short: boolean
  /** How often ours and the other are measured in turn; what costs microseconds may be measured many times in one. */
  readonly rounds: number
  /** An empty folder, removed afterwards. */
  readonly folder: string
  /** What is being done, for the person who waits. */
  log(line: string): void
}

export interface Figure {
  readonly what: string
  readonly unit: string
  /** Taken in turn with `other` where that is not null: A B A B … */
  readonly ours: readonly number[]
  readonly other: readonly number[] | null
  /** In words; empty: it is only told. */
  readonly goal: string
  /** Null: there is no goal, or it cannot be judged here. */
  readonly reached: boolean | null
  readonly notes?: string
}

export interface BenchResult {
  readonly figures: readonly Figure[]
}

export interface Bench {
  readonly name: string
  readonly title: string
  /** What `other` is. */
  readonly against: string
  readonly unit: string
  readonly goal: string
  run(context: BenchContext): Promise<BenchResult>
}
