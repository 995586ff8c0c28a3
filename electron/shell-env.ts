/**
 * The environment that seats get. An app started from a dock or menu has not the login shell's PATH, so the shell is
 * asked once, with a time limit; what an enclosing agent session left behind is taken out.
 */
import { execFile } from 'node:child_process'
import { userInfo } from 'node:os'
import process from 'node:process'

/** A slow start-up file must not keep the app from starting. */
const SHELL_MS = 5_000
const MARK = '_DUOLOGUE_ENV_'

type Env = Readonly<Record<string, string>>

/** Variables by which an agent that runs us would take our seats for its own children, and those of Electron. */
const INHERITED =
  /^(CLAUDE_CODE_|CLAUDECODE$|CLAUDE_PID$|ELECTRON_|CODEX_SANDBOX|CHROME_DESKTOP$|NODE_OPTIONS$|DUOLOGUE_PRACTICE_)/

/** Chosen by the human for a seat, not left behind by a session. */
const KEPT = /^CLAUDE_CODE_(USE_|SKIP_|OAUTH|DISABLE_|MAX_)/

const withoutSession = (env: Readonly<Record<string, string | undefined>>): Env =>
  Object.fromEntries(
    Object.entries(env).filter(
      (entry): entry is [string, string] =>
        entry[1] !== undefined && (!INHERITED.test(entry[0]) || KEPT.test(entry[0])),
    ),
  )

export const loginShell = (): string => process.env.SHELL ?? userInfo().shell ?? '/bin/sh'

/** `null` when the shell did not answer in time or in form; `log` then says why. */
export const readLoginShell = (
  shell: string,
  log: (line: string) => void,
  limitMs = SHELL_MS,
): Promise<Env | null> => {
  if (process.platform === 'win32') return Promise.resolve(null)
  return new Promise(resolve => {
    const child = execFile(
      shell,
      ['-l', '-i', '-c', `printf %s ${MARK}; env -0; printf %s ${MARK}`],
      {
        timeout: limitMs,
        killSignal: 'SIGKILL',
        maxBuffer: 4_000_000,
        env: { ...process.env, TERM: 'dumb' },
      },
      (error, stdout) => {
        const body = stdout.split(MARK)[1]
        if (body === undefined)
          log(`login shell ${shell} gave no environment: ${error?.message ?? 'no output'}`)
        resolve(body === undefined ? null : parseEnv(body))
      },
    )
    child.stdin?.end()
  })
}

const parseEnv = (body: string): Env =>
  Object.fromEntries(
    body
      .split('\0')
      .map(line => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)] as const)
      .filter(([name]) => name !== '' && name !== '_' && name !== 'SHLVL'),
  )

/** The process's own variables win, except PATH, which is the shell's followed by what only we have. */
export const seatEnv = (own: Readonly<Record<string, string | undefined>>, shell: Env | null): Env => {
  const merged = withoutSession({ ...shell, ...own })
  const paths = [...(shell?.PATH ?? '').split(':'), ...(own.PATH ?? '').split(':')].filter(
    path => path !== '',
  )
  return process.platform === 'win32' ? merged : { ...merged, PATH: [...new Set(paths)].join(':') }
}
