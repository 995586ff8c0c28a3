/**
 * The end of a whole process group: nothing that a command started goes on after it, unless that made a session of its
 * own (as daemons do).
 */
import { execFile } from 'node:child_process'
import { setTimeout as after } from 'node:timers/promises'

/** Time to tidy up between SIGTERM and SIGKILL. */
const GRACE_MS = 2_000
const POLL_MS = 20

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
