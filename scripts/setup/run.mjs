/** Running other programs. Rule: a program that was started is waited for, and its exit code is never lost. */
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { ROOT } from './paths.mjs'

/** As a shell counts: a program ended by signal n has the code 128 + n. */
const codeOf = (code, signal) => code ?? 128 + (constants.signals[signal] ?? 0)

let interrupted = false

/** Whether the person (or whoever runs us) wants an end; a script with several steps begins no further one then. */
export const wasInterrupted = () => interrupted

/**
 * Runs with our own terminal. Ctrl-C reaches the child by the terminal itself, so we only wait for its end;
 * a signal sent to us alone is handed on once.
 *
 * @returns the exit code
 */
export const run = (file, args, { env = process.env, cwd = ROOT, shell = false } = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(file, args, { env, cwd, shell, stdio: 'inherit' })
    const pass = signal => {
      interrupted = true
      if (signal !== 'SIGINT' || process.stdin.isTTY !== true) child.kill(signal)
    }
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
    for (const signal of signals) process.on(signal, pass)
    const settled = () => {
      for (const signal of signals) process.off(signal, pass)
    }
    child.once('error', error => {
      settled()
      reject(error)
    })
    child.once('exit', (code, signal) => {
      settled()
      resolve(codeOf(code, signal))
    })
  })

/** Runs a tool of `node_modules` by its own script: no shell, alike on every system. */
export const runTool = (script, args, options) =>
  run(process.execPath, [`${ROOT}/node_modules/${script}`, ...args], options)

/**
 * Runs quietly and keeps the output; never rejects.
 *
 * @param {string} file
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string, shell?: boolean, timeoutMs?: number }} options the program is
 *   killed after `timeoutMs`
 * @returns {Promise<{ code: number, stdout: string, stderr: string }>}
 */
export const capture = (file, args, { env = process.env, cwd = ROOT, shell = false, timeoutMs } = {}) =>
  new Promise(resolve => {
    const child = spawn(file, args, {
      env,
      cwd,
      shell,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: timeoutMs ?? 0,
    })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', text => {
      stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', text => {
      stderr += text
    })
    child.once('error', error => resolve({ code: 127, stdout, stderr: String(error) }))
    child.once('close', (code, signal) => resolve({ code: codeOf(code, signal), stdout, stderr }))
  })

/** How npm is started: the very npm that runs us, else the one on the PATH. */
export const npmCommand = () => {
  const script = process.env.npm_execpath
  if (script?.endsWith('.js')) return { file: process.execPath, args: [script], shell: false }
  return { file: 'npm', args: [], shell: process.platform === 'win32' }
}
