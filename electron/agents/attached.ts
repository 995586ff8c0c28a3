/** What seats have in common whose agent is a server of ours with a TUI attached to it. */
import type { Pty, PtyExit } from '../pty/pty'

/** A server that dies oftener than this has a lasting trouble that a restart does not mend. */
const MAX_RESTARTS = 3
const RESTART_WINDOW_MS = 60_000

/** Counts a restart; false: there were too many of late. */
export const countRestarts = (): (() => boolean) => {
  let restarts: number[] = []
  return () => {
    const now = Date.now()
    restarts = [...restarts.filter(at => now - at < RESTART_WINDOW_MS), now]
    return restarts.length <= MAX_RESTARTS
  }
}

export interface AttachedTui {
  /** Asks it to end. */
  end(): void
  /** Resolves when it has ended, at the latest by SIGKILL, `patience` milliseconds from now. */
  ended(patience: number): Promise<void>
}

export const attachedTui = (tui: Pty, onExit: (exit: PtyExit) => void): AttachedTui => {
  let alive = true
  const gone = new Promise<void>(resolve => {
    tui.onExit(exit => {
      alive = false
      onExit(exit)
      resolve()
    })
  })
  return {
    end: () => {
      if (alive) tui.kill('SIGTERM')
    },
    ended: async patience => {
      const timer = setTimeout(() => alive && tui.kill('SIGKILL'), patience)
      await gone
      clearTimeout(timer)
    },
  }
}
