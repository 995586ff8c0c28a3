/** A plan as data: what the driver means to do, item by item, each with its reason. */
import type { SeatId } from '../pair/seat'

export interface PlanItem {
  /** Stable over the plan's versions: findings, handoffs and diffs refer to it. */
  readonly id: string
  readonly text: string
  readonly why: string
  /** Paths relative to the workspace: files, directories or globs. */
  readonly files: readonly string[]
}

export interface PlanVersion {
  /** From 1. */
  readonly version: number
  readonly items: readonly PlanItem[]
  /** Null: the human. */
  readonly by: SeatId | null
  /** Why it was changed; empty for the first. */
  readonly reason: string
  readonly at: string
}
