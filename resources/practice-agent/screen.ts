/** What the engine needs of a screen; `ui.ts` is the real one. */
import type { AgentRequest } from '../../shared/agent/event'
import type { RequestId } from '../../shared/ids'
import type { Entry } from './entry'

export interface Screen {
  show(entry: Entry): void
  /** Plain lines, many at once. */
  print(lines: readonly string[]): void
  /** What is being done, or null when no turn is running. */
  doing(what: string | null): void
  open(request: AgentRequest): void
  close(id: RequestId): void
  /** How many messages wait for the turn to end. */
  waiting(count: number): void
}
