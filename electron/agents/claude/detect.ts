/**
 * Finds Claude Code on this machine. Rules: it is asked, never guessed; each question has a time limit; nobody's
 * credentials are read (`claude auth status` tells whether someone is signed in).
 */
import { execFile } from 'node:child_process'
import { access, constants } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { z } from 'zod'
import { judgeVersion, OLDEST, versionIn } from '../../../shared/agent/claude-launch'
import type { AgentInfo } from '../../../shared/agent/info'

type Env = Readonly<Record<string, string>>

/** Milliseconds; a cold start of the 250 MB binary takes about one second. */
const ASK_MS = 3_000

interface Told {
  readonly code: number | null
  readonly text: string
}

/** What the program prints on stdout; `code` is `null` when it could not run or took too long. */
export const ask = (file: string, args: readonly string[], env: Env): Promise<Told> =>
  new Promise(resolve => {
    const options = {
      env: { ...env },
      timeout: ASK_MS,
      killSignal: 'SIGKILL' as const,
      encoding: 'utf8' as const,
    }
    execFile(file, [...args], options, (error, stdout) => {
      if (!error) return resolve({ code: 0, text: stdout })
      resolve({ code: typeof error.code === 'number' ? error.code : null, text: stdout })
    })
  })

const isProgram = (path: string): Promise<boolean> =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  )

const firstProgram = async (paths: readonly string[]): Promise<string | null> => {
  for (const path of paths) if (await isProgram(path)) return path
  return null
}

const onPath = (name: string, env: Env): readonly string[] =>
  (env.PATH ?? '')
    .split(delimiter)
    .filter(folder => folder !== '')
    .map(folder => join(folder, name))

/** Where its installers put it when the PATH does not say. */
const usual = (env: Env): readonly string[] =>
  env.HOME ? [join(env.HOME, '.local/bin/claude'), join(env.HOME, '.claude/local/claude')] : []

const findClaude = (env: Env): Promise<string | null> =>
  firstProgram(env.DUOLOGUE_CLAUDE ? [env.DUOLOGUE_CLAUDE] : [...onPath('claude', env), ...usual(env)])

const authStatus = z.object({ loggedIn: z.boolean() })

/** Providers that need no login, and keys in the environment. */
const SIGNED_IN_BY = [
  'ANTHROPIC_API_KEY',
  'ANTHROPIC_AUTH_TOKEN',
  'ANTHROPIC_BASE_URL',
  'CLAUDE_CODE_OAUTH_TOKEN',
  'CLAUDE_CODE_USE_BEDROCK',
  'CLAUDE_CODE_USE_VERTEX',
  'CLAUDE_CODE_USE_FOUNDRY',
]

/** Someone is signed in, or we cannot tell: then the TUI itself will say so. */
const isSignedIn = async (path: string, env: Env): Promise<boolean> => {
  if (SIGNED_IN_BY.some(name => env[name])) return true
  const { text } = await ask(path, ['auth', 'status'], env)
  try {
    const parsed = authStatus.safeParse(JSON.parse(text))
    return !parsed.success || parsed.data.loggedIn
  } catch {
    return true
  }
}

const PERMISSION_MODES: AgentInfo['permissionModes'] = [
  { value: null, label: 'As configured', hint: 'Whatever Claude Code itself would start with' },
  { value: 'default', label: 'Ask', hint: 'Asks before edits and commands' },
  { value: 'acceptEdits', label: 'Accept edits', hint: 'Edits files without asking; asks before commands' },
  { value: 'plan', label: 'Plan', hint: 'Reads and plans; asks before it starts to work' },
  { value: 'auto', label: 'Auto', hint: 'Claude Code decides what is safe' },
  { value: 'bypassPermissions', label: 'Never ask', hint: 'Runs everything; only for a disposable machine' },
]

const stateOf = async (env: Env): Promise<AgentInfo['state']> => {
  const path = await findClaude(env)
  if (!path) {
    const todo = 'Install Claude Code (https://claude.com/claude-code) so that `claude` is on your PATH.'
    return { type: 'missing', todo }
  }
  const version = versionIn((await ask(path, ['--version'], env)).text)
  if (!version)
    return { type: 'missing', todo: `\`${path} --version\` gave no version; reinstall Claude Code.` }
  const judged = judgeVersion(version)
  if (judged.type === 'tooOld') {
    const todo = `Claude Code ${version} is older than ${OLDEST}: run \`claude update\`.`
    return { type: 'tooOld', path, version, todo }
  }
  if (!(await firstProgram(onPath('curl', env)))) {
    return {
      type: 'missing',
      todo: 'Duologue needs `curl` to reach Claude Code: install it, then look again.',
    }
  }
  if (!(await isSignedIn(path, env))) {
    return { type: 'signedOut', path, version, todo: 'Run `claude` in a terminal and sign in with /login.' }
  }
  return { type: 'ready', path, version, ...(judged.type === 'unknown' ? { warning: judged.warning } : {}) }
}

export const detectClaude = async (env: Env): Promise<AgentInfo> => ({
  kind: 'claude',
  name: 'Claude Code',
  state: await stateOf(env),
  permissionModes: PERMISSION_MODES,
})
