/** For tests: one seat of any adapter on a real terminal, with a human at its keys. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { AgentEvent } from '../../shared/agent/event'
import type { ToolReply } from '../../shared/agent/tools'
import { asDeliveryId, asPairId } from '../../shared/ids'
import type { Result } from '../../shared/result'
import { pairTools } from '../../shared/tools/call'
import { spawnNodePty } from '../pty/node-pty'
import type { Pty } from '../pty/pty'
import { createTerminalSession, type TerminalSession } from '../pty/session'
import type { Agent, LaunchError, Message, Seat, SeatContext } from './agent'

type Of<T extends AgentEvent['type']> = Extract<AgentEvent, { type: T }>

export interface Trial {
  readonly seat: Seat
  readonly events: readonly AgentEvent[]
  readonly calls: readonly { readonly name: string; readonly args: unknown }[]
  readonly terminal: TerminalSession
  readonly pid: number
  /** The human's keys. */
  type(keys: string): void
  /** The first event of this kind from number `from` on, now or later; the test's time limit bounds the wait. */
  until<T extends AgentEvent['type']>(
    type: T,
    fits?: (event: Of<T>) => boolean,
    from?: number,
  ): Promise<Of<T>>
  /** Once the screen shows it. */
  sees(text: string): Promise<void>
}

export type TrialContext = Pick<SeatContext, 'config' | 'folder' | 'dir' | 'env'> &
  Partial<Pick<SeatContext, 'opening' | 'resume' | 'instructions' | 'seat'>>

export const message = (id: string, body: string): Message => ({
  id: asDeliveryId(id),
  text: `[duologue ${id}] From: your human. You are the driver. Round 1 of 5.\n\n${body}`,
  summary: `Message ${id}`,
})

export const openTrial = async (agent: Agent, given: TrialContext): Promise<Result<Trial, LaunchError>> => {
  const events: AgentEvent[] = []
  const calls: { name: string; args: unknown }[] = []
  const listeners = new Set<() => void>()
  const changed = (): void => {
    for (const listener of [...listeners]) listener()
  }
  let pty: Pty | undefined
  const terminal = createTerminalSession({ spawn: spawnNodePty, cols: 100, rows: 30 })
  const window = terminal.attach(given => {
    // A window that acknowledges nothing has the program wait for it, sooner or later.
    if (given.type === 'data') window.acknowledge(given.data.length)
    if (given.type === 'data' || given.type === 'snapshot') changed()
  })
  const started = await agent.start({
    ...{ pair: asPairId('p1'), seat: 'left', instructions: 'You work in a pair.', tools: pairTools },
    ...given,
    emit: event => {
      events.push(event)
      changed()
    },
    callTool: async (name, args): Promise<ToolReply> => {
      calls.push({ name, args })
      return { ok: true, text: 'It is recorded.' }
    },
    spawn: spec => {
      pty = terminal.run(spec)
      return pty
    },
    terminal,
    log: () => undefined,
  })
  if (!started.ok) {
    terminal.dispose()
    return started
  }
  const until: Trial['until'] = (type, fits = () => true, from = 0) =>
    new Promise(resolve => {
      const check = (): void => {
        const found = events
          .slice(from)
          .find((event): event is Of<typeof type> => event.type === type && fits(event as Of<typeof type>))
        if (!found) return
        listeners.delete(check)
        resolve(found)
      }
      listeners.add(check)
      check()
    })
  const sees = (text: string): Promise<void> =>
    new Promise(resolve => {
      const check = (): void => {
        void terminal.screen().then(screen => {
          if (!screen.includes(text)) return
          listeners.delete(check)
          resolve()
        })
      }
      listeners.add(check)
      check()
    })
  return {
    ok: true,
    value: {
      ...{ seat: started.value, events, calls, terminal, until, sees },
      pid: pty?.pid ?? 0,
      type: keys => terminal.input(keys),
    },
  }
}

export interface Stage extends Pick<TrialContext, 'config' | 'folder' | 'env'> {
  readonly agent: Agent
  /** Each seat's private folder is made in it. */
  readonly root: string
  /** Stands on the screen when a human can type. */
  readonly prompt?: string
}

export interface Trials {
  open(more?: Partial<Pick<TrialContext, 'resume' | 'opening' | 'seat'>>): Promise<Trial>
  /** Stops every seat that was opened. */
  clear(): Promise<void>
}

export const createTrials = ({ agent, root, prompt, ...given }: Stage): Trials => {
  const opened: Trial[] = []
  return {
    async open(more = {}) {
      const dir = join(root, more.seat ?? 'left')
      mkdirSync(dir, { recursive: true, mode: 0o700 })
      const trial = await openTrial(agent, { ...given, ...more, dir })
      if (!trial.ok) throw new Error(trial.error.message)
      opened.push(trial.value)
      if (prompt !== undefined) await trial.value.sees(prompt)
      return trial.value
    },
    async clear() {
      await Promise.all(opened.map(({ seat }) => seat.stop()))
      for (const { terminal } of opened) terminal.dispose()
    },
  }
}
