/**
 * A bench for the seat of Codex: the real CLI under a terminal, offline, its model a script on loopback. Everything
 * lives in a folder of its own and is ended and removed after each test.
 */
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Terminal } from '@xterm/headless'
import { afterEach } from 'vitest'
import * as model from '../../../../e2e/contracts/codex-model-server'
import type { AgentEvent } from '../../../../shared/agent/event'
import { asDeliveryId, asPairId } from '../../../../shared/ids'
import { spawnNodePty } from '../../../pty/node-pty'
import type { Pty, PtySpec } from '../../../pty/pty'
import type { Message, Seat, SeatContext } from '../../agent'
import { findCodex } from '../binary'
import { createCodex } from '../codex'

const CONTRACTS = resolve(__dirname, '../../../../e2e/contracts')
const found = findCodex(
  { DUOLOGUE_CODEX: join(CONTRACTS, 'node_modules/.bin/codex') },
  process.platform,
  process.arch,
)
if (found === undefined) throw new Error('run `npm ci` in e2e/contracts first')
export const binary = found

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
  // Codex asks the terminal what it is, and waits for the reply.
  const replies = screen.onData(data => pty.write(data))
  pty.onExit(() => replies.dispose())
  const line = (row: number): string => {
    const { active } = screen.buffer
    return active.getLine(active.viewportY + row)?.translateToString(true) ?? ''
  }
  return { pty, text: () => Array.from({ length: ROWS }, (_, row) => line(row)).join('\n') }
}

/** Waits for a fact; fails with what there is instead when it does not come. */
export const until = async <T>(
  what: string,
  read: () => T | undefined | false,
  instead: () => unknown,
): Promise<T> => {
  const end = Date.now() + 20_000
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
  readonly model: model.CodexModel
  readonly project: string
  readonly home: string
  readonly env: Readonly<Record<string, string>>
  readonly events: AgentEvent[]
  readonly calls: { name: string; args: unknown }[]
  readonly screens: Screen[]
  context(more?: Partial<SeatContext>): SeatContext
  open(more?: Partial<SeatContext>, transport?: 'socket' | 'port'): Promise<Seat>
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

const TOOL = {
  name: 'submit_review',
  description: 'Submit the verdict of a review.',
  inputSchema: { type: 'object', properties: { verdict: { type: 'string' } }, required: ['verdict'] },
}

export const bench = async (
  respond: model.CodexModelOptions['respond'],
  more: { readonly env?: Readonly<Record<string, string>>; readonly undecided?: boolean } = {},
): Promise<Bench> => {
  const home = mkdtempSync(join(tmpdir(), 'duologue-codex-'))
  cleanups.push(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }))
  const project = join(home, 'project')
  const dir = join(home, 'seat')
  mkdirSync(project)
  mkdirSync(dir, { mode: 0o700 })
  execFileSync('git', ['init', '-q'], { cwd: project })
  const server = await model.startCodexModel({ respond })
  cleanups.push(() => server.stop())
  const written = await model.writeCodexHome({
    binary,
    home,
    project,
    baseUrl: server.baseUrl,
    undecided: more.undecided ?? false,
  })
  const env = { ...written, ...more.env, DUOLOGUE_CODEX: binary }
  const events: AgentEvent[] = []
  const calls: { name: string; args: unknown }[] = []
  const screens: Screen[] = []
  const context = (more: Partial<SeatContext> = {}): SeatContext => ({
    pair: asPairId('p1'),
    seat: 'left',
    config: { agent: 'codex' },
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
    log: () => {},
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
    async open(more, transport) {
      const machine = { tempFolder: home, ...(transport ? { transport } : {}) }
      const started = await createCodex({ log: () => {}, machine }).start(context(more))
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
        () => [events.slice(-8), screen()],
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
