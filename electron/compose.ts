/** The engine put together, alike for the window and the command line. */
import { homedir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { defaultSettings } from '../shared/default-settings'
import { createAgents } from './agents/all'
import { practiceProof } from './agents/practice/practice-proof'
import { consoleCommand, consoleHost } from './console/command'
import { type Log, openLog } from './log'
import { createEngine, type Engine } from './pair/engine'
import type { TerminalSize } from './pair/live'
import { spawnNodePty } from './pty/node-pty'
import { type Sharing, sharingIn } from './share/export-thread'
import { loginShell, readLoginShell, seatEnv } from './shell-env'
import { dataFolder } from './store/data-folder'
import { keyframesIn } from './store/keyframes-thread'
import type { BuildKeyframes } from './store/replay-index'

export interface Composed {
  readonly engine: Engine
  readonly dataFolder: string
  readonly log: Log
  /** Makes a recording's keyframes, in a thread of its own. */
  readonly buildKeyframes: BuildKeyframes
  /** Exports, in a thread of their own. */
  readonly sharing: Sharing
}

/** @param outDir `out/main`, where the bundles lie. @param login false where our own PATH is the shell's already. */
const DEFAULT_QUIET_MS = defaultSettings.quietMinutes * 60_000

/** For tests, which cannot wait for minutes. */
const quietOverride = (): number | undefined => {
  const seconds = Number(process.env.DUOLOGUE_QUIET_SECONDS)
  return seconds > 0 ? seconds * 1000 : undefined
}

export const compose = (
  outDir: string,
  version: string,
  login: boolean,
  size: () => TerminalSize,
  quietMs: () => number = () => DEFAULT_QUIET_MS,
): Composed => {
  const data = dataFolder({ platform: process.platform, home: homedir(), env: process.env })
  const log = openLog(join(data, 'logs', 'duologue.log'))
  const program = consoleCommand(consoleHost(), outDir, '--practice-agent', [])
  let env: Promise<Readonly<Record<string, string>>> | undefined
  const readEnv = async () => seatEnv(process.env, login ? await readLoginShell(loginShell(), log) : null)
  const engine = createEngine({
    dataFolder: data,
    agents: createAgents({ practice: { program: { ...program, env: {} }, version }, log }),
    env: () => {
      env ??= readEnv()
      return env
    },
    spawn: spawnNodePty,
    practiceProof: seats => practiceProof(program, seats),
    size,
    quietMs: () => quietOverride() ?? quietMs(),
    now: () => new Date(),
    log,
  })
  return {
    ...{ engine, dataFolder: data, log },
    buildKeyframes: keyframesIn(join(outDir, 'keyframes.js')),
    sharing: sharingIn(join(outDir, 'export.js')),
  }
}
