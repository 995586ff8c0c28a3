/** For tests: the program bundled as it is shipped, in a real terminal, driven through its adapter. */
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Terminal } from '@xterm/headless'
import { build } from 'vite'
import { afterAll, beforeAll } from 'vitest'
import type { AgentEvent } from '../../../shared/agent/event'
import type { ToolReply } from '../../../shared/agent/tools'
import { asDeliveryId, asPairId } from '../../../shared/ids'
import { spawnNodePty } from '../../pty/node-pty'
import type { Pty, PtySpec } from '../../pty/pty'
import { makeScratch } from '../../workspace/scratch'
import type { LaunchError, Message, Seat } from '../agent'
import { createPractice } from './practice'

const run = promisify(execFile)
export const git = async (folder: string, ...args: string[]): Promise<string> =>
  (await run('git', args, { cwd: folder })).stdout.trim()

/** Bundles the program before a file's tests and removes it after them; its path is known from the first hook on. */
export function bundleProgram(): () => string {
  let outDir: string
  beforeAll(async () => {
    outDir = await mkdtemp(join(tmpdir(), 'practice-bundle-'))
    await build({
      configFile: false,
      logLevel: 'error',
      build: {
        outDir,
        emptyOutDir: false,
        target: 'node18',
        minify: true,
        ssr: 'resources/practice-agent/main.ts',
        rollupOptions: { output: { format: 'cjs', entryFileNames: 'practice-agent.cjs' } },
      },
      ssr: { noExternal: true },
    })
  }, 60_000)
  afterAll(() => rm(outDir, { recursive: true, force: true }))
  return () => join(outDir, 'practice-agent.cjs')
}

interface Call {
  readonly name: string
  readonly args: unknown
}

export interface TestSeat {
  readonly seat: Seat
  readonly pty: Pty
  readonly session: string
  readonly events: readonly AgentEvent[]
  readonly calls: readonly Call[]
  /** The next event of this type after those already waited for. */
  next<T extends AgentEvent['type']>(type: T): Promise<Extract<AgentEvent, { type: T }>>
  /** The text of screen and scrollback, once it matches. */
  screen(match: RegExp): Promise<string>
  resize(cols: number, rows: number): void
  /** Where the program was told to connect. */
  address(): string
}

export interface Bench {
  readonly folder: string
  start(options?: StartOptions): Promise<TestSeat>
  launch(options?: StartOptions): Promise<LaunchError | null>
  clear(): Promise<void>
}

interface StartOptions {
  readonly name?: string
  readonly resume?: string
  readonly opening?: Message
  readonly permissionMode?: string
  readonly env?: Readonly<Record<string, string>>
  readonly reply?: ToolReply
}

export const message = (id: string, text: string): Message => ({
  id: asDeliveryId(id),
  text: `[duologue ${id}] ${text}`,
  summary: `Message ${id}`,
})

/** A fresh scratch repository, and seats in it. */
export async function createBench(
  program: string,
  command = { file: process.execPath, args: [program] },
): Promise<Bench> {
  const root = await mkdtemp(join(tmpdir(), 'practice-test-'))
  const env = { PATH: process.env.PATH ?? '', HOME: root, LANG: 'C.UTF-8' }
  const scratch = await makeScratch(join(root, 'repositories'), env)
  if (!scratch.ok) throw new Error(scratch.error.message)
  const stops: (() => Promise<void>)[] = []

  const open = async (options: StartOptions) => {
    const parts = createParts(options)
    const agent = createPractice({
      program: { ...command, env: { DUOLOGUE_PRACTICE_PACE: '0', ...options.env } },
      version: '1.2.3',
    })
    const result = await agent.start({
      pair: asPairId('p1'),
      seat: 'left',
      config: {
        agent: 'practice',
        ...(options.permissionMode === undefined ? {} : { permissionMode: options.permissionMode }),
      },
      folder: scratch.value,
      dir: join(root, options.name ?? 'left'),
      env,
      instructions: '',
      tools: [],
      ...(options.opening === undefined ? {} : { opening: options.opening }),
      ...(options.resume === undefined ? {} : { resume: options.resume }),
      ...parts.context,
    })
    return { parts, result }
  }

  return {
    folder: scratch.value,
    async start(options = {}) {
      const { parts, result } = await open(options)
      if (!result.ok) throw new Error(result.error.message)
      stops.push(result.value.stop)
      const { session } = await parts.next('ready')
      return { ...parts, seat: result.value, pty: parts.pty(), session }
    },
    async launch(options = {}) {
      const { result } = await open(options)
      if (result.ok) stops.push(result.value.stop)
      return result.ok ? null : result.error
    },
    async clear() {
      await Promise.all(stops.map(stop => stop()))
      await rm(root, { recursive: true, force: true })
    },
  }
}

function createParts(options: StartOptions) {
  const events: AgentEvent[] = []
  const calls: Call[] = []
  const seen = new Set<AgentEvent>()
  const terminal = new Terminal({ cols: 100, rows: 30, scrollback: 5_000, allowProposedApi: true })
  let checks: (() => void)[] = []
  let pty: Pty | null = null
  let address = ''
  const check = () => {
    for (const each of [...checks]) each()
  }
  /** Resolves with what `find` gives, as soon as it gives something; the test's own time limit bounds it. */
  const until = <T>(find: () => T | null): Promise<T> =>
    new Promise(resolve => {
      const look = () => {
        const found = find()
        if (found === null) return
        checks = checks.filter(each => each !== look)
        resolve(found)
      }
      checks.push(look)
      look()
    })
  const text = () => {
    const { active } = terminal.buffer
    const rows = Array.from(
      { length: active.length },
      (_, at) => active.getLine(at)?.translateToString(true) ?? '',
    )
    return rows.join('\n')
  }
  const started = (): Pty => {
    if (pty === null) throw new Error('nothing was started')
    return pty
  }
  return {
    events,
    calls,
    pty: started,
    address: () => address,
    next: <T extends AgentEvent['type']>(type: T) =>
      until(() => {
        const found = events.find(event => event.type === type && !seen.has(event))
        if (found === undefined) return null
        seen.add(found)
        return found as Extract<AgentEvent, { type: T }>
      }),
    screen: (match: RegExp) => until(() => (match.test(text()) ? text() : null)),
    resize(cols: number, rows: number) {
      terminal.resize(cols, rows)
      started().resize(cols, rows)
    },
    context: {
      emit: (event: AgentEvent) => {
        events.push(event)
        check()
      },
      callTool: (name: string, args: unknown) => {
        calls.push({ name, args })
        return Promise.resolve(options.reply ?? { ok: true, text: 'recorded' })
      },
      spawn: (spec: Omit<PtySpec, 'cols' | 'rows'>) => {
        address = spec.env.DUOLOGUE_PRACTICE_SOCKET ?? ''
        pty = spawnNodePty({ ...spec, cols: 100, rows: 30 })
        pty.onData(data => terminal.write(data, check))
        return pty
      },
      log: () => undefined,
    },
  }
}
