/**
 * The command that starts one of our terminal programs from a running Duologue. Rule: it works alike under plain Node,
 * under Electron's own executable with an unpackaged app, and in a package whose run-as-node fuse is off.
 */
import { join } from 'node:path'
import { workerData } from 'node:worker_threads'
import { type ConsoleWord, PROGRAMS } from './args'

/** What of the running process decides how another one is started. */
export interface ConsoleHost {
  readonly execPath: string
  readonly argv: readonly string[]
  readonly electron: boolean
  /** Electron's `process.defaultApp`: the executable is not ours yet and takes the app's folder first. */
  readonly defaultApp: boolean
}

/** In a console worker `process.versions.electron` and the real argv are gone; `run.ts` hands them over. */
export const consoleHost = (): ConsoleHost =>
  workerData?.host ?? {
    execPath: process.execPath,
    argv: process.argv,
    electron: process.versions.electron !== undefined,
    defaultApp: Reflect.get(process, 'defaultApp') === true,
  }

/** @param outDir The folder of the built entries: `__dirname` of a main bundle (not of a chunk). */
export const consoleCommand = (
  host: ConsoleHost,
  outDir: string,
  word: ConsoleWord,
  args: readonly string[],
): { readonly file: string; readonly args: readonly string[] } => {
  const program = PROGRAMS[word]
  if (!host.electron) {
    const own = program.keepWord ? [word, ...args] : args
    return { file: host.execPath, args: [join(outDir, `${program.entry}.js`), ...own] }
  }
  const app = host.defaultApp && host.argv[1] !== undefined ? [host.argv[1]] : []
  // Chromium logs to stderr, which is the terminal the program draws in; root needs the switch its parent had.
  const switches = ['--log-level=3', ...host.argv.filter(arg => arg === '--no-sandbox')]
  return { file: host.execPath, args: [...app, word, ...switches, '--', ...args] }
}
