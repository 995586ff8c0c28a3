/**
 * What Claude Code is started with. Rules: everything goes by flags and files of the seat's own; the user's settings,
 * hooks and MCP servers stay in force beside ours; no secret stands on a command line or in the environment.
 */
import type { SeatConfig } from '../pair/seat'

/** Milliseconds for a tool call that waits for a human; without it a silent call dies after 60 s. */
const TOOL_TIMEOUT_MS = 3_600_000
/** Seconds a hook may be held open: a human's answer may take a day. */
const HELD_SECONDS = 86_400

const HTTP_HOOKS = ['UserPromptSubmit', 'PermissionRequest', 'PostToolBatch', 'Stop', 'StopFailure'] as const

/** Events at which the mailbox is armed; it must be armed again after each message and each interruption. */
const MAILBOX_HOOKS: readonly string[] = ['SessionStart', 'UserPromptSubmit', 'PostToolBatch', 'Stop']

export interface Endpoints {
  /** `http://127.0.0.1:<port>`, no slash at the end. */
  readonly url: string
  readonly token: string
  /** Absolute paths of the seat's own scripts. */
  readonly sessionScript: string
  readonly mailboxScript: string
}

type Json = Readonly<Record<string, unknown>>

const mailboxHook = (script: string): Json => ({
  type: 'command',
  command: 'sh',
  args: [script],
  asyncRewake: true,
  timeout: HELD_SECONDS,
  rewakeMessage: 'Relayed by Duologue:',
  rewakeSummary: 'Message from Duologue',
})

/** The file for `--settings`; it is merged with the user's own settings, and outranks them. */
export const settingsFor = (ends: Endpoints): Json => {
  const hooks: Record<string, readonly Json[]> = {
    // SessionStart takes no http hooks.
    SessionStart: [{ type: 'command', command: 'sh', args: [ends.sessionScript], timeout: 10 }],
  }
  for (const name of HTTP_HOOKS) {
    const headers = { Authorization: `Bearer ${ends.token}` }
    hooks[name] = [{ type: 'http', url: `${ends.url}/hook`, headers, timeout: HELD_SECONDS }]
  }
  const entries = Object.entries(hooks).map(([name, list]) => {
    const mailbox = MAILBOX_HOOKS.includes(name) ? [mailboxHook(ends.mailboxScript)] : []
    return [name, [{ hooks: [...list, ...mailbox] }]] as const
  })
  return {
    hooks: Object.fromEntries(entries),
    disableAllHooks: false,
    allowedHttpHookUrls: ['http://127.0.0.1:*'],
    crossSessionInbound: 'refuse',
  }
}

/** The file for `--mcp-config`; `alwaysLoad` keeps our tools from being hidden behind a tool search. */
export const mcpConfigFor = ({ url, token }: Endpoints): Json => ({
  mcpServers: {
    pair: {
      type: 'http',
      url: `${url}/mcp`,
      headers: { Authorization: `Bearer ${token}` },
      alwaysLoad: true,
      timeout: TOOL_TIMEOUT_MS,
    },
  },
})

/** Config for `curl -K`: keeps the token out of the process list. */
export const curlConfigFor = ({ token }: Endpoints): string =>
  `header = "Authorization: Bearer ${token}"\nnoproxy = "*"\nsilent\nfail\n`

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

/** Reports the session; its output must stay empty, because the CLI would show it to the model. */
export const sessionScriptFor = ({ url }: Endpoints, curlConfig: string): string =>
  `#!/bin/sh
exec curl -q -K ${quoted(curlConfig)} --max-time 8 --output /dev/null --data-binary @- '${url}/hook'
`

/**
 * Waits for one message (its number, a line feed, its text), claims it, and exits 2 with it on stderr, which wakes the
 * agent; exits 0 when told to go, when the claim is refused, and when Duologue is gone. The appended status of curl
 * keeps trailing line feeds, and tells a message that was cut off from a whole one; a curl that was killed (137) asks anew.
 */
