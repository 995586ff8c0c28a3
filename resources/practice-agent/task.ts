/** A task that the practice agent knows: how it plans it, what it changes for which cause, and when it is served. */
import type { PlanItem } from '../../shared/review/plan'
import type { Desk } from './desk'

/** Where work comes from: a failing test, a finding, or the intent when neither is there. */
export interface Cause {
  readonly text: string
  readonly from: 'test' | 'finding' | 'intent'
  /** Of a finding. */
  readonly id?: string
  readonly upheld?: boolean
}

export interface Edit {
  readonly file: string
  readonly content: string
  /** In prose, for the final message. */
  readonly done: readonly string[]
}

export interface Attempt {
  readonly edits: readonly Edit[]
  /** Causes that nothing in the repertoire answers. */
  readonly unanswered: readonly Cause[]
  readonly rejected: readonly { readonly cause: Cause; readonly reason: string }[]
}

export interface Repo {
  /** Null when the file is not there. */
  read(file: string): string | null
}

export interface Task {
  readonly source: string
  readonly tests: string
  /** Without tests: the kind of gap that a review of the plan is for. */
  readonly plan: readonly PlanItem[]
  readonly testItem: PlanItem
  /** What the intent wants left alone, in words. */
  readonly kept: string
  /** False: its file is not there, or in a shape that is not known; `why` then says so. */
  knows(repo: Repo): boolean
  served(repo: Repo): boolean
  attempt(desk: Desk, repo: Repo, causes: readonly Cause[]): Promise<Attempt>
}
