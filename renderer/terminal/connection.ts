/** The window's end of one terminal's port: the snapshot first, then every character once, acknowledged. */
import type { Terminal } from '@xterm/xterm'
import { consumed, MAX_INPUT_CHARS } from '../../shared/terminal/flow'
import type { FromHost, FromWindow, ProgramExit } from '../../shared/terminal/wire'

/** The part of a DOM `MessagePort` that is needed. */
export interface TerminalPort {
  postMessage(message: unknown): void
  onmessage: ((event: MessageEvent) => void) | null
  close(): void
}

export interface ConnectionEvents {
  /** The snapshot is on the screen; from now on the size is the window's to say. */
  readonly ready: () => void
  readonly parsed: (chars: number) => void
  readonly title: (title: string) => void
  readonly exit: (exit: ProgramExit | undefined) => void
}

export interface Connection {
  send(message: FromWindow): void
  input(data: string): void
  close(): void
}

export const connectTerminal = (
  terminal: Terminal,
  port: TerminalPort,
  events: ConnectionEvents,
): Connection => {
  let held = 0
  const send = (message: FromWindow): void => port.postMessage(message)
  const parsed = (chars: number): void => {
    events.parsed(chars)
    const step = consumed(held, chars)
    held = step.held
    if (step.acknowledge > 0) send({ type: 'ack', chars: step.acknowledge })
  }
  const take = (message: FromHost): void => {
    switch (message.type) {
      case 'snapshot':
        terminal.reset()
        terminal.resize(message.cols, message.rows)
        terminal.write(message.data, events.ready)
        events.title(message.title)
        events.exit(message.exit)
        break
      case 'data':
        terminal.write(message.data, () => parsed(message.data.length))
        break
      case 'title':
        events.title(message.title)
        break
      case 'resize':
        terminal.resize(message.cols, message.rows)
        break
      case 'exit':
        // After the last output is on the screen.
        terminal.write('', () => events.exit(message.exit))
        break
    }
  }
  // The host's messages are its own types; the port comes from the preload and nobody else holds its other end.
  port.onmessage = event => take(event.data as FromHost)
  return {
    send,
    input: data => {
      for (let at = 0; at < data.length; at += MAX_INPUT_CHARS)
        send({ type: 'input', data: data.slice(at, at + MAX_INPUT_CHARS) })
    },
    close: () => {
      port.onmessage = null
      port.close()
    },
  }
}
