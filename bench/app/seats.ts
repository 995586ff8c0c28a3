/** The real CLIs by their own seats, with nothing between them: what each needs for a turn, without the relay. */
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Terminal } from '@xterm/headless'
import type { World } from '../../e2e/contracts/world'
import type { Agent } from '../../electron/agents/agent'
import { createClaude } from '../../electron/agents/claude/claude'
import { createCodex } from '../../electron/agents/codex/codex'
import { spawnNodePty } from '../../electron/pty/node-pty'
import type { Pty, PtySpec } from '../../electron/pty/pty'
import type { AgentEvent } from '../../shared/agent/event'
import { asDeliveryId, asPairId } from '../../shared/ids'
import { until } from './until'

/** What a pane of the app's first window holds. */
const SIZE = { cols: 100, rows: 32 }

/** A program asks its terminal what it is, and waits for the reply. */
const inTerminal = (spec: Omit<PtySpec, 'cols' | 'rows'>, output: (data: string) => void): Pty => {
  const screen = new Terminal({ ...SIZE, allowProposedApi: true })
  const pty = spawnNodePty({ ...spec, ...SIZE })
  pty.onData(data => screen.write(data))
  pty.onData(output)
  const replies = screen.onData(data => pty.write(data))
  pty.onExit(() => replies.dispose())
  return pty
}

export interface Latency {
  /** Milliseconds from the message handed to the seat until the first request to the model. */
  readonly taken: number
  /** From the model's last byte until the seat says that the turn is over. */
  readonly ended: number
}

export interface OwnSeat {
  /** One turn: a message, one reply of the model. */
  turn(text: string): Promise<Latency>
  stop(): Promise<void>
}

interface Options {
  readonly agent: Agent
  readonly world: World
  /** Makes every next turn's model say something, and tells when it was asked, and when it had said it. */
  readonly script?: (asked: (at: number) => void, said: () => void) => void
  readonly permissionMode?: string
  /** Told what the program draws. */
  readonly output?: (data: string) => void
}

export const takeSeat = async ({
  agent,
  world,
  script = () => undefined,
  permissionMode,
  output = () => undefined,
}: Options): Promise<OwnSeat> => {
  const times = { asked: 0, said: 0, ended: 0 }
  const events: AgentEvent[] = []
  const count = (type: AgentEvent['type']): number => events.filter(each => each.type === type).length
  const dir = join(world.root, `seat-${agent.kind}`)
  mkdirSync(dir, { mode: 0o700 })
  const started = await agent.start({
    ...{
      pair: asPairId('p1'),
      seat: 'left',
      config: { agent: agent.kind, ...(permissionMode === undefined ? {} : { permissionMode }) },
    },
    ...{ folder: world.project, dir, env: { ...world.env, TERM: 'xterm-256color' } },
    ...{ instructions: 'You pair through Duologue.', tools: [] },
    emit: event => {
      if (event.type === 'turnEnded') times.ended = Date.now()
      events.push(event)
    },
    callTool: async () => ({ ok: true, text: '' }),
    spawn: spec => inTerminal(spec, output),
    log: () => undefined,
  })
  if (!started.ok) throw new Error(started.error.message)
  const seat = started.value
  script(
    at => {
      times.asked ||= at
    },
    () => {
      times.said = Date.now()
    },
  )
  const turn = async (text: string): Promise<Latency> => {
    const id = asDeliveryId(randomBytes(2).toString('hex'))
    const before = count('turnEnded')
    times.asked = 0
    const begun = Date.now()
    const sent = await seat.deliver({ id, text: `[duologue ${id}]\n${text}`, summary: 'A turn' })
    if (!sent.ok) throw new Error(`${agent.kind}: ${sent.error.why}`)
    await until(`${agent.kind} has ended its turn`, () => count('turnEnded') > before)
    return { taken: times.asked - begun, ended: times.ended - times.said }
  }
  try {
    await until(`${agent.kind} is ready`, () => count('ready') > 0)
    return { turn, stop: () => seat.stop() }
  } catch (error) {
    await seat.stop()
    throw error
  }
}

export const ownClaude = (): Agent => createClaude({ newId: randomUUID, now: Date.now })

export const ownCodex = (world: World): Agent =>
  createCodex({ log: () => undefined, machine: { tempFolder: world.root } })
