/** Runs a program for the agent: bounded output, bounded time, and gone with the turn or the agent. */
import { type ChildProcess, spawn } from 'node:child_process'

export interface Ran {
  /** False: there is no such program, or it may not be run. */
  readonly started: boolean
  /** null: killed, timed out or never started. */
  readonly code: number | null
  readonly output: string
  /** Why there is no code, e.g. `ENOENT`, `timed out`. */
  readonly trouble: string
}

export interface RunOptions {
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
  readonly signal: AbortSignal
  /** Milliseconds. */
  readonly timeout?: number
}

/** Output kept of one command, in UTF-16 units. */
const MAX_OUTPUT_CHARS = 1_000_000

export function runCommand(file: string, args: readonly string[], options: RunOptions): Promise<Ran> {
  return new Promise(resolve => {
    let output = ''
    let trouble = ''
    let started = true
    const child = spawn(file, args, {
      cwd: options.cwd,
      env: options.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that what the command started goes with it.
      detached: process.platform !== 'win32',
    })
    const stop = (why: string) => {
      trouble = why
      killGroup(child)
    }
    const onAbort = () => stop('interrupted')
    const onExit = () => killGroup(child)
    process.once('exit', onExit)
    const timer = setTimeout(() => stop('timed out'), options.timeout ?? 120_000)
    options.signal.addEventListener('abort', onAbort, { once: true })
    if (options.signal.aborted) onAbort()
    const keep = (chunk: string) => {
      if (output.length < MAX_OUTPUT_CHARS) output += chunk
    }
    child.stdout.setEncoding('utf8').on('data', keep)
    child.stderr.setEncoding('utf8').on('data', keep)
    const done = (code: number | null) => {
      clearTimeout(timer)
      options.signal.removeEventListener('abort', onAbort)
      process.off('exit', onExit)
      resolve({ started, code: trouble === '' ? code : null, output, trouble })
    }
    child.on('error', error => {
      trouble = error.message
      started = child.pid !== undefined
      done(null)
    })
    child.on('close', code => done(code))
  })
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return
  try {
    if (process.platform === 'win32') child.kill('SIGKILL')
    else process.kill(-child.pid, 'SIGKILL')
  } catch {
    // The group is gone already; `close` follows or has been.
    child.kill('SIGKILL')
  }
}
