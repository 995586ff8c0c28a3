/**
 * The signals of `codex app-server` as `AgentEvent`s: a fold over the frames of one thread. A turn's cause is known
 * only when its user message arrives, so `turnStarted` waits for that, and at most for the turn's end. A message
 * with questions is not an end: the turn goes on in our eyes until it is answered.
 */
import { asDeliveryId, asTurnId, type DeliveryId, type TurnId } from '../ids'
import { isoOf } from '../time'
import { failureCause, failureDetail } from './codex-errors'
import type { Item, LimitWindow, ParamsOf, RpcId, Signal } from './codex-frames'
import { askedInMessage, type OpenRequest, openedBy } from './codex-requests'
import type { AgentEvent, TurnCause, TurnOutcome } from './event'
import { printable } from './printable'

interface OpenTurn {
  /** Null while the turn rests on a question that was asked in a message. */
  readonly codexId: string | null
  /** From such a rest until the message that goes on with it. */
  readonly rested: boolean
  readonly turn: TurnId
  readonly told: boolean
  readonly text: string
  /** It waits for its model server. */
  readonly stalled: boolean
}

interface Change {
  readonly files: number
  readonly text: string
}

export interface CodexState {
  readonly thread: string
  /** Goes into request ids: the server counts its requests from 0 again in every process. */
  readonly process: string
  readonly turn: OpenTurn | null
  readonly requests: readonly OpenRequest[]
  readonly changes: Readonly<Record<string, Change>>
  readonly taken: readonly DeliveryId[]
  /** We asked for the interruption, so what it withdraws was not answered by anyone. */
  readonly interrupting: boolean
}

/** A call of one of our tools, to be answered by `rpcId`. */
export interface ToolCall {
  readonly rpcId: RpcId
  readonly name: string
  readonly args: unknown
}

export interface Folded {
  readonly state: CodexState
  readonly events: readonly AgentEvent[]
  readonly call?: ToolCall
  /** The human began a new conversation in the TUI: this thread takes the place of ours. */
  readonly adopt?: string
}

export const codexState = (thread: string, process: string): CodexState => ({
  thread,
  process,
  turn: null,
  requests: [],
  changes: {},
  taken: [],
  interrupting: false,
})

const PREFIX = 'duologue:'
/** The id that Codex keeps with a message of ours; it is not an idempotency key there. */
export const clientIdOf = (id: DeliveryId): string => `${PREFIX}${id}`
const deliveryOf = (clientId: string | null | undefined): DeliveryId | undefined =>
  clientId?.startsWith(PREFIX) ? asDeliveryId(clientId.slice(PREFIX.length)) : undefined

/** The id with which an answer to questions in a message goes out; not a delivery. */
export const answerClientId = (requestId: string): string => `duologue-answer:${requestId}`

const same = (state: CodexState): Folded => ({ state, events: [] })

const began = (state: CodexState, codexId: string): CodexState => {
  const turn = state.turn
  if (turn?.codexId === codexId) return state
  if (turn && turn.codexId === null) return { ...state, turn: { ...turn, codexId } }
  return {
    ...state,
    interrupting: false,
    turn: { codexId, rested: false, turn: asTurnId(codexId), told: false, text: '', stalled: false },
  }
}

/** Makes sure that the turn was announced; `cause` counts only the first time. */
const announce = (state: CodexState, cause: TurnCause): Folded => {
  const turn = state.turn
  if (turn === null || turn.told) return same(state)
  return {
    state: { ...state, turn: { ...turn, told: true } },
    events: [{ type: 'turnStarted', turn: turn.turn, cause }],
  }
}

const then = (first: Folded, next: (state: CodexState) => Folded): Folded => {
  const second = next(first.state)
  return { ...second, events: [...first.events, ...second.events] }
}

const close = (
  state: CodexState,
  which: (open: OpenRequest) => boolean,
  by: 'inbox' | 'terminal' | 'agent',
): Folded => {
  const closed = state.requests.filter(which)
  return {
    state: { ...state, requests: state.requests.filter(open => !which(open)) },
    events: closed.map(open => ({
      type: 'requestClosed',
      id: open.request.id,
      by: open.answered === undefined ? by : 'inbox',
      summary: open.answered ?? (by === 'terminal' ? 'Answered in the terminal' : 'Withdrawn'),
    })),
  }
}

const inMessage = (open: OpenRequest): boolean => open.rpcId === null

/** A turn that rests on a question goes on with the human's answer, but not with another message of ours. */
const endResting = (state: CodexState): Folded =>
  then(close(state, inMessage, 'agent'), now => ended(now, { type: 'completed' }, ''))

