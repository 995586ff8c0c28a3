/**
 * A command in a process group of its own, and the end of the whole group: nothing it started goes on after it,
 * unless that made a session of its own (as daemons do).
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process'

/** Time to tidy up between SIGTERM and SIGKILL. */
const GRACE_MS = 2_000
const POLL_MS = 20

export const after = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms))

/**
 * Runs a shell line without a terminal and with nothing to read. The first shell only joins stderr to stdout, so that
 * they come in the order they were written, and is replaced by the one that runs the line. Throws what `spawn` throws.
 */
export const spawnShell = (
  command: string,
  cwd: string,
  env: Readonly<Record<string, string>>,
  platform: NodeJS.Platform,
): ChildProcess => {
  const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe']
  if (platform === 'win32') {
    const args = ['/d', '/s', '/c', `"${command}"`]
    const shell = env.ComSpec ?? 'cmd.exe'
    return spawn(shell, args, { cwd, env, stdio, windowsHide: true, windowsVerbatimArguments: true })
  }
  const args = ['-c', 'exec "$0" -c "$1" 2>&1', '/bin/sh', command]
  return spawn('/bin/sh', args, { cwd, env, stdio, detached: true })
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
