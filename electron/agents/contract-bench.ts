/**
 * For the contract tests: a seat with its real program under a terminal, in a folder of its own. Everything is ended and
 * removed after each test.
 */
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Terminal } from '@xterm/headless'
import { afterAll, afterEach } from 'vitest'
import type { AgentEvent } from '../../shared/agent/event'
import { asDeliveryId, asPairId } from '../../shared/ids'
import { spawnNodePty } from '../pty/node-pty'
import type { Pty, PtySpec } from '../pty/pty'
import type { Agent, Message, Seat, SeatContext } from './agent'

const COLS = 100
const ROWS = 32

interface Screen {
  readonly pty: Pty
  text(): string
}

const terminal = (spec: Omit<PtySpec, 'cols' | 'rows'>): Screen => {
  const screen = new Terminal({ cols: COLS, rows: ROWS, allowProposedApi: true })
  const pty = spawnNodePty({ ...spec, cols: COLS, rows: ROWS })
  pty.onData(data => screen.write(data))
  // The program asks the terminal what it is, and waits for the reply.
  const replies = screen.onData(data => pty.write(data))
  pty.onExit(() => replies.dispose())
  const line = (row: number): string => {
    const { active } = screen.buffer
    return active.getLine(active.viewportY + row)?.translateToString(true) ?? ''
  }
  return { pty, text: () => Array.from({ length: ROWS }, (_, row) => line(row)).join('\n') }
}

/** Programs take some seconds to draw, and much longer on a busy machine. */
const WAIT_MS = 120_000

/** Waits for a fact; fails with what there is instead when it does not come. */
export const until = async <T>(
  what: string,
  read: () => T | undefined | false,
  instead: () => unknown,
): Promise<T> => {
  const end = Date.now() + WAIT_MS
  for (;;) {
    const value = read()
    if (value !== undefined && value !== false) return value
    if (Date.now() > end)
      throw new Error(`${what} did not come; instead: ${JSON.stringify(instead(), null, 1)}`)
    await new Promise(done => setTimeout(done, 15))
  }
}

type Cleanup = () => Promise<void> | void

const clean = async (cleanups: Cleanup[]): Promise<void> => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
}

const ofTest: Cleanup[] = []
let current = ofTest
afterEach(() => clean(ofTest))

/** Done after the test, or when what is `shared` ends; the last one first. */
export const afterTest = (cleanup: Cleanup): void => void current.push(cleanup)

/**
 * Made by the first test that asks for it and used by those that follow, as starting a program is what costs. A test
 * that fails ends it: the next one has it made anew, so that no failure comes of another.
 */
export const shared = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  const own: Cleanup[] = []
  let made: Promise<T> | undefined
  const begin = async (): Promise<T> => {
    current = own
    try {
      return await make()
    } finally {
      current = ofTest
    }
  }
  const end = (): Promise<void> => {
    made = undefined
    return clean(own)
  }
  afterEach(({ task }) => (task.result?.state === 'fail' ? end() : undefined))
  afterAll(end)
  return () => {
    made ??= begin()
    return made
  }
}

const linkOf = (path: string): string => {
  try {
    return readlinkSync(path)
  } catch {
    return '' // the process has ended
  }
}

const textOf = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return '' // the process has ended
  }
}

/** Linux only, as the contracts are: whatever names the folder or works in it. */
export const processesOf = (folder: string): { pid: number; command: string }[] =>
  readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(name => ({
      pid: Number(name),
      command: textOf(`/proc/${name}/cmdline`).replaceAll('\0', ' ').trim(),
      cwd: linkOf(`/proc/${name}/cwd`),
    }))
    .filter(({ command, cwd }) => command !== '' && (command.includes(folder) || cwd.startsWith(folder)))
    .map(({ pid, command }) => ({ pid, command }))

export interface Place {
  readonly home: string
  /** A git repository in it. */
  readonly project: string
}

export const makePlace = (name: string, under = tmpdir()): Place => {
  const home = mkdtempSync(join(under, `duologue-${name}-`))
  afterTest(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }))
  const project = join(home, 'project')
  mkdirSync(project)
  mkdirSync(join(home, 'seat'), { mode: 0o700 })
  execFileSync('git', ['init', '-q'], { cwd: project })
  return { home, project }
}

export interface SeatBench extends Place {
  readonly env: Readonly<Record<string, string>>
  readonly events: AgentEvent[]
  readonly calls: { name: string; args: unknown }[]
  readonly screens: Screen[]
  context(more?: Partial<SeatContext>): SeatContext
  openAs(agent: Agent, more?: Partial<SeatContext>): Promise<Seat>
  event<Type extends AgentEvent['type']>(
    type: Type,
    fits?: (event: Extract<AgentEvent, { type: Type }>) => boolean,
  ): Promise<Extract<AgentEvent, { type: Type }>>
  see(text: string): Promise<string>
  /** Raw bytes, as from a keyboard. */
  type(keys: string): void
  /** A whole prompt, pasted and sent as a human would. */
  prompt(text: string): void
  /** Processes that this bench started or that work in its folder. */
  processes(): { readonly pid: number; readonly command: string }[]
}

export const TOOL = {
  name: 'submit_review',
  description: 'Submit the verdict of a review.',
  inputSchema: { type: 'object', properties: { verdict: { type: 'string' } }, required: ['verdict'] },
}

export const createSeatBench = (
  { home, project }: Place,
  agent: SeatContext['config']['agent'],
  env: Readonly<Record<string, string>>,
): SeatBench => {
  const events: AgentEvent[] = []
  const calls: { name: string; args: unknown }[] = []
  const screens: Screen[] = []
  const logs: string[] = []
  const context = (more: Partial<SeatContext> = {}): SeatContext => ({
    pair: asPairId('p1'),
    seat: 'left',
    config: { agent },
    folder: project,
    dir: join(home, 'seat'),
    env,
    instructions: 'You pair through Duologue.',
    tools: [TOOL],
    emit: event => void events.push(event),
    callTool: async (name, args) => {
      calls.push({ name, args })
      return { ok: true, text: `${name} was noted` }
    },
    spawn: spec => {
      const screen = terminal(spec)
      screens.push(screen)
      return screen.pty
    },
    log: line => void logs.push(line),
    ...more,
  })
  const screen = (): string => screens.at(-1)?.text() ?? ''
  return {
    ...{ home, project, env, events, calls, screens, context },
    async openAs(agent, more) {
      const started = await agent.start(context(more))
      if (!started.ok) throw new Error(started.error.message)
      afterTest(() => started.value.stop())
      return started.value
    },
    event: (type, fits = () => true) =>
      until(
        `the event ${type}`,
        () => {
          const typed = (event: AgentEvent): event is Extract<AgentEvent, { type: typeof type }> =>
            event.type === type
          return events.filter(typed).find(fits)
        },
        () => [events.slice(-8), logs.slice(-10), screen()],
      ),
    see: text => until(`"${text}" on screen`, () => screen().includes(text) && screen(), screen),
    type: keys => screens.at(-1)?.pty.write(keys),
    prompt: text => screens.at(-1)?.pty.write(`\x1b[200~${text}\x1b[201~\r`),
    processes: () => processesOf(home),
  }
}

export const message = (text: string): Message => {
  const id = asDeliveryId(randomBytes(2).toString('hex'))
  return { id, text: `[duologue ${id}]\n${text}`, summary: text.slice(0, 20) }
}
