/**
 * The events of `opencode serve` as `AgentEvent`s: a fold over one session and its sub-agents'. A message is taken when
 * an answer names it, or a later one, as its parent; until then it merely stands in the record. One run of opencode
 * answers all that was queued and ends once: a delivery that is answered in it begins a turn of its own, a steer does not.
 */
import type { DeliveryId } from '../ids'
import { isoOf } from '../time'
import type { AgentEvent, TurnCause, TurnOutcome } from './event'
import { outcomeOf, retryCause } from './opencode-errors'
import type {
  AssistantInfo,
  OpencodeError,
  OpencodeSignal,
  SessionInfo,
  SessionStatus,
  TextPart,
} from './opencode-frames'
import { deliveryOf } from './opencode-ids'
import { approvalOf, closed, type OpenRequest, questionOf } from './opencode-requests'
import { answerGrown, nextAnswer, type OpenTurn, openTurn, withWords, wordsOf } from './opencode-turn'
import { type Context, contextTokens, type Spent, sameSpent, spentBy, usageOf } from './opencode-usage'
import { printable } from './printable'

/** A message handed over that no answer names yet. */
export interface Waiting {
  readonly id: DeliveryId
  readonly message: string
  readonly way: 'delivered' | 'steered'
}

export interface OpencodeState {
  readonly session: string
  /** The session and those of its sub-agents. */
  readonly tree: readonly string[]
  /** Context windows in tokens, by `provider/model`. */
  readonly windows: Readonly<Record<string, number>>
  readonly turn: OpenTurn | null
  readonly waiting: readonly Waiting[]
  readonly taken: readonly DeliveryId[]
  readonly requests: readonly OpenRequest[]
  readonly spent: Readonly<Record<string, Spent>>
  readonly context: Context | null
  /** Parts whose text was told. */
  readonly said: readonly string[]
  /** Of a run that has not ended yet. */
  readonly error: OpencodeError | null
  /** We asked for the end of the turn, so what it withdraws was not answered by anyone. */
  readonly interrupting: boolean
}

export interface Folded {
  readonly state: OpencodeState
  readonly events: readonly AgentEvent[]
  /** Nobody answers these any more, but opencode keeps them listed. */
  readonly withdraw?: readonly OpenRequest[]
  /** The human goes on in another conversation in the TUI: it takes the place of ours. */
  readonly adopt?: string
  /** The run has ended: what still waits was not read in it. */
  readonly idle?: boolean
}

export const opencodeState = (session: string, windows: OpencodeState['windows'] = {}): OpencodeState => ({
  session,
  tree: [session],
  windows,
  turn: null,
  waiting: [],
  taken: [],
  requests: [],
  spent: {},
  context: null,
  said: [],
  error: null,
  interrupting: false,
})

const same = (state: OpencodeState): Folded => ({ state, events: [] })

const then = (first: Folded, next: (state: OpencodeState) => Folded): Folded => {
  const second = next(first.state)
  const withdraw = [...(first.withdraw ?? []), ...(second.withdraw ?? [])]
  return { ...first, ...second, events: [...first.events, ...second.events], withdraw }
}

const settle = (state: OpencodeState, request: string): Folded => {
  const open = state.requests.find(entry => entry.request.id === request)
  if (open === undefined) return same(state)
  return {
    state: { ...state, requests: state.requests.filter(entry => entry !== open) },
    events: [closed(open, state.interrupting ? 'agent' : 'terminal')],
  }
}

const ended = (state: OpencodeState, outcome: TurnOutcome): Folded => {
  const { turn, requests } = state
  if (turn === null) return same({ ...state, error: null, interrupting: false })
  return {
    state: { ...state, turn: null, requests: [], error: null, interrupting: false },
    events: [
      ...requests.map(open => closed(open, 'agent')),
      { type: 'turnEnded', turn: turn.turn, outcome, text: turn.text },
    ],
    withdraw: requests.filter(open => open.answered === undefined),
  }
}

const begun = (state: OpencodeState, parent: string, answer: string): Folded => {
  const delivery = deliveryOf(parent)
  const cause: TurnCause = delivery === undefined ? 'human' : { delivery }
  const turn = openTurn(answer)
  return {
    state: { ...state, error: null, interrupting: false, turn },
    events: [{ type: 'turnStarted', turn: turn.turn, cause }],
  }
}

