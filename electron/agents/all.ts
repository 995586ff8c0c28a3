/** The agents that can take a seat. A new one is a folder here and a line below. */
import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import process from 'node:process'
import type { AgentKind } from '../../shared/pair/seat'
import type { Agent } from './agent'
import { createClaude } from './claude/claude'
import { createCodex } from './codex/codex'
import { createPractice, type PracticeDeps } from './practice/practice'

export interface AgentsDeps {
  readonly practice: PracticeDeps
}

export const createAgents = ({ practice }: AgentsDeps): Readonly<Record<AgentKind, Agent>> => ({
  claude: createClaude({ newId: randomUUID, now: Date.now }),
  codex: createCodex({ platform: process.platform, arch: process.arch, tempFolder: tmpdir() }),
  practice: createPractice(practice),
})
