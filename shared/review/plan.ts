/** A plan as data: what the driver means to do, item by item, each with its reason. */
export interface PlanItem {
  /** Stable over the plan's versions: findings, handoffs and diffs refer to it. */
  readonly id: string
  readonly text: string
  readonly why: string
  /** Paths relative to the workspace: files, directories or globs. */
  readonly files: readonly string[]
}