/** Ids of messages are in the order of time. */
const take = (state: OpencodeState, parent: string): Folded => {
  const taken = state.waiting.filter(({ message }) => message <= parent)
  return {
    state: {
      ...state,
      waiting: state.waiting.filter(entry => !taken.includes(entry)),
      taken: [...state.taken, ...taken.map(({ id }) => id)],
    },
    events: taken.map(({ id }) => ({ type: 'messageTaken', id, via: 'message.updated' })),
  }
}

/** An answer that we have not seen before: it takes what was waiting, and may begin a turn. */
const answered = (state: OpencodeState, { id, parentID }: AssistantInfo): Folded => {
  const own = state.waiting.find(({ message }) => message === parentID)
  const splits = state.turn !== null && own?.way === 'delivered'
  const before = splits ? ended(state, { type: 'completed' }) : same(state)
  return then(before, now =>
    then(take(now, parentID), after =>
      after.turn === null ? begun(after, parentID, id) : same({ ...after, turn: nextAnswer(after.turn, id) }),
    ),
  )
}

const grown = (state: OpencodeState, info: AssistantInfo): Folded => {
  if (state.turn?.answer !== info.id) return same(state)
  const turn = answerGrown(state.turn, info)
  const next = { ...state, turn }
  const tokens = contextTokens(info)
  if (!turn.done || tokens === 0) return same(next)
  return same({ ...next, context: { tokens, window: state.windows[`${info.providerID}/${info.modelID}`] } })
}

const assistant = (state: OpencodeState, info: AssistantInfo): Folded => {
  const seen = state.turn?.answer === info.id
  // A late word of an answer whose turn is over, e.g. the error of an aborted one.
  if (!seen && typeof info.time.completed === 'number') return same(state)
  return then(seen ? same(state) : answered(state, info), now => grown(now, info))
}

const spoken = (state: OpencodeState, part: TextPart): Folded => {
  const { turn } = state
  const text = turn && wordsOf(turn, part)
  if (turn === null || text === null || state.said.includes(part.id)) return same(state)
  return {
    state: { ...state, said: [...state.said, part.id].slice(-SAID), turn: withWords(turn, part, text) },
    events: [{ type: 'said', turn: turn.turn, text }],
  }
}

/** A part is told again only while its answer is the current one. */
const SAID = 64

const usage = (state: OpencodeState, info: SessionInfo): Folded => {
  const mine = spentBy(info)
  const before = state.spent[info.id]
  if (mine === null || (before && sameSpent(before, mine))) return same(state)
  const spent = { ...state.spent, [info.id]: mine }
  return { state: { ...state, spent }, events: [usageOf(Object.values(spent), state.context)] }
}

const sessionTold = (state: OpencodeState, info: SessionInfo): Folded => {
  const known = state.tree.includes(info.id)
  if (!known && !(info.parentID && state.tree.includes(info.parentID))) return same(state)
  return usage(known ? state : { ...state, tree: [...state.tree, info.id] }, info)
}

/** An error may come without any answer, e.g. for a model that does not exist: then its message was taken and failed. */
const failedUnanswered = (state: OpencodeState, error: OpencodeError): Folded => {
  const last = state.waiting.at(-1)
  if (last === undefined) return same({ ...state, error: null })
  return then(take(state, last.message), now =>
    then(begun(now, last.message, last.message), after => ended(after, outcomeOf(error))),
  )
}

/**
 * After an error or an abort there are two idles, the first before the answer is complete; a message that comes between
 * them is never run (1.18). And an earlier run's idle may come when another has begun. So it counts after the answer only.
 */
const idled = (state: OpencodeState): Folded => {
  const { turn, error, interrupting } = state
  if (turn === null) return { ...(error ? failedUnanswered(state, error) : same(state)), idle: true }
  const failure = turn.error ?? error
  const over = turn.done && (turn.final || failure !== null || interrupting)
  return { ...(over ? endNow(state) : same(state)), idle: true }
}

/** The turn is over by opencode's own account, whatever came of its last answer. */
export const endNow = (state: OpencodeState): Folded => {
  const { turn, error, interrupting } = state
  const failure = turn?.error ?? error
  if (failure) return ended(state, outcomeOf(failure))
  return ended(state, { type: interrupting || !turn?.final ? 'interrupted' : 'completed' })
}

type Retry = Extract<SessionStatus, { type: 'retry' }>

