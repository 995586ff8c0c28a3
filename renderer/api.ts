/**
 * The window's only way out: the bridge that the preload puts on `window.duologue`. A call that throws (the main
 * process is gone, the message was refused) becomes a failed reply, so that callers handle one kind of failure.
 */
import type { Bridge, Replies, Reply, RequestInput, RequestName } from '../shared/ipc'

declare global {
  interface Window {
    readonly duologue?: Bridge
  }
}

export interface Api {
  request<N extends RequestName>(name: N, input: RequestInput<N>): Promise<Reply<Replies[N]>>
  readonly on: Bridge['on']
  /** Where a dropped file lies; empty for one that is no file of this machine. */
  pathOf(file: File): string
}

export const createApi = (bridge: Bridge): Api => ({
  async request<N extends RequestName>(name: N, input: RequestInput<N>): Promise<Reply<Replies[N]>> {
    try {
      return await bridge.request(name, input)
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error)
      return { ok: false, message: `Duologue’s main process did not answer (${detail}).` }
    }
  },
  on: (name, listener) => bridge.on(name, listener),
  pathOf: file => {
    // Electron before 32 tells it on the file itself.
    const path: unknown = Reflect.get(file, 'path')
    return typeof path === 'string' ? path : bridge.pathOf(file)
  },
})
