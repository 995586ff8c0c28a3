/** Asks main for a terminal's port. It comes as a window message, because a MessagePort cannot cross the bridge. */
import type { TerminalPortMessage } from '../../shared/ipc'
import type { SeatId } from '../../shared/pair/seat'
import type { Api } from '../api'

const isPortMessage = (data: unknown): data is TerminalPortMessage =>
  typeof data === 'object' && data !== null && 'type' in data && data.type === 'duologue.terminal'

export const connectTerminal = (api: Api, pair: string, seat: SeatId): Promise<MessagePort> =>
  new Promise((resolve, reject) => {
    const stop = () => window.removeEventListener('message', onMessage)
    const onMessage = (event: MessageEvent) => {
      if (event.source !== window || !isPortMessage(event.data)) return
      const [port] = event.ports
      if (event.data.pair !== pair || event.data.seat !== seat || !port) return
      stop()
      resolve(port)
    }
    window.addEventListener('message', onMessage)
    void api.request('terminal.attach', { pair, seat }).then(reply => {
      if (reply.ok) return
      stop()
      reject(new Error(reply.message))
    })
  })
