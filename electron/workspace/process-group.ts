/**
 * A command in a process group of its own, and the end of the whole group: nothing it started goes on after it,
 * unless that made a session of its own (as daemons do).
 */
import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process'
import { closeSync, constants, mkdtempSync, openSync, rmSync } from 'node:fs'
import { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'

/** Time to tidy up between SIGTERM and SIGKILL. */
const GRACE_MS = 2_000
const POLL_MS = 20
/** It takes about a millisecond. */
const MKFIFO_MS = 5_000

export const after = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms))

export interface ShellRun {
  readonly child: ChildProcess
  /** Each ends when nobody holds it any more, which may be after the child's exit. */
  readonly output: readonly Readable[]
}

/**
 * A real pipe: Node's own are sockets, and on Linux a script that writes to `/dev/stderr` fails on a socket. Returns
 * both ends; the name is gone again. Throws when it cannot be made.
 */
const makePipe = (): { readonly from: Readable; readonly to: number } => {
  const own = mkdtempSync(join(tmpdir(), 'duologue-pipe-'))
  try {
    const path = join(own, 'pipe')
    execFileSync('mkfifo', ['-m', '600', path], { stdio: 'ignore', timeout: MKFIFO_MS })
    // The reader first: a writer of a pipe without one would wait for it.
    const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
    const to = openSync(path, constants.O_WRONLY)
    return { from: new Socket({ fd: reader, readable: true, writable: false }), to }
  } finally {
    rmSync(own, { recursive: true, force: true })
  }
}

/** Runs a shell line without a terminal and with nothing to read. Throws what `spawn` and the system throw. */
export const spawnShell = (
  command: string,
  cwd: string,
  env: Readonly<Record<string, string>>,
  platform: NodeJS.Platform,
): ShellRun => {
  if (platform === 'win32') {
    const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe']
    const args = ['/d', '/s', '/c', `"${command}"`]
    const options = { cwd, env, stdio, windowsHide: true, windowsVerbatimArguments: true }
    const child = spawn(env.ComSpec ?? 'cmd.exe', args, options)
    return { child, output: [child.stdout, child.stderr] }
  }
  const { from, to } = makePipe()
  try {
    // One pipe for both, so that they come in the order they were written.
    const stdio: ['ignore', number, number] = ['ignore', to, to]
    const child = spawn('/bin/sh', ['-c', command], { cwd, env, stdio, detached: true })
    return { child, output: [from] }
  } catch (error) {
    from.destroy()
    throw error
  } finally {
    closeSync(to)
  }
}

/** Ends group $1 when our side of its input closes without a word: the app has been killed. */
const GUARD = 'read -r line && exit; kill -s TERM -- "-$1"; sleep 2; kill -s KILL -- "-$1"'

/**
 * A tiny shell that ends the group when this process is gone, also after a SIGKILL. Returns what sends it away, once
 * the group has ended.
 */
export const guardGroup = (
  leader: number,
  env: Readonly<Record<string, string>>,
  platform: NodeJS.Platform,
): (() => void) => {
  if (platform === 'win32') return () => undefined
  const guard = spawn('/bin/sh', ['-c', GUARD, 'duologue-guard', String(leader)], {
    env,
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  // Without a guard the command runs all the same, and EPIPE says that it has gone already.
  guard.on('error', () => undefined)
  guard.stdin.on('error', () => undefined)
  return () => guard.stdin.end('done\n')
}

/** False when no process of the group is left. */
const signalGroup = (leader: number, signal: NodeJS.Signals | 0): boolean => {
  try {
    process.kill(-leader, signal)
    return true
  } catch {
    // ESRCH: the group is empty. EPERM (macOS): only zombies are left.
    return false
  }
}

const endTree = (leader: number): Promise<void> =>
  new Promise(done => {
    execFile('taskkill', ['/pid', String(leader), '/T', '/F'], { windowsHide: true }, () => done())
  })

/** Asked as soon as the leader has ended: the id of an empty group may soon be another's. */
export const groupLives = (leader: number, platform: NodeJS.Platform): boolean =>
  platform !== 'win32' && signalGroup(leader, 0)

/** SIGTERM, then SIGKILL for what is left after the grace. Resolves when the group is empty or cannot be ended. */
export const endGroup = async (leader: number, platform: NodeJS.Platform): Promise<void> => {
  if (platform === 'win32') return endTree(leader)
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    if (!signalGroup(leader, signal)) return
    const until = Date.now() + GRACE_MS
    while (Date.now() < until) {
      await after(POLL_MS)
      if (!signalGroup(leader, 0)) return
    }
  }
}
