/** What is chosen in the start form, and why it cannot start yet. Pure: the form only draws it. */

import { allCommands } from '../../shared/agent/command'
import type { CommandConfig } from '../../shared/agent/command-config'
import type { AgentInfo } from '../../shared/agent/info'
import type { Replies, StartRequest } from '../../shared/ipc'
import type { Terms } from '../../shared/pair/model'
import type { AgentKind, SeatId } from '../../shared/pair/seat'
import type { Settings } from '../../shared/settings'

export interface SeatChoice {
  readonly agent: AgentKind
  readonly model: string
  /** Empty: the agent's own default. */
  readonly permissionMode: string
  /** The program, when the agent is `command`. */
  readonly command?: CommandConfig
}

export interface Choices {
  readonly folder: string
  readonly intent: string
  readonly seats: Readonly<Record<SeatId, SeatChoice>>
  readonly rounds: number
  readonly terms: TermChoices
}

/** How it is agreed that the work is done, and when the pair ends without that. */
export interface TermChoices {
  /** As typed; null: not touched, so that what suits the folder is offered. */
  readonly proof: string | null
  readonly proofMinutes: number
  readonly planFirst: Terms['planFirst']
  readonly doubleReview: boolean
  readonly holdUnplanned: boolean
  /** Null: no cap. */
  readonly minutes: number | null
  /** In thousands; null: no cap. */
  readonly kilotokens: number | null
}

export type FolderCheck =
  | { readonly type: 'none' }
  | { readonly type: 'checking' }
  | { readonly type: 'checked'; readonly folder: string; readonly result: Replies['folder.check'] }

const KINDS: readonly AgentKind[] = ['claude', 'codex', 'opencode', 'practice', 'command']

const kindOr = (text: string | undefined, fallback: AgentKind): AgentKind =>
  KINDS.find(kind => kind === text) ?? fallback

/** A command seat begins with the first program there is. */
export const seatChoice = (agent: AgentKind, commands: readonly CommandConfig[]): SeatChoice => {
  const command = agent === 'command' ? commands[0] : undefined
  return { agent, model: '', permissionMode: '', ...(command ? { command } : {}) }
}

export const firstChoices = ({ last, commands }: Settings): Choices => ({
  folder: last.folder ?? '',
  intent: '',
  seats: {
    left: seatChoice(kindOr(last.left, 'claude'), allCommands(commands)),
    right: seatChoice(kindOr(last.right, 'codex'), allCommands(commands)),
  },
  rounds: last.rounds ?? 10,
  terms: {
    proof: null,
    proofMinutes: last.proofMinutes ?? 10,
    planFirst: last.planFirst ?? 'no',
    doubleReview: last.doubleReview ?? false,
    holdUnplanned: last.holdUnplanned ?? false,
    minutes: last.minutes ?? null,
    kilotokens: last.kilotokens ?? null,
  },
})

export interface OfferedProof {
  readonly command: string
  /** Where it comes from, so that a guess is never taken for a wish. */
  readonly from: 'typed' | 'last' | 'suggested' | 'none'
}

/** The proof that would be run: as typed, else as last time in this folder, else what the folder suggests. */
export const proofOf = (choices: Choices, folder: FolderCheck, { last }: Settings): OfferedProof => {
  const { proof } = choices.terms
  if (proof !== null) return { command: proof.trim(), from: 'typed' }
  if (folder.type !== 'checked' || folder.folder !== choices.folder) return { command: '', from: 'none' }
  if (last.proof !== undefined && last.folder === choices.folder.trim())
    return { command: last.proof, from: 'last' }
  return folder.result.proof === null
    ? { command: '', from: 'none' }
    : { command: folder.result.proof, from: 'suggested' }
}

/** What of the less needed terms was chosen, in words; empty when none is. */
export const termWords = ({ doubleReview, holdUnplanned, minutes, kilotokens }: TermChoices): string =>
  [
    doubleReview ? 'double review' : '',
    holdUnplanned ? 'unplanned files hold' : '',
    minutes === null ? '' : `${minutes} min`,
    kilotokens === null ? '' : `${kilotokens}k tokens`,
  ]
    .filter(Boolean)
    .join(' · ')

const whyNotTerms = ({ proofMinutes, minutes, kilotokens }: TermChoices): string | null => {
  if (!(proofMinutes > 0 && proofMinutes <= 1_440)) return 'Time limit of the proof: up to 1440 minutes.'
  if (minutes !== null && !(minutes >= 1 && minutes <= 10_000)) return 'Minutes: from 1 to 10000, or empty.'
  if (kilotokens !== null && !(kilotokens >= 1 && kilotokens <= 1_000_000))
    return 'Tokens: from 1 thousand, or empty.'
  return null
}

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
  return whyNotTerms(choices.terms)
}

const seatConfig = ({ agent, model, permissionMode, command }: SeatChoice): StartRequest['left'] => ({
  agent,
  ...(model.trim() ? { model: model.trim() } : {}),
  ...(permissionMode ? { permissionMode } : {}),
  ...(command ? { command } : {}),
})

const termsRequest = (terms: TermChoices, proof: string): Partial<StartRequest> => ({
  planFirst: terms.planFirst,
  doubleReview: terms.doubleReview,
  holdUnplanned: terms.holdUnplanned,
  ...(proof === ''
    ? {}
    : { proof: { command: proof, limitSeconds: Math.max(1, Math.round(terms.proofMinutes * 60)) } }),
  ...(terms.minutes === null ? {} : { minutes: terms.minutes }),
  ...(terms.kilotokens === null ? {} : { tokens: Math.round(terms.kilotokens * 1_000) }),
})

/** `proof`: as `proofOf` gives it; empty: none. */
export const asRequest = (
  { folder, intent, seats, rounds, terms }: Choices,
  proof: string,
): StartRequest => ({
  folder: folder.trim(),
  intent,
  left: seatConfig(seats.left),
  right: seatConfig(seats.right),
  rounds,
  ...termsRequest(terms, proof),
})

/** What is offered again next time. */
export const lastOf = (request: StartRequest, folder: string): Settings['last'] => ({
  folder,
  left: request.left.agent,
  right: request.right.agent,
  rounds: request.rounds,
  planFirst: request.planFirst ?? 'no',
  proof: request.proof?.command ?? '',
  ...(request.proof ? { proofMinutes: request.proof.limitSeconds / 60 } : {}),
  doubleReview: request.doubleReview ?? false,
  holdUnplanned: request.holdUnplanned ?? false,
  minutes: request.minutes ?? null,
  kilotokens: request.tokens === undefined ? null : request.tokens / 1_000,
})

/** Modes that let an agent act without asking, by the words the agents themselves use for them. */
export const isDangerous = (mode: string): boolean =>
  /bypass|danger|never|yolo|full-access|full-auto/i.test(mode)