const ended = (state: CodexState, outcome: TurnOutcome, text: string): Folded => {
  const turn = state.turn
  if (turn === null) return same(state)
  return then(announce(state, 'human'), now => ({
    state: { ...now, turn: null, changes: {}, interrupting: false },
    events: [{ type: 'turnEnded', turn: turn.turn, outcome, text: text || turn.text }],
  }))
}

type UserMessage = Extract<Item, { type: 'userMessage' }>

const userMessage = (state: CodexState, item: UserMessage, codexTurn: string): Folded => {
  const delivery = deliveryOf(item.clientId)
  // Any word of the human answers; a message of ours does not, and after a rest it is a turn of its own.
  const awake: CodexState = state.turn ? { ...state, turn: { ...state.turn, rested: false } } : state
  const settled =
    delivery === undefined
      ? close(awake, inMessage, 'terminal')
      : state.turn?.rested
        ? endResting(awake)
        : same(awake)
  return then(settled, now => {
    const joined = began(now, codexTurn)
    if (delivery === undefined) return announce(joined, 'human')
    if (joined.taken.includes(delivery)) return announce(joined, { delivery })
    const took: CodexState = { ...joined, taken: [...joined.taken, delivery] }
    const events: AgentEvent[] = [{ type: 'messageTaken', id: delivery, via: 'item/completed' }]
    return then({ state: took, events }, after => announce(after, { delivery }))
  })
}

type AgentMessage = Extract<Item, { type: 'agentMessage' }>

const agentMessage = (state: CodexState, item: AgentMessage): Folded =>
  then(announce(state, 'human'), now => {
    const turn = now.turn
    if (turn === null) return same(now)
    const text = printable(item.text)
    const said: AgentEvent[] = text === '' ? [] : [{ type: 'said', turn: turn.turn, text }]
    const state = { ...now, turn: { ...turn, text: text || turn.text } }
    if (!item.questions?.length) return { state, events: said }
    const open = askedInMessage(`codex-${now.process}-${item.id}`, item.questions)
    return {
      state: { ...state, requests: [...state.requests, open] },
      events: [...said, { type: 'requestOpened', request: open.request }],
    }
  })

const changed = (state: CodexState, item: Extract<Item, { type: 'fileChange' }>): Folded => {
  const text = item.changes.map(({ path, kind, diff }) => `${kind.type} ${path}\n${diff}`).join('\n')
  return same({
    ...state,
    changes: { ...state.changes, [item.id]: { files: item.changes.length, text } },
  })
}

const itemDone = (state: CodexState, params: ParamsOf<'item/completed'>): Folded => {
  const { item, turnId } = params
  if (item.type === 'userMessage') return userMessage(state, item, turnId)
  if (item.type === 'agentMessage') return agentMessage(began(state, turnId), item)
  return same(state)
}

const finalText = (items: readonly Item[]): string => {
  const messages = items.filter(item => item.type === 'agentMessage')
  return printable(messages.at(-1)?.text ?? '')
}

const turnDone = (before: CodexState, { turn }: ParamsOf<'turn/completed'>): Folded => {
  const state = began(before, turn.id)
  const text = finalText(turn.items)
  if (turn.status === 'completed' && state.turn && state.requests.some(inMessage)) {
    return same({
      ...state,
      turn: { ...state.turn, codexId: null, rested: true, text: text || state.turn.text },
    })
  }
  const outcome: TurnOutcome =
    turn.status === 'failed'
      ? { type: 'failed', cause: failureCause(turn.error), detail: printable(failureDetail(turn.error)) }
      : { type: turn.status === 'interrupted' ? 'interrupted' : 'completed' }
  const ours = (open: OpenRequest): boolean => open.codexTurn === turn.id || inMessage(open)
  return then(close(state, ours, 'agent'), now => ended(now, outcome, text))
}

const asked = (state: CodexState, signal: Signal, rpcId: RpcId): Folded => {
  // Pending requests are sent again on every resume of the thread.
  if (state.requests.some(open => open.rpcId === rpcId)) return same(state)
  const id = `codex-${state.process}-${rpcId}`
  const open = openedBy(signal, rpcId, id, item => state.changes[item])
  if (open === null) {
    const text = 'Codex asks for something that Duologue cannot show; please answer in its terminal.'
    return { state, events: [{ type: 'notice', text }] }
  }
  return then(announce(state, 'human'), now => ({
    state: { ...now, requests: [...now.requests, open] },
    events: [{ type: 'requestOpened', request: open.request }],
  }))
}

