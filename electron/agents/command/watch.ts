/** When a program last wrote something, and when it falls silent. Only that it wrote is looked at, never what. */
import type { Pty } from '../../pty/pty'

export interface Watch {
  /** Milliseconds since the last output. */
  silentFor(): number
  /** True at the next output; false after `limit` milliseconds, or when the program ends. */
  output(limit: number): Promise<boolean>
  /** True once there was no output for `ms`, counted from now; false after `limit`, or when the program ends. */
  quiet(ms: number, limit: number): Promise<boolean>
  onOutput(listener: () => void): void
}

export const watchOutput = (pty: Pty): Watch => {
  let last = performance.now()
  let ended = false
  const listeners = new Set<() => void>()
  const tell = (): void => {
    for (const listener of [...listeners]) listener()
  }
  pty.onData(() => {
    last = performance.now()
    tell()
  })
  pty.onExit(() => {
    ended = true
    tell()
  })
  const next = (limit: number): Promise<boolean> =>
    new Promise(resolve => {
      const done = (came: boolean): void => {
        clearTimeout(timer)
        listeners.delete(heard)
        resolve(came && !ended)
      }
      const heard = (): void => done(true)
      const timer = setTimeout(() => done(false), Math.max(0, limit))
      listeners.add(heard)
    })
  const quiet = async (ms: number, limit: number): Promise<boolean> => {
    const deadline = performance.now() + limit
    while (!ended && performance.now() < deadline) {
      const spoke = await next(Math.min(ms, deadline - performance.now()))
      if (!spoke && !ended && performance.now() < deadline) return true
    }
    return false
  }
  return {
    silentFor: () => performance.now() - last,
    output: limit => (ended ? Promise.resolve(false) : next(limit)),
    quiet,
    onOutput: listener => void listeners.add(listener),
  }
}
