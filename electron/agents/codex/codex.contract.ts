/**
 * The seat of Codex against the real CLI, offline: its model is a script on loopback. Needs
 * `npm ci` in `e2e/contracts`; run by `vitest run --config vitest.contracts.config.ts`.
 */
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { Terminal } from '@xterm/headless'
// biome-ignore lint/style/noRestrictedImports: the contract runs the port without the rest of the host
import { spawn as spawnPty } from 'node-pty'
import { afterEach, expect, test } from 'vitest'
import * as model from '../../../e2e/contracts/codex-model-server'
import type { AgentEvent } from '../../../shared/agent/event'
import { asDeliveryId, asPairId } from '../../../shared/ids'
import type { Pty } from '../../pty/pty'
import type { Message, Seat, SeatContext } from '../agent'
import { findCodex } from './binary'
import { createCodex } from './codex'

const CONTRACTS = resolve(__dirname, '../../../e2e/contracts')
const found = findCodex(
  { DUOLOGUE_CODEX: join(CONTRACTS, 'node_modules/.bin/codex') },
  process.platform,
  process.arch,
)
if (found === undefined) throw new Error('run `npm ci` in e2e/contracts first')
const binary = found

const COLS = 100
const ROWS = 32
/** Not under $TMPDIR, which Codex's sandbox opens for writing; see CODEX_HOME in its documentation. */
const ROOT = join(homedir(), '.cache', 'duologue-contracts')

interface Screen {
  readonly pty: Pty
  text(): string
}

const realPty = (spec: { file: string; args: readonly string[]; cwd: string; env: object }): Screen => {
  const terminal = new Terminal({ cols: COLS, rows: ROWS, allowProposedApi: true })
  const env = { ...spec.env } as Record<string, string>
  const raw = spawnPty(spec.file, [...spec.args], { cols: COLS, rows: ROWS, cwd: spec.cwd, env })
  raw.onData(data => terminal.write(data))
  terminal.onData(data => raw.write(data))
  const pty: Pty = {
    pid: raw.pid,
    onData: listener => {
      const off = raw.onData(listener)
      return () => off.dispose()
    },
    onExit: listener => {
      const off = raw.onExit(({ exitCode, signal }) =>
        listener({ code: signal ? null : exitCode, signal: signal ? String(signal) : null }),
      )
      return () => off.dispose()
    },
    write: data => raw.write(data),
    resize: (cols, rows) => raw.resize(cols, rows),
    pause: () => raw.pause(),
    resume: () => raw.resume(),
    kill: signal => raw.kill(signal),
  }
  const text = (): string => {
    const buffer = terminal.buffer.active
    const line = (row: number): string =>
      buffer.getLine(buffer.viewportY + row)?.translateToString(true) ?? ''
    return Array.from({ length: ROWS }, (_, row) => line(row)).join('\n')
  }
  return { pty, text }
}

/** Waits for a fact; fails with what there is instead when it does not come. */
const until = async <T>(
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

interface Bench {
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
  type(keys: string): void
}

const TOOL = {
  name: 'submit_review',
  description: 'Submit the verdict of a review.',
  inputSchema: { type: 'object', properties: { verdict: { type: 'string' } }, required: ['verdict'] },
}

const bench = async (respond: model.CodexModelOptions['respond']): Promise<Bench> => {
  mkdirSync(ROOT, { recursive: true })
  const home = mkdtempSync(join(ROOT, 'c-'))
  cleanups.push(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }))
  const project = join(home, 'project')
  const dir = join(home, 'seat')
  mkdirSync(project)
  mkdirSync(dir, { mode: 0o700 })
  execFileSync('git', ['init', '-q'], { cwd: project })
  const server = await model.startCodexModel({ respond })
  cleanups.push(() => server.stop())
  const written = await model.writeCodexHome({ binary, home, project, baseUrl: server.baseUrl })
  const env = { ...written, DUOLOGUE_CODEX: binary }
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
      const screen = realPty(spec)
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
      const deps = { platform: process.platform, arch: process.arch, tempFolder: home }
      const started = await createCodex({ ...deps, ...(transport ? { transport } : {}) }).start(context(more))
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
  }
}

const message = (text: string): Message => {
  const id = asDeliveryId(randomBytes(2).toString('hex'))
  return { id, text: `[duologue ${id}]\n${text}`, summary: text.slice(0, 20) }
}

const READY = 'Fake model'

test('a thread is started, the TUI is attached, a delivery is taken and its turn ends with the final text', async () => {
  const b = await bench(request => [model.say(`answer to ${request.user.split('\n')[1]}`)])
  const seat = await b.open()
  const ready = await b.event('ready')
  expect(ready).toMatchObject({ version: '0.169.0', model: 'fake-model' })
  await b.see(READY)
  const sent = message('say hello')
  expect(await seat.deliver(sent)).toEqual({ ok: true, value: undefined })
  const ended = await b.event('turnEnded')
  const turn = ended.turn
  expect(b.events.filter(event => event.type !== 'ready')).toEqual([
    { type: 'messageTaken', id: sent.id, via: 'item/completed' },
    { type: 'turnStarted', turn, cause: { delivery: sent.id } },
    { type: 'said', turn, text: 'answer to say hello' },
    {
      type: 'usage',
      usage: {
        inputTokens: 1200,
        cachedTokens: 200,
        outputTokens: 30,
        contextTokens: 1230,
        contextWindow: 258_400,
      },
    },
    { type: 'turnEnded', turn, outcome: { type: 'completed' }, text: 'answer to say hello' },
  ])
  await b.see('answer to say hello')
  expect(b.model.requests[0]?.developer).toContain('You pair through Duologue.')
  expect(await seat.took(sent.id)).toBe(true)
  expect(await seat.took(asDeliveryId('ffff'))).toBe(false)
  // Given again, it is not taken again.
  expect(await seat.deliver(sent)).toEqual({ ok: true, value: undefined })
  expect(b.model.requests).toHaveLength(1)
})