const usage = (state: CodexState, { tokenUsage }: ParamsOf<'thread/tokenUsage/updated'>): Folded => {
  const { total, last, modelContextWindow } = tokenUsage
  return {
    state,
    events: [
      {
        type: 'usage',
        usage: {
          inputTokens: total.inputTokens,
          cachedTokens: total.cachedInputTokens,
          outputTokens: total.outputTokens,
          contextTokens: last.totalTokens,
          ...(modelContextWindow ? { contextWindow: modelContextWindow } : {}),
        },
      },
    ],
  }
}

/** Told after every answer, with what is left; a limit is only what is used up. The last of them to end counts. */
const limits = (
  state: CodexState,
  { rateLimits: { primary, secondary } }: ParamsOf<'account/rateLimits/updated'>,
): Folded => {
  const ends = [primary, secondary].flatMap(each => (isUsedUp(each) ? [each.resetsAt] : []))
  if (ends.length === 0) return same(state)
  return { state, events: [{ type: 'limit', resetsAt: isoOf(Math.max(...ends) * 1_000) }] }
}

const isUsedUp = (
  window: LimitWindow | null | undefined,
): window is LimitWindow & { readonly resetsAt: number } =>
  typeof window?.resetsAt === 'number' && window.usedPercent >= 100

/** Codex tries again by itself, without a limit seen when its server cannot be reached. */
const trouble = (state: CodexState, params: ParamsOf<'error'>): Folded => {
  const turn = state.turn
  if (!params.willRetry || turn === null || turn.stalled) return same(state)
  const text = `Codex is waiting for its model server and keeps trying: ${printable(failureDetail(params.error))}`
  const cause = failureCause(params.error)
  return { state: { ...state, turn: { ...turn, stalled: true } }, events: [{ type: 'stalled', cause, text }] }
}

/** An item tells that the model has answered. */
const wentOn = (state: CodexState): Folded =>
  state.turn?.stalled
    ? { state: { ...state, turn: { ...state.turn, stalled: false } }, events: [{ type: 'wentOn' }] }
    : same(state)

/** The next state and what it means, for one signal. Signals of other threads change nothing. */
export const fold = (state: CodexState, signal: Signal): Folded => {
  if (signal.method === 'thread/started') {
    const { id, ephemeral, threadSource } = signal.params.thread
    return id !== state.thread && !ephemeral && threadSource === 'user'
      ? { ...same(state), adopt: id }
      : same(state)
  }
  if (signal.method === 'account/rateLimits/updated') return limits(state, signal.params)
  if (signal.params.threadId !== state.thread) return same(state)
  switch (signal.method) {
    case 'turn/started':
      return turnBegan(state, signal.params.turn.id)
    case 'item/started':
      return then(wentOn(state), now =>
        signal.params.item.type === 'fileChange' ? changed(now, signal.params.item) : same(now),
      )
    case 'item/completed':
      return then(wentOn(state), now => itemDone(now, signal.params))
    case 'turn/completed':
      return turnDone(state, signal.params)
    case 'thread/tokenUsage/updated':
      return usage(state, signal.params)
    case 'error':
      return trouble(state, signal.params)
    case 'serverRequest/resolved': {
      const { requestId } = signal.params
      return close(state, open => open.rpcId === requestId, state.interrupting ? 'agent' : 'terminal')
    }
    case 'item/tool/call':
      if (signal.id === undefined) return same(state)
      return {
        ...same(state),
        call: { rpcId: signal.id, name: signal.params.tool, args: signal.params.arguments },
      }
    default:
      return signal.id === undefined ? same(state) : asked(state, signal, signal.id)
  }
}

const turnBegan = (state: CodexState, codexId: string): Folded => {
  const open = state.turn
  if (open === null || open.codexId === null || open.codexId === codexId) return same(began(state, codexId))
  const lost: TurnOutcome = {
    type: 'failed',
    cause: 'unknown',
    detail: 'Codex began another turn without ending this one',
  }
  return then(ended(state, lost, ''), now => same(began(now, codexId)))
}

/** The server died, or the thread was left: whatever was open is over. */
export const cutOff = (state: CodexState, outcome: TurnOutcome): Folded =>
  then(
    close(state, () => true, 'agent'),
    now => ended(now, outcome, ''),
  )

export const markAnswered = (state: CodexState, id: string, summary: string): CodexState => ({
  ...state,
  requests: state.requests.map(open => (open.request.id === id ? { ...open, answered: summary } : open)),
})

export const markInterrupting = (state: CodexState): CodexState => ({ ...state, interrupting: true })
