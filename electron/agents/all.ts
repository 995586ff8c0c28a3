/** The agents that can take a seat. A new one is a folder here and a line below. */
import { randomUUID } from 'node:crypto'
import type { AgentKind } from '../../shared/pair/seat'
import type { Log } from '../log'
import type { Agent } from './agent'
import { createClaude } from './claude/claude'
import { createCodex } from './codex/codex'
import { createCommand } from './command/command'
import { createOpencode } from './opencode/opencode'
import { createPractice, type PracticeDeps } from './practice/practice'

export interface AgentsDeps {
  readonly practice: PracticeDeps
  readonly log: Log
}

export const createAgents = ({ practice, log }: AgentsDeps): Readonly<Record<AgentKind, Agent>> => ({
  claude: createClaude({ newId: randomUUID, now: Date.now }),
  codex: createCodex({ log }),
  opencode: createOpencode({ log }),
  practice: createPractice(practice),
  command: createCommand(),
})
