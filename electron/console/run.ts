/**
 * Runs a terminal program of ours inside Electron's executable, with no window, no display and no run-as-node fuse.
 * Rule: called first thing in the main module, before anything of Electron is touched. The program runs in a worker
 * thread while this thread stands still, so Chromium's own start (which needs a display) never comes; when the
 * program ends, the process ends with its code. Measured and argued in docs/adr/0002-helper-programs.md.
 */
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { parseConsoleArgs } from './args'
import { type ConsoleHost, consoleHost } from './command'

/** What the worker is given; `done[0]` becomes 1 when the program has ended, `done[1]` is its exit code. */
export interface ConsoleWorkerData {
  /** A built entry beside this one, without `.js`. */
  readonly program: string
  readonly done: SharedArrayBuffer
  readonly host: ConsoleHost
}

/** The built entry of worker.ts, beside this bundle. */
const WORKER = 'console'

/** Runs the program that argv asks for and does not return; returns when argv asks for the window. */
export const runConsoleProgram = (): void => {
  const host = consoleHost()
  const wanted = parseConsoleArgs(host.argv.slice(host.defaultApp ? 2 : 1))
  if (wanted === null) return
  const done = new SharedArrayBuffer(8)
  const workerData: ConsoleWorkerData = { program: wanted.program, done, host }
  new Worker(join(__dirname, `${WORKER}.js`), { argv: [...wanted.args], workerData })
  const cells = new Int32Array(done)
  Atomics.wait(cells, 0, 0)
  process.exit(Atomics.load(cells, 1))
}