export const mailboxScriptFor = ({ url }: Endpoints, curlConfig: string): string =>
  `#!/bin/sh
ask() { curl -q -K ${quoted(curlConfig)} "$@" </dev/null; }
parcel=x137
while case $parcel in *x137) ;; *) false ;; esac; do
  parcel=$(ask '${url}/mailbox'; printf 'x%s' $?)
done
case $parcel in
  x0) exit 0 ;;
  *x0) parcel=\${parcel%x0} ;;
  *) exit 0 ;;
esac
number=\${parcel%%
*}
ask --max-time 5 --data "$number" '${url}/claim' || exit 0
printf %s "\${parcel#*
}" >&2
exit 2
`

export interface Launch {
  readonly config: SeatConfig
  readonly settings: string
  readonly mcpConfig: string
  readonly instructions: string
  readonly session: string
  readonly resume: boolean
  /** The CLI would use the recorded system prompt on resume; only newer ones have the switch. */
  readonly snapshotSwitch: boolean
  readonly opening?: string
}

export const argvFor = (launch: Launch): readonly string[] => [
  '--settings',
  launch.settings,
  '--mcp-config',
  launch.mcpConfig,
  '--allowedTools',
  'mcp__pair__*',
  // Two sessions must not talk behind the relay's back.
  '--disallowedTools',
  'ListAgents,SendMessage',
  '--append-system-prompt',
  launch.instructions,
  ...(launch.config.model === undefined ? [] : ['--model', launch.config.model]),
  ...(launch.config.permissionMode === undefined ? [] : ['--permission-mode', launch.config.permissionMode]),
  ...(launch.snapshotSwitch ? ['--system-prompt-snapshot', 'off'] : []),
  ...(launch.resume ? ['--resume', launch.session] : ['--session-id', launch.session]),
  ...(launch.opening === undefined ? [] : ['--', launch.opening]),
]

/** Variables of an enclosing session, or that would change what our flags say. */
const INHERITED =
  /^(CLAUDECODE|CLAUDE_PID|CLAUDE_CODE_(ENTRYPOINT|SSE_PORT|SESSION_ID|CHILD_SESSION|EXECPATH|SIMPLE|MCP_AUTO_BACKGROUND_MS|STOP_HOOK_BLOCK_CAP))$/

export const environmentFor = (env: Readonly<Record<string, string>>): Record<string, string> => ({
  ...Object.fromEntries(Object.entries(env).filter(([name]) => !INHERITED.test(name))),
  // A held tool call stays in the turn instead of going to the background after two minutes.
  CLAUDE_CODE_MCP_AUTO_BACKGROUND_MS: '0',
})

/** The first `1.2.3` in what `--version` prints. */
export const versionIn = (text: string): string | null => /\d+\.\d+\.\d+/.exec(text)?.[0] ?? null

const parts = (version: string): readonly number[] => version.split('.').map(Number)

const isOlder = (version: string, than: string): boolean => {
  const [a, b] = [parts(version), parts(than)]
  const index = a.findIndex((part, at) => part !== b[at])
  return index >= 0 && (a[index] ?? 0) < (b[index] ?? 0)
}

/** Versions that the contract tests have run. */
const KNOWN: readonly string[] = ['2.1.197', '2.1.330']
export const OLDEST = '2.1.100'

export type VersionState =
  | { readonly type: 'known' }
  | { readonly type: 'unknown'; readonly warning: string }
  | { readonly type: 'tooOld' }

export const judgeVersion = (version: string): VersionState => {
  if (isOlder(version, OLDEST)) return { type: 'tooOld' }
  if (KNOWN.includes(version)) return { type: 'known' }
  const warning = `Claude Code ${version} has not been tested with Duologue; ${KNOWN.join(' and ')} have.`
  return { type: 'unknown', warning }
}