/** opencode tries again by itself, without a limit seen; at a quota when its provider said that it may. */
const retrying = (state: OpencodeState, { message, next }: Retry): Folded => {
  const { turn } = state
  if (turn === null) return same(state)
  const cause = retryCause(message)
  const limits: AgentEvent[] = cause === 'quota' && next ? [{ type: 'limit', resetsAt: isoOf(next) }] : []
  if (turn.stalled) return { state, events: limits }
  const text = `opencode is waiting for its model server and keeps trying: ${printable(message)}`
  return {
    state: { ...state, turn: { ...turn, stalled: true } },
    events: [{ type: 'stalled', cause, text }, ...limits],
  }
}

/** A part of its answer tells that the model has answered. */
const wentOn = (state: OpencodeState): Folded =>
  state.turn?.stalled
    ? { state: { ...state, turn: { ...state.turn, stalled: false } }, events: [{ type: 'wentOn' }] }
    : same(state)

const opened = (state: OpencodeState, open: OpenRequest): Folded => {
  if (!state.tree.includes(open.session)) return same(state)
  if (state.requests.some(({ request }) => request.id === open.request.id)) return same(state)
  return {
    state: { ...state, requests: [...state.requests, open] },
    events: [{ type: 'requestOpened', request: open.request }],
  }
}

/** A human's message in a conversation that is neither ours nor a sub-agent's. */
const elsewhere = (state: OpencodeState, session: string): Folded =>
  state.tree.includes(session) ? same(state) : { ...same(state), adopt: session }

/** The next state and what it means, for one signal. Signals of other sessions change nothing. */
export const fold = (state: OpencodeState, signal: OpencodeSignal): Folded => {
  switch (signal.type) {
    case 'session.created':
    case 'session.updated':
      return sessionTold(state, signal.properties.info)
    case 'message.updated': {
      const { info } = signal.properties
      if (info.role === 'user') return elsewhere(state, info.sessionID)
      return info.sessionID === state.session ? assistant(state, info) : same(state)
    }
    case 'message.part.updated': {
      const { part } = signal.properties
      const answers = part.messageID === state.turn?.answer && (part.type === 'text' || part.ofModel)
      return then(answers ? wentOn(state) : same(state), now =>
        part.type === 'text' ? spoken(now, part) : same(now),
      )
    }
    case 'session.status': {
      const { sessionID, status } = signal.properties
      return sessionID === state.session && status.type === 'retry' ? retrying(state, status) : same(state)
    }
    case 'session.error': {
      const { sessionID, error } = signal.properties
      return sessionID === state.session && error ? same({ ...state, error }) : same(state)
    }
    case 'session.idle':
      return signal.properties.sessionID === state.session ? idled(state) : same(state)
    case 'permission.asked':
      return opened(state, approvalOf(signal.properties))
    case 'question.asked':
      return opened(state, questionOf(signal.properties))
    case 'permission.replied':
    case 'question.replied':
    case 'question.rejected':
      return settle(state, signal.properties.requestID)
  }
}

/** The server died, or the conversation was left: whatever was open is over. */
export const cutOff = (state: OpencodeState, outcome: TurnOutcome): Folded => ended(state, outcome)

export const markSent = (state: OpencodeState, waiting: Waiting): OpencodeState => ({
  ...state,
  waiting: [...state.waiting.filter(({ id }) => id !== waiting.id), waiting],
})

export const forget = (state: OpencodeState, id: DeliveryId): OpencodeState => ({
  ...state,
  waiting: state.waiting.filter(entry => entry.id !== id),
})

export const markTaken = (state: OpencodeState, id: DeliveryId): OpencodeState => ({
  ...forget(state, id),
  taken: [...state.taken, id],
})

/** `summary` of the answer that we sent; null when it did not arrive. */
export const markAnswered = (state: OpencodeState, id: string, summary: string | null): OpencodeState => ({
  ...state,
  requests: state.requests.map(open => {
    if (open.request.id !== id) return open
    const { request, session } = open
    return summary === null ? { request, session } : { request, session, answered: summary }
  }),
})

/** A sub-agent's session that was begun before we listened. */
export const addChild = (state: OpencodeState, session: string): OpencodeState => ({
  ...state,
  tree: [...state.tree, session],
})

export const markInterrupting = (state: OpencodeState): OpencodeState => ({ ...state, interrupting: true })
