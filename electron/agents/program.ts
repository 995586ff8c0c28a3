/** Programs on this machine: whether a file is one, and what one says when it is asked. */
import { execFile } from 'node:child_process'
import { accessSync, constants, statSync } from 'node:fs'

export interface Run {
  /** Null when it could not be started or did not end in time. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Starts the program with exactly this environment and waits for its end, at most `ms` milliseconds. */
export const run = (
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  ms: number,
): Promise<Run> =>
  new Promise(resolve => {
    const options = { env: { ...env }, timeout: ms, killSignal: 'SIGKILL' as const, windowsHide: true }
    const child = execFile(file, [...args], options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : null
      resolve({ code, stdout, stderr })
    })
    child.stdin?.end()
  })

export const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
