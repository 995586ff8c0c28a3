/** One window's message port to one terminal. What comes in is parsed; a port that closes owes nothing more. */
import { FromWindow } from '../../shared/terminal/wire'
import type { TerminalSession } from '../pty/session'

/** The part of Electron's `MessagePortMain` that is needed; `MessagePort` of `worker_threads` is adapted in tests. */
export interface Port {
  postMessage(message: unknown): void
  on(event: 'message', listener: (message: { readonly data: unknown }) => void): unknown
  on(event: 'close', listener: () => void): unknown
  start(): void
  close(): void
}

/** Returns the detachment, which closes the port. Messages that do not parse are told to `refused` and dropped. */
export const attachPort = (
  port: Port,
  session: TerminalSession,
  refused: (why: string) => void,
): (() => void) => {
  const attachment = session.attach(message => port.postMessage(message))
  const take = (message: FromWindow): void => {
    switch (message.type) {
      case 'input':
        session.input(message.data)
        break
      case 'ack':
        attachment.acknowledge(message.chars)
        break
      case 'resize':
        attachment.resize(message.cols, message.rows)
        break
      case 'colours':
        session.setColours(message.colours)
        break
    }
  }
  port.on('message', ({ data }) => {
    const parsed = FromWindow.safeParse(data)
    if (parsed.success) take(parsed.data)
    else refused(parsed.error.message)
  })
  port.on('close', attachment.detach)
  port.start()
  return () => {
    attachment.detach()
    port.close()
  }
}
