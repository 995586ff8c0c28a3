/**
 * When a turn of Claude Code begins and when it is really over. Rules, all measured:
 * - `Stop` is not the end while background tasks run (they wake the agent) or typed prompts wait in its queue
 *   (the status file says idle for some 20 ms and busy again, with no hook): a turn has ended only when the status
 *   has rested after the Stop. Whatever comes before that belongs to the same turn.
 * - Esc, Ctrl-C and a dialog's "No" fire no hook: a turn whose status rests without a Stop was interrupted.
 * - After Esc the CLI reads at once what waits in its queue. 2.1.330 may then write no row about the interruption, and
 *   2.1.197 gives that row the id of the new prompt as often as not: a row alone ends nothing.
 * - `!command` starts a turn without UserPromptSubmit: a hook about tools opens one, unless its prompt has ended.
 */
import type { DeliveryId, TurnId } from '../ids'
import type { AgentEvent, FailureCause, TurnCause, TurnOutcome } from './event'

/** From `$CFG/sessions/<pid>.json`; `shell` is idle with a background command; `unknown` when there is no file. */
export type ClaudeStatus = 'busy' | 'idle' | 'waiting' | 'shell' | 'unknown'

type Phase =
  | { readonly type: 'idle' }
  | {
      readonly type: 'working'
      readonly turn: TurnId
      readonly promptId: string
      /** The status file has shown this turn as busy or waiting. */
      readonly seen: boolean
      /** Something tells of an interruption: it is one when the status rests, or another prompt begins. */
      readonly cut: boolean
    }
  | {
      readonly type: 'stopped'
      readonly turn: TurnId
      readonly promptId: string
      readonly text: string
      readonly tasks: boolean
      /** The status file has shown the background work, so that its end can be seen. */
      readonly seen: boolean
    }

export interface TurnState {
  readonly phase: Phase
  readonly status: ClaudeStatus
  /** The prompt of the last turn that ended: its late hooks open nothing. */
  readonly closed: string
}

export const noTurn: TurnState = { phase: { type: 'idle' }, status: 'unknown', closed: '' }

/** Inputs that may open a turn carry the id it would get. */
export type TurnInput =
  | {
      readonly type: 'prompted'
      readonly promptId: string
      readonly delivery: DeliveryId | null
      readonly turn: TurnId
    }
  | { readonly type: 'active'; readonly promptId: string; readonly turn: TurnId }
  | {
      readonly type: 'stopped'
      readonly promptId: string
      readonly text: string
      readonly tasks: readonly string[]
      readonly turn: TurnId
    }
  | {
      readonly type: 'failed'
      readonly promptId: string
      readonly error: string
      readonly text: string
      readonly turn: TurnId
    }
  | { readonly type: 'status'; readonly status: ClaudeStatus }
  /** Esc was pressed, or the transcript has a row about an interruption. */
  | { readonly type: 'interrupted'; readonly promptId: string }
  /** Nothing changed for the time that `settles` asked for. */
  | { readonly type: 'settled' }
  | { readonly type: 'exited'; readonly expected: boolean }

export interface TurnStep {
  readonly state: TurnState
  readonly events: readonly AgentEvent[]
}

const CAUSES: Readonly<Record<string, FailureCause>> = {
  rate_limit: 'quota',
  billing_error: 'quota',
  authentication_failed: 'auth',
  oauth_org_not_allowed: 'auth',
  model_not_found: 'model',
  invalid_request: 'model',
  server_error: 'server',
  overloaded: 'server',
}

/** Connection failures come as `unknown` or `server_error`; their text begins with these words. */
const failureCause = (error: string, text: string): FailureCause =>
  /unable to connect|connection (error|refused)|ECONN|ENOTFOUND|ETIMEDOUT/i.test(text)
    ? 'network'
    : (CAUSES[error] ?? 'unknown')

const end = (state: TurnState, outcome: TurnOutcome, text: string): TurnStep => {
  if (state.phase.type === 'idle') return { state, events: [] }
  const { turn, promptId } = state.phase
  return {
    state: { ...state, phase: { type: 'idle' }, closed: promptId },
    events: [{ type: 'turnEnded', turn, outcome, text }],
  }
}

/** Goes on with the open turn, or opens one. */
const work = (state: TurnState, promptId: string, turn: TurnId, cause: TurnCause): TurnStep => {
  const { phase } = state
  if (phase.type === 'idle') {
    const seen = state.status === 'busy'
    return {
      state: { ...state, phase: { type: 'working', turn, promptId, seen, cut: false } },
      events: [{ type: 'turnStarted', turn, cause }],
    }
  }
  const seen = phase.type === 'working' ? phase.seen : state.status === 'busy'
  const cut = phase.type === 'working' && phase.cut
  const next: TurnState = { ...state, phase: { type: 'working', turn: phase.turn, promptId, seen, cut } }
  const said = phase.type === 'stopped' && phase.text !== ''
  return { state: next, events: said ? [{ type: 'said', turn: phase.turn, text: phase.text }] : [] }
}

