/** What is chosen in the start form, and why it cannot start yet. Pure: the form only draws it. */

import type { AgentInfo } from '../../shared/agent/info'
import type { Replies, StartRequest } from '../../shared/ipc'
import type { AgentKind, SeatId } from '../../shared/pair/seat'
import type { Settings } from '../../shared/settings'

export interface SeatChoice {
  readonly agent: AgentKind
  readonly model: string
  /** Empty: the agent's own default. */
  readonly permissionMode: string
}

export interface Choices {
  readonly folder: string
  readonly intent: string
  readonly seats: Readonly<Record<SeatId, SeatChoice>>
  readonly rounds: number
}

export type FolderCheck =
  | { readonly type: 'none' }
  | { readonly type: 'checking' }
  | { readonly type: 'checked'; readonly folder: string; readonly result: Replies['folder.check'] }

const KINDS: readonly AgentKind[] = ['claude', 'codex', 'opencode', 'practice']

const kindOr = (text: string | undefined, fallback: AgentKind): AgentKind =>
  KINDS.find(kind => kind === text) ?? fallback

export const seatChoice = (agent: AgentKind): SeatChoice => ({ agent, model: '', permissionMode: '' })

export const firstChoices = ({ last }: Settings): Choices => ({
  folder: last.folder ?? '',
  intent: '',
  seats: {
    left: seatChoice(kindOr(last.left, 'claude')),
    right: seatChoice(kindOr(last.right, 'codex')),
  },
  rounds: last.rounds ?? 10,
})

/** The first reason why this cannot start, in the order of the form; null when it can. */
export const whyNotStart = (
  choices: Choices,
  folder: FolderCheck,
  agents: readonly AgentInfo[] | null,
): string | null => {
  if (choices.folder.trim() === '') return 'Choose a folder first.'
  if (folder.type !== 'checked' || folder.folder !== choices.folder) return 'The folder is being looked at.'
  if (!folder.result.ok) return folder.result.message
  if (choices.intent.trim() === '') return 'Say what the pair should do.'
  if (agents === null) return 'Looking for agents on this machine.'
  for (const seat of ['left', 'right'] as const) {
    const kind = choices.seats[seat].agent
    const found = agents.find(agent => agent.kind === kind)
    if (!found) return 'One of the agents is not known here.'
    if (found.state.type !== 'ready') return `${found.name} is not ready: ${found.state.todo}`
  }
  if (!Number.isInteger(choices.rounds) || choices.rounds < 1 || choices.rounds > 100)
    return 'Rounds: a whole number from 1 to 100.'
  return null
}

const seatConfig = ({ agent, model, permissionMode }: SeatChoice): StartRequest['left'] => ({
  agent,
  ...(model.trim() ? { model: model.trim() } : {}),
  ...(permissionMode ? { permissionMode } : {}),
})

export const asRequest = ({ folder, intent, seats, rounds }: Choices): StartRequest => ({
  folder: folder.trim(),
  intent,
  left: seatConfig(seats.left),
  right: seatConfig(seats.right),
  rounds,
})

/** Modes that let an agent act without asking, by the words the agents themselves use for them. */
export const isDangerous = (mode: string): boolean =>
  /bypass|danger|never|yolo|full-access|full-auto/i.test(mode)
