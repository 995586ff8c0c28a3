/** The window's end of one terminal's port: the snapshot first, then every character once, acknowledged. */
import type { Terminal } from '@xterm/xterm'
import { consumed, MAX_INPUT_CHARS } from '../../shared/terminal/flow'
import type { FromHost, FromWindow, ProgramExit } from '../../shared/terminal/wire'
import { createFeed } from './feed'
import { createPrecedence } from './precedence'

/** The part of a DOM `MessagePort` that is needed. */
export interface TerminalPort {
  postMessage(message: unknown): void
  onmessage: ((event: MessageEvent) => void) | null
  close(): void
}

export interface ConnectionEvents {
  /** The snapshot is on the screen; from now on the size is the window's to say. */
  readonly ready: () => void
  readonly title: (title: string) => void
  readonly exit: (exit: ProgramExit | undefined) => void
}

export interface Connection {
  send(message: FromWindow): void
  input(data: string): void
  close(): void
}

/** Of all terminals of this window. */
const precedence = createPrecedence()

export const connectTerminal = (
  terminal: Terminal,
  port: TerminalPort,
  events: ConnectionEvents,
): Connection => {
  const feed = createFeed(terminal, precedence)
  let held = 0
  const send = (message: FromWindow): void => port.postMessage(message)
  const parsed = (chars: number): void => {
    const step = consumed(held, chars)
    held = step.held
    if (step.acknowledge > 0) send({ type: 'ack', chars: step.acknowledge })
  }
  const take = (message: FromHost): void => {
    switch (message.type) {
      case 'snapshot':
        feed.then(() => {
          terminal.reset()
          terminal.resize(message.cols, message.rows)
        })
        feed.output(message.data.length, done =>
          terminal.write(message.data, () => {
            events.ready()
            done()
          }),
        )
        events.title(message.title)
        events.exit(message.exit)
        break
      case 'data':
        feed.output(message.data.length, done =>
          terminal.write(message.data, () => {
            parsed(message.data.length)
            // xterm.js asked for its frame before.
            requestAnimationFrame(() => precedence.answered(terminal))
            done()
          }),
        )
        break
      case 'title':
        events.title(message.title)
        break
      case 'resize':
        feed.then(() => terminal.resize(message.cols, message.rows))
        break
      case 'exit':
        // After the last output is on the screen.
        feed.output(0, done =>
          terminal.write('', () => {
            events.exit(message.exit)
            done()
          }),
        )
        break
    }
  }
  // The host's messages are its own types; the port comes from the preload and nobody else holds its other end.
  port.onmessage = event => take(event.data as FromHost)
  return {
    send,
    input: data => {
      precedence.typed(terminal)
      for (let at = 0; at < data.length; at += MAX_INPUT_CHARS)
        send({ type: 'input', data: data.slice(at, at + MAX_INPUT_CHARS) })
    },
    close: () => {
      feed.stop()
      port.onmessage = null
      port.close()
    },
  }
}
