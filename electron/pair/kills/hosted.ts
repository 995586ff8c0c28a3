/**
 * For tests: one life of a host process, from its start to its death. What it told before it died is kept, to be
 * compared with the journal afterwards; a death answers every open request with null.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { createLineCutter } from '../../../shared/agent/practice'
import type { PairId } from '../../../shared/ids'
import type { Stamped } from '../../../shared/pair/events'
import { descendantsOf } from '../../agents/claude/descendants'
import type { FromHost, HostRequest } from './protocol'

/** What dies: the host alone, the host with all that it started (as when the power fails), or one program of a seat. */
export type KillKind = 'host' | 'power' | 'program'

export interface Hosted {
  readonly pid: number
  readonly told: readonly Stamped[]
  readonly pair: () => PairId | null
  /** Null when it died before it answered; else what it said: `error` null is done. */
  request(request: HostRequest): Promise<{ readonly error: string | null } | null>
  readonly gone: Promise<void>
  /** Lines that it wrote where nobody should have to look. */
  readonly stderr: () => string
  /** Everything that it started and that still runs under it. */
  programs(): ReturnType<typeof descendantsOf>
  kill(): void
  /** Ends it in order. */
  close(): Promise<void>
}

/** Milliseconds between the practice agents' steps: they are caught in the middle of a turn too. */
const PACE = 15

/** Bundles the host and the practice program as they are shipped; gives the host's path. */
export const bundleHost = async (outDir: string): Promise<string> => {
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      outDir,
      target: 'node18',
      ssr: true,
      rollupOptions: {
        input: { host: 'electron/pair/kills/host.ts', practice: 'resources/practice-agent/main.ts' },
        external: ['node-pty'],
        output: { format: 'cjs', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
    ssr: { noExternal: true },
  })
  // The app takes no pace from its environment.
  const paced = `process.env.DUOLOGUE_PRACTICE_PACE = '${PACE}'\nrequire('./practice.js')\n`
  writeFileSync(join(outDir, 'practice-agent.js'), paced)
  return join(outDir, 'host.js')
}

const MAX_LINE = 64_000_000

interface HostOptions {
  readonly bundle: string
  readonly env: Readonly<Record<string, string>>
  readonly onEvents: (events: readonly Stamped[]) => void
}

export const startHost = ({ bundle, env, onEvents }: HostOptions): Hosted => {
  const modules = join(__dirname, '../../../node_modules')
  const child: ChildProcess = spawn(process.execPath, [bundle], {
    env: { ...env, NODE_PATH: modules },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const told: Stamped[] = []
  const open = new Map<number, (reply: { error: string | null } | null) => void>()
  let pair: PairId | null = null
  let asked = 0
  let stderr = ''
  let dead = false
  const onLine = (line: string): void => {
    const said = JSON.parse(line) as FromHost
    if (said.type === 'reply') {
      open.get(said.n)?.({ error: said.error })
      open.delete(said.n)
      return
    }
    pair = said.pair
    told.push(...said.events)
    onEvents(said.events)
  }
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  // A request to a host that has just died.
  child.stdin?.on('error', () => undefined)
  // Whole lines only: the last one of a killed host may be torn.
  const cutter = createLineCutter(MAX_LINE)
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    for (const line of cutter.push(text)) onLine(line)
  })
  const gone = new Promise<void>(resolve => child.once('close', () => resolve())).then(() => {
    dead = true
    for (const answer of open.values()) answer(null)
    open.clear()
  })
  const pid = child.pid ?? 0
  return {
    pid,
    told,
    pair: () => pair,
    gone,
    stderr: () => stderr,
    request: request =>
      new Promise(resolve => {
        if (dead) return resolve(null)
        asked += 1
        open.set(asked, resolve)
        child.stdin?.write(`${JSON.stringify({ n: asked, request })}\n`)
      }),
    programs: () => descendantsOf(pid),
    kill: () => void child.kill('SIGKILL'),
    close: () => {
      child.stdin?.end()
      return gone
    },
  }
}
