/**
 * A seat is a place in the window with an agent in it; a role is what that agent does now. Seats keep their
 * place, their process and their recording for the life of a pair; roles swap between them (docs/adr/0003).
 */
import type { CommandConfig } from '../agent/command-config'

export type SeatId = 'left' | 'right'
export type Role = 'driver' | 'navigator'
export const SEATS: readonly SeatId[] = ['left', 'right']
export const otherSeat = (seat: SeatId): SeatId => (seat === 'left' ? 'right' : 'left')

/** The agent programs that have an adapter. */
export type AgentKind = 'claude' | 'codex' | 'opencode' | 'practice' | 'command'

/** What the human chose for a seat. Absent `model` or `permissionMode` means the agent's own default. */
export interface SeatConfig {
  readonly agent: AgentKind
  readonly model?: string
  readonly permissionMode?: string
  /** Of `agent: 'command'`: the program. */
  readonly command?: CommandConfig
}

/** The name a person knows the agent by. */
export const agentName = (kind: AgentKind): string =>
  ({
    claude: 'Claude Code',
    codex: 'Codex',
    opencode: 'opencode',
    practice: 'Practice agent',
    command: 'Command',
  })[kind]

/** A program that has its seat by configuration goes by the name it has there. */
export const seatAgentName = ({ agent, command }: SeatConfig): string => command?.name ?? agentName(agent)
