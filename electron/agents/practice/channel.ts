/**
 * Duologue's end of the practice agent's socket: one private listener per seat, one program on it. Who does not
 * say hello with the right token is cut off; lines that are no message are dropped, counted and logged.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  createLineCutter,
  type FromPractice,
  parseFromPractice,
  practiceLine,
  type ToPractice,
} from '../../../shared/agent/practice'

/** Longest path a unix socket can have on macOS is 103 bytes, on Linux 107. */
const MAX_SOCKET_BYTES = 100

export interface ChannelDeps {
  readonly dir: string
  readonly session: string
  /** After a good hello only. */
  readonly onMessage: (message: Exclude<FromPractice, { type: 'hello' }>) => void
  readonly onHello: () => void
  readonly log: (line: string) => void
}

export interface PracticeChannel {
  /** What the program is given in its environment. */
  readonly address: string
  readonly token: string
  /** False when no program is connected. */
  send(message: ToPractice): boolean
  close(): Promise<void>
}

export async function listen(deps: ChannelDeps): Promise<PracticeChannel> {
  const token = randomBytes(32).toString('hex')
  let program: Socket | null = null
  const sockets = new Set<Socket>()
  const server = createServer(socket => {
    sockets.add(socket)
    socket.on('close', () => {
      sockets.delete(socket)
      if (program === socket) program = null
    })
    socket.on('error', error => deps.log(`practice: socket: ${error.message}`))
    serve(socket, { ...deps, token }, () => {
      if (program !== null) return false
      program = socket
      return true
    })
  })
  const place = await bind(server, deps.dir)
  return {
    address: place.address,
    token,
    send(message) {
      if (program === null || program.destroyed) return false
      program.write(practiceLine(message))
      return true
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>(resolve => server.close(() => resolve()))
      if (place.temporary !== null) await rm(place.temporary, { recursive: true, force: true })
    },
  }
}

function serve(socket: Socket, deps: ChannelDeps & { token: string }, claim: () => boolean): void {
  const cutter = createLineCutter()
  let greeted = false
  let bad = 0
  let dropped = 0
  const onLine = (line: string) => {
    const parsed = parseFromPractice(line)
    if (!parsed.ok) {
      bad += 1
      return deps.log(`practice: line ${bad} ignored: ${parsed.error}`)
    }
    const message = parsed.value
    if (message.type !== 'hello') {
      if (greeted) deps.onMessage(message)
      return
    }
    if (greeted) return
    if (!same(message.token, deps.token) || message.session !== deps.session || !claim()) {
      deps.log('practice: a connection without the right hello was refused')
      return void socket.destroy()
    }
    greeted = true
    deps.onHello()
  }
  socket.setEncoding('utf8')
  socket.on('data', (chunk: string) => {
    for (const line of cutter.push(chunk)) if (!socket.destroyed) onLine(line)
    if (cutter.dropped() > dropped) deps.log('practice: a line that was too long was dropped')
    dropped = cutter.dropped()
  })
}

const same = (given: string, wanted: string): boolean => {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)]
  return a.length === b.length && timingSafeEqual(a, b)
}

interface Bound {
  readonly address: string
  /** A folder made only for the socket. */
  readonly temporary: string | null
}

async function bind(server: Server, dir: string): Promise<Bound> {
  const open = (...where: [string] | [number, string]) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      const done = () => {
        server.off('error', reject)
        resolve()
      }
      if (where.length === 1) server.listen(where[0], done)
      else server.listen(where[0], where[1], done)
    })
  if (process.platform === 'win32') {
    await open(0, '127.0.0.1')
    const bound = server.address()
    return { address: `tcp:${typeof bound === 'object' ? bound?.port : 0}`, temporary: null }
  }
  const near = join(dir, 'practice.sock')
  if (Buffer.byteLength(near) <= MAX_SOCKET_BYTES) {
    // A socket left by an app that was killed; nobody listens on it any more.
    await rm(near, { force: true })
    await open(near)
    return { address: near, temporary: null }
  }
  const temporary = await mkdtemp(join(tmpdir(), 'duologue-'))
  await open(join(temporary, 's'))
  return { address: join(temporary, 's'), temporary }
}
