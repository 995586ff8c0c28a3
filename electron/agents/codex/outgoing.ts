/**
 * Messages that were handed to Codex and that it has not taken yet. Each ends in exactly one of two ways: the thread
 * shows it (`messageTaken`), or it is certain that it will never be taken (`messageLost`).
 */
import { clientIdOf } from '../../../shared/agent/codex'
import type { AgentEvent } from '../../../shared/agent/event'
import type { DeliveryId } from '../../../shared/ids'
import type { Rpc } from './rpc'
import { recorded, withdraw } from './thread'

/** A steer goes into the running turn and has no place in the queue. */
type Way = 'queued' | 'steered'

/** `unknown`: Codex did not answer; it stays as it is until the connection is back. */
type Fate = 'taken' | 'never' | 'unknown'

const LOOKS = 3
const BETWEEN_LOOKS_MS = 250

export class Outgoing {
  readonly #waiting = new Map<DeliveryId, Way>()
  readonly #emit: (event: AgentEvent) => void

  constructor(emit: (event: AgentEvent) => void) {
    this.#emit = emit
  }

  has(id: DeliveryId): boolean {
    return this.#waiting.has(id)
  }

  add(id: DeliveryId, way: Way): void {
    this.#waiting.set(id, way)
  }

  /** Taken, or refused before it reached Codex: no longer of interest. */
  remove(id: DeliveryId): boolean {
    return this.#waiting.delete(id)
  }

  lose(way: Way, why: string): void {
    for (const [id, is] of [...this.#waiting]) if (is === way) this.#lost(id, why)
  }

  #lost(id: DeliveryId, why: string): void {
    if (this.#waiting.delete(id)) this.#emit({ type: 'messageLost', id, why })
  }

  /** Takes back what still stands in the queue; what left it meanwhile is being taken. */
  async withdrawAll(rpc: Rpc, thread: string, why: string): Promise<void> {
    for (const [id, way] of [...this.#waiting]) {
      if (way !== 'queued') continue
      const withdrawn = await withdraw(rpc, thread, clientIdOf(id))
      if (withdrawn.ok && withdrawn.value) this.#lost(id, why)
    }
  }

  /** After a lost connection: asks the thread's record about each. `taken` reports the ones that it holds. */
  async reconcile(rpc: Rpc, thread: string, taken: (id: DeliveryId) => void): Promise<void> {
    for (const id of [...this.#waiting.keys()]) {
      const found = await findDelivery(rpc, thread, id)
      if (!this.has(id)) continue
      if (found === 'taken') taken(id)
      if (found === 'never') this.#lost(id, 'lost when the connection to Codex was lost')
    }
  }
}

/**
 * Whether Codex took a message, or never will: one that still waits in its queue is taken back. A message that just
 * left the queue is for some 10 ms neither there nor in the record, so "nowhere" is believed only when it lasts.
 */
export const findDelivery = async (rpc: Rpc, thread: string, id: DeliveryId): Promise<Fate> => {
  for (let look = 0; look < LOOKS; look++) {
    if (look > 0) await new Promise(resolve => setTimeout(resolve, BETWEEN_LOOKS_MS))
    const shown = await recorded(rpc, thread, id)
    if (!shown.ok) return 'unknown'
    if (shown.value) return 'taken'
    const withdrawn = await withdraw(rpc, thread, clientIdOf(id))
    if (!withdrawn.ok) return 'unknown'
    if (withdrawn.value) return 'never'
  }
  return 'never'
}