type Prompted = Extract<TurnInput, { type: 'prompted' }>

const onPrompted = (state: TurnState, { promptId, turn, delivery }: Prompted): TurnStep => {
  const cause = delivery === null ? 'human' : { delivery }
  if (state.phase.type !== 'working' || !state.phase.cut) return work(state, promptId, turn, cause)
  const ended = end(state, { type: 'interrupted' }, '')
  return {
    // What the status file says is still about the interrupted turn.
    state: { ...ended.state, phase: { type: 'working', turn, promptId, seen: false, cut: false } },
    events: [...ended.events, { type: 'turnStarted', turn, cause }],
  }
}

const onStatus = (state: TurnState, status: ClaudeStatus): TurnState => {
  const { phase } = state
  const seenWorking = status === 'busy' || status === 'waiting'
  if (phase.type === 'working')
    return { ...state, status, phase: { ...phase, seen: phase.seen || seenWorking } }
  if (phase.type === 'stopped') {
    return { ...state, status, phase: { ...phase, seen: phase.seen || status === 'shell' } }
  }
  return { ...state, status }
}

const onStopped = (state: TurnState, input: Extract<TurnInput, { type: 'stopped' }>): TurnStep => {
  const opened = work(state, input.promptId, input.turn, 'human')
  const { phase } = opened.state
  if (phase.type === 'idle') return opened
  const { promptId, text } = input
  const tasks = input.tasks.length > 0
  const events: AgentEvent[] = [...opened.events]
  if (tasks) {
    const list = input.tasks.join('; ')
    events.push({ type: 'notice', text: `Claude Code waits for its background tasks: ${list}` })
  }
  return {
    state: {
      ...opened.state,
      phase: { type: 'stopped', turn: phase.turn, promptId, text, tasks, seen: false },
    },
    events,
  }
}

const onFailed = (state: TurnState, input: Extract<TurnInput, { type: 'failed' }>): TurnStep => {
  const opened = work(state, input.promptId, input.turn, 'human')
  const cause = failureCause(input.error, input.text)
  const detail = input.text === '' ? input.error : input.text
  const ended = end(opened.state, { type: 'failed', cause, detail }, '')
  return { state: ended.state, events: [...opened.events, ...ended.events] }
}

const onSettled = (state: TurnState): TurnStep => {
  const { phase } = state
  if (phase.type === 'stopped') return end(state, { type: 'completed' }, phase.text)
  if (phase.type === 'working') return end(state, { type: 'interrupted' }, '')
  return { state, events: [] }
}

const onExited = (state: TurnState, expected: boolean): TurnStep => {
  if (state.phase.type === 'stopped') return end(state, { type: 'completed' }, state.phase.text)
  if (expected) return end(state, { type: 'interrupted' }, '')
  return end(state, { type: 'failed', cause: 'crash', detail: 'Claude Code ended during the turn' }, '')
}

export const stepTurn = (state: TurnState, input: TurnInput): TurnStep => {
  switch (input.type) {
    case 'prompted':
      return onPrompted(state, input)
    case 'active':
      // Late hooks of an interrupted turn are not a new one.
      if (state.phase.type === 'idle' && input.promptId === state.closed) return { state, events: [] }
      return work(state, input.promptId, input.turn, 'human')
    case 'stopped':
      return onStopped(state, input)
    case 'failed':
      return onFailed(state, input)
    case 'status':
      return { state: onStatus(state, input.status), events: [] }
    case 'interrupted': {
      const { phase } = state
      if (phase.type !== 'working' || phase.promptId !== input.promptId) return { state, events: [] }
      return { state: { ...state, phase: { ...phase, cut: true } }, events: [] }
    }
    case 'settled':
      return onSettled(state)
    case 'exited':
      return onExited(state, input.expected)
  }
}

/** The status flips to idle for some 20 ms between queued prompts; ten times that, and read with a lag. */
const SETTLE_MS = 300
/** A prompt that a hook of the user's own blocked never gets busy. */
const BLOCKED_SETTLE_MS = 10_000
/** Without a status file, or before it has shown the turn, only the silence after a Stop or an Esc tells. */
const BLIND_SETTLE_MS = 2_000

/** How long this state must rest, in milliseconds, before `settled` may be put in; `null` when it is not at rest. */
export const settles = ({ phase, status }: TurnState): number | null => {
  if (phase.type === 'idle' || status === 'busy' || status === 'waiting') return null
  if (phase.type === 'working') {
    if (status === 'unknown') return phase.cut ? BLIND_SETTLE_MS : null
    if (phase.seen) return SETTLE_MS
    return phase.cut ? BLIND_SETTLE_MS : BLOCKED_SETTLE_MS
  }
  if (phase.tasks) return phase.seen && status === 'idle' ? SETTLE_MS : null
  return status === 'unknown' ? BLIND_SETTLE_MS : SETTLE_MS
}
