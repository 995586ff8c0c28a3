/** A shell line in a process group of its own, which ends at the latest with the app. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { closeSync, constants, mkdtempSync, openSync, rmSync } from 'node:fs'
import { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'

/** It takes about a millisecond. */
const MKFIFO_MS = 5_000

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
