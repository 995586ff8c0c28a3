/** The program's end of the socket to Duologue: lines both ways. Closed means that Duologue is gone. */
import { connect } from 'node:net'
import {
  createLineCutter,
  type FromPractice,
  parseToPractice,
  practiceLine,
  type ToPractice,
} from '../../shared/agent/practice'

export interface Channel {
  /** False when it could not be sent. */
  send(message: FromPractice): boolean
}

export interface ChannelDeps {
  /** A socket's path, or `tcp:<port>` on loopback. */
  readonly address: string
  readonly token: string
  readonly session: string
  readonly onMessage: (message: ToPractice) => void
  readonly onClose: () => void
}

export function openChannel(deps: ChannelDeps): Channel {
  const port = /^tcp:(\d+)$/.exec(deps.address)?.[1]
  const socket = port === undefined ? connect(deps.address) : connect(Number(port), '127.0.0.1')
  const cutter = createLineCutter()
  socket.setEncoding('utf8')
  socket.on('data', (chunk: string) => {
    for (const line of cutter.push(chunk)) {
      const parsed = parseToPractice(line)
      // A line of a newer Duologue is not for us; there is nobody here to tell.
      if (parsed.ok) deps.onMessage(parsed.value)
    }
  })
  // `close` always follows, and is what counts.
  socket.on('error', () => undefined)
  socket.on('close', deps.onClose)
  const send = (message: FromPractice) => {
    if (socket.destroyed) return false
    socket.write(practiceLine(message))
    return true
  }
  send({ type: 'hello', token: deps.token, session: deps.session })
  return { send }
}
