/** The driver's claim that the work is done; a turn that ends without one is an ordinary handoff. */
export interface Report {
  readonly summary: string
  /** Ids of the plan items that this work served. */
  readonly planItems: readonly string[]
  readonly files: readonly string[]
  /** What was asked for and not done; empty when all was. */
  readonly notDone: string
}
