/**
 * A bench for the seat of opencode: the real program under a terminal, offline, its model a script on loopback. Everything
 * lives in a folder of its own and is ended and removed after each test.
 */
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Terminal } from '@xterm/headless'
import { afterEach } from 'vitest'
import * as model from '../../../../e2e/contracts/opencode-model-server'
import type { AgentEvent } from '../../../../shared/agent/event'
import { asDeliveryId, asPairId } from '../../../../shared/ids'
import { spawnNodePty } from '../../../pty/node-pty'
import type { Pty, PtySpec } from '../../../pty/pty'
import type { Message, Seat, SeatContext } from '../../agent'
import { createOpencode } from '../opencode'

const CONTRACTS = resolve(__dirname, '../../../../e2e/contracts')
const program = join(CONTRACTS, 'node_modules/opencode-linux-x64/bin/opencode')
if (!existsSync(program)) throw new Error('run `npm ci` in e2e/contracts first')
/** As it stands in the table of processes. */
export const binary = realpathSync(program)

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
  // opencode asks the terminal what it is, and waits for the reply.
  const replies = screen.onData(data => pty.write(data))
  pty.onExit(() => replies.dispose())
  const line = (row: number): string => {
    const { active } = screen.buffer
    return active.getLine(active.viewportY + row)?.translateToString(true) ?? ''
  }
  return { pty, text: () => Array.from({ length: ROWS }, (_, row) => line(row)).join('\n') }
}

/** The TUI takes some seconds to draw, and much longer on a busy machine. */
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

const cleanups: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

const linkOf = (path: string): string => {
  try {
    return readlinkSync(path)
  } catch {
    return ''
  }
}

const textOf = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** Linux only, as the contract is: whatever names the folder or works in it. */
const processesOf = (folder: string): { pid: number; command: string }[] =>
  readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(name => ({
      pid: Number(name),
      command: textOf(`/proc/${name}/cmdline`).replaceAll('\0', ' ').trim(),
      cwd: linkOf(`/proc/${name}/cwd`),
    }))
    .filter(({ command, cwd }) => command !== '' && (command.includes(folder) || cwd.startsWith(folder)))
    .map(({ pid, command }) => ({ pid, command }))

export interface Bench {
  readonly model: model.OpencodeModel
  readonly project: string
  readonly home: string
  readonly env: Readonly<Record<string, string>>
  readonly events: AgentEvent[]
  readonly calls: { name: string; args: unknown }[]
  readonly screens: Screen[]
  context(more?: Partial<SeatContext>): SeatContext
  open(more?: Partial<SeatContext>): Promise<Seat>
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

export const bench = async (
  respond: model.OpencodeModelOptions['respond'],
  more: { readonly config?: Readonly<Record<string, unknown>> } = {},
): Promise<Bench> => {
  const home = mkdtempSync(join(tmpdir(), 'duologue-opencode-'))
  cleanups.push(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }))
  const project = join(home, 'project')
  const dir = join(home, 'seat')
  mkdirSync(project)
  mkdirSync(dir, { mode: 0o700 })
  execFileSync('git', ['init', '-q'], { cwd: project })
  const server = await model.startOpencodeModel({ respond })
  cleanups.push(() => server.stop())
  const written = await model.writeOpencodeHome({ home, baseUrl: server.baseUrl, ...more })
  const env = { ...written, DUOLOGUE_OPENCODE: binary }
  const events: AgentEvent[] = []
  const calls: { name: string; args: unknown }[] = []
  const screens: Screen[] = []
  const logs: string[] = []
  const context = (more: Partial<SeatContext> = {}): SeatContext => ({
    pair: asPairId('p1'),
    seat: 'left',
    config: { agent: 'opencode' },
    folder: project,
    dir,
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
    model: server,
    project,
    home,
    env,
    events,
    calls,
    screens,
    context,
    async open(more) {
      const started = await createOpencode({ log: () => {} }).start(context(more))
      if (!started.ok) throw new Error(started.error.message)
      cleanups.push(() => started.value.stop())
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

/** On screen once the TUI is attached and drawn. */
export const READY = 'Fake model'
