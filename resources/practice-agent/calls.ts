/** Calls of Duologue's tools, each with its reply. */
import type { FromPractice } from '../../shared/agent/practice'
import type { ToolReply } from '../../shared/agent/tools'

export interface Calls {
  call(name: string, args: unknown): Promise<ToolReply>
  reply(call: number, reply: ToolReply): void
}

export function createCalls(send: (message: FromPractice) => boolean): Calls {
  const open = new Map<number, (reply: ToolReply) => void>()
  let last = 0
  return {
    call(name, args) {
      last += 1
      const call = last
      if (!send({ type: 'toolCall', call, name, args }))
        return Promise.resolve({ ok: false, text: 'there is no Duologue to take it' })
      return new Promise(resolve => open.set(call, resolve))
    },
    reply(call, reply) {
      open.get(call)?.(reply)
      open.delete(call)
    },
  }
}
