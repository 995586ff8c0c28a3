/**
 * Messages handed to Claude Code and not yet taken. Rule: taken is what the CLI's own record says, once; a header that
 * merely stands in some other text (a quotation, a paste) is nobody's receipt, because only open ids count.
 */
import { headersIn } from '../../../shared/agent/claude-signals'
import type { AgentEvent } from '../../../shared/agent/event'
import type { DeliveryId } from '../../../shared/ids'

export interface Messages {
  expect(id: DeliveryId): void
  forget(id: DeliveryId): void
  /** The text was submitted to the agent: emits the receipts in it. */
  taken(text: string, via: string): void
  /** The delivery that this prompt begins a turn with, told once for each delivery; `null` for the human's. */
  causeOf(prompt: string): DeliveryId | null
  /** `open`: handed over and not yet taken; `taken`: in this life; null: it was given back, or nothing is known of it. */
  stateOf(id: DeliveryId): 'open' | 'taken' | null
  /** The process is gone: what was not taken never will be. */
  lost(why: string): void
}

export const createMessages = (emit: (event: AgentEvent) => void): Messages => {
  const open = new Set<DeliveryId>()
  const done = new Set<DeliveryId>()
  const unattributed = new Set<DeliveryId>()
  const among = (ids: ReadonlySet<DeliveryId>, text: string): readonly DeliveryId[] => {
    const headers = headersIn(text)
    return [...ids].filter(id => headers.includes(id))
  }
  return {
    expect: id => {
      open.add(id)
      unattributed.add(id)
    },
    forget: id => {
      open.delete(id)
      unattributed.delete(id)
    },
    taken: (text, via) => {
      for (const id of among(open, text)) {
        open.delete(id)
        done.add(id)
        emit({ type: 'messageTaken', id, via })
      }
    },
    causeOf: prompt => {
      const ids = among(unattributed, prompt)
      for (const id of ids) unattributed.delete(id)
      return ids[0] ?? null
    },
    stateOf: id => (done.has(id) ? 'taken' : open.has(id) ? 'open' : null),
    lost: why => {
      for (const id of open) emit({ type: 'messageLost', id, why })
      open.clear()
    },
  }
}
