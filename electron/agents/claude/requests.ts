/**
 * Permission requests that Claude Code holds open towards us while its own dialog is up. Rule: the first answer wins,
 * ours or the one in the TUI; every request is closed exactly once, and its hook is always answered or gone.
 */
import type { ServerResponse } from 'node:http'
import { decisionFor, denyAndInterrupt, noDecision, requestOf } from '../../../shared/agent/claude-requests'
import type { PermissionAsked } from '../../../shared/agent/claude-signals'
import type { AgentEvent, Answer } from '../../../shared/agent/event'
import { asRequestId, type RequestId } from '../../../shared/ids'
import { ok, type Result } from '../../../shared/result'
import type { DeliverError } from '../agent'
import { notNow } from '../delivered'
import { sendJson } from '../mcp/loopback'

interface Held {
  readonly id: RequestId
  readonly signal: PermissionAsked
  readonly response: ServerResponse
  /** Milliseconds since the epoch. */
  readonly openedAt: number
}

export interface Requests {
  hold(signal: PermissionAsked, response: ServerResponse): void
  answer(id: RequestId, answer: Answer): Result<void, DeliverError>
  /** Answers every open dialog with no, and stops the turn; false when none is open. */
  interrupt(): boolean
  isOpen(): boolean
  /** The dialogs that were open before this time are gone: someone answered them in the TUI. */
  settledInTerminal(before: number): void
  close(): void
}

export interface RequestDeps {
  readonly emit: (event: AgentEvent) => void
  readonly newId: () => string
  readonly now: () => number
}

export const createRequests = ({ emit, newId, now }: RequestDeps): Requests => {
  const open = new Map<RequestId, Held>()

  const settle = (held: Held, by: 'inbox' | 'terminal' | 'agent', summary: string, reply: unknown): void => {
    if (!open.delete(held.id)) return
    sendJson(held.response, 200, reply)
    emit({ type: 'requestClosed', id: held.id, by, summary })
  }

  const hold = (signal: PermissionAsked, response: ServerResponse): void => {
    const held: Held = { id: asRequestId(newId()), signal, response, openedAt: now() }
    open.set(held.id, held)
    // The CLI drops the hook when its dialog is left with Esc; a CR in the dialog leaves it open.
    response.once('close', () => settle(held, 'terminal', 'answered in the terminal', noDecision))
    emit({ type: 'requestOpened', request: requestOf(held.id, signal) })
  }

  const answer = (id: RequestId, given: Answer): Result<void, DeliverError> => {
    const held = open.get(id)
    if (!held) return notNow('this request is already settled')
    const decision = decisionFor(held.signal, given)
    if (!decision) return notNow('this answer does not fit the request')
    settle(held, 'inbox', decision.summary, decision.reply)
    return ok(undefined)
  }

  const interrupt = (): boolean => {
    const all = [...open.values()]
    for (const held of all) settle(held, 'inbox', 'denied, and the turn interrupted', denyAndInterrupt)
    return all.length > 0
  }

  const settledInTerminal = (before: number): void => {
    for (const held of [...open.values()]) {
      if (held.openedAt <= before) settle(held, 'terminal', 'answered in the terminal', noDecision)
    }
  }

  const close = (): void => {
    for (const held of [...open.values()]) settle(held, 'agent', 'withdrawn', noDecision)
  }

  return { hold, answer, interrupt, isOpen: () => open.size > 0, settledInTerminal, close }
}
