/** The command line of `duologue run`, parsed. Unknown flags and bad values get a sentence that says what to do. */
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { COMMAND_PRESETS } from '../../shared/agent/command'
import type { CommandConfig } from '../../shared/agent/command-config'
import type { StartRequest } from '../../shared/ipc'
import { PRACTICE_INTENTS } from '../../shared/pair/practice'
import type { AgentKind } from '../../shared/pair/seat'
import { err, ok, type Result } from '../../shared/result'

/** What to do with a question or an approval when no window is there to answer it. */
export type OnRequest = 'ask' | 'allow' | 'deny' | 'stop'

/** Time enough for a test suite; a command that hangs is stopped all the same. */
const PROOF_SECONDS = 600

export interface RunOptions {
  readonly request: StartRequest
  readonly json: boolean
  readonly onRequest: OnRequest
}

export const USAGE = `duologue run [folder] --intent TEXT [flags]
duologue run --practice [flags]
duologue --version

  --intent TEXT                     what the pair is to do, in your words
  --driver, --navigator AGENT       claude, codex, opencode, practice or command:NAME (default: claude drives,
                                    codex navigates); NAME is a preset (gemini) or one of your settings
  --driver-model, --navigator-model NAME
  --driver-permission-mode, --navigator-permission-mode MODE
                                    absent: each agent's own default
  --plan-first reviewed|approved    no code before the navigator passed a plan; approved: nor before you did
  --proof COMMAND                   the command that shows the work is right; run when the driver reports done
  --proof-limit SECONDS             how long it may take (default ${PROOF_SECONDS})
  --double-review                   both review what is reported done, neither seeing the other's review
  --hold-unplanned                  changed files that no plan item names hold the pair before it agrees
  --rounds N                        end after N rounds without agreement (default 10)
  --minutes N, --tokens N           end after so much time, or so many tokens of both agents together
  --practice                        the built-in pair on a scratch repository; no account, no network
  --task slugify|truncate           which of its two tasks (default: slugify; the second has a proof that
                                    fails once, a rejected finding and a follow-up)
  --on-request ask|allow|deny|stop  questions and approvals of the agents: ask here, allow (first answer),
                                    deny, or stop the pair (default: ask in a terminal, else stop;
                                    the practice pair alone: allow)
  --json                            one event of the journal a line, instead of the timeline
  --help

What needs you (a plan to approve, unplanned files) is asked here with --on-request ask; else the pair is
left held, and you go on with it in the window.

Exit codes: 0 agreed · 1 something broke · 2 bad arguments · 3 a cap was reached · 4 you ended it
            5 held: it needs a human, and nobody is there · 6 converged: nothing new to say, but not agreed`

const AGENTS: readonly string[] = ['claude', 'codex', 'opencode', 'practice', 'command']
const isAgent = (name: string): name is AgentKind => AGENTS.includes(name)
const isOnRequest = (name: string): name is OnRequest => ['ask', 'allow', 'deny', 'stop'].includes(name)

const options = {
  intent: { type: 'string' },
  driver: { type: 'string' },
  navigator: { type: 'string' },
  'driver-model': { type: 'string' },
  'navigator-model': { type: 'string' },
  'driver-permission-mode': { type: 'string' },
  'navigator-permission-mode': { type: 'string' },
  'plan-first': { type: 'string' },
  proof: { type: 'string' },
  'proof-limit': { type: 'string' },
  'double-review': { type: 'boolean' },
  'hold-unplanned': { type: 'boolean' },
  rounds: { type: 'string' },
  minutes: { type: 'string' },
  tokens: { type: 'string' },
  practice: { type: 'boolean' },
  task: { type: 'string' },
  'on-request': { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

type Values = ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>>['values']

const read = (args: readonly string[]): Result<{ values: Values; positionals: string[] }, string> => {
  try {
    return ok(parseArgs({ args: [...args], options, allowPositionals: true, strict: true }))
  } catch (error) {
    return err(error instanceof Error ? error.message : String(error))
  }
}

const seat = (
  values: Values,
  role: 'driver' | 'navigator',
  standard: AgentKind,
  commands: readonly CommandConfig[],
): Result<StartRequest['left'], string> => {
  const [agent = '', ...named] = (values[role] ?? standard).split(':')
  if (!isAgent(agent)) return err(`--${role} ${agent}: give one of ${AGENTS.join(', ')}.`)
  const name = named.join(':')
  const command = commands.find(each => each.name === name)
  if (agent === 'command' && !command)
    return err(`--${role} command:NAME: give one of ${commands.map(each => each.name).join(', ')}.`)
  if (agent !== 'command' && named.length > 0) return err(`--${role} ${agent} takes no name.`)
  const model = values[`${role}-model`]
  const permissionMode = values[`${role}-permission-mode`]
  return ok({
    agent,
    ...(model ? { model } : {}),
    ...(permissionMode ? { permissionMode } : {}),
    ...(command ? { command } : {}),
  })
}

/** The flag's number; undefined when the flag is absent. */
const number = (
  values: Values,
  flag: 'rounds' | 'minutes' | 'tokens' | 'proof-limit',
  least: number,
  most: number,
): Result<number | undefined, string> => {
  const given = values[flag]
  if (given === undefined) return ok(undefined)
  const value = Number(given)
  return Number.isInteger(value) && value >= least && value <= most
    ? ok(value)
    : err(`--${flag} takes a whole number from ${least} to ${most}.`)
}

type Caps = Pick<StartRequest, 'rounds' | 'minutes' | 'tokens'>

const caps = (values: Values): Result<Caps, string> => {
  const rounds = number(values, 'rounds', 1, 100)
  if (!rounds.ok) return rounds
  const minutes = number(values, 'minutes', 1, 10_000)
  if (!minutes.ok) return minutes
  const tokens = number(values, 'tokens', 1_000, 1_000_000_000)
  if (!tokens.ok) return tokens
  return ok({
    rounds: rounds.value ?? 10,
    ...(minutes.value === undefined ? {} : { minutes: minutes.value }),
    ...(tokens.value === undefined ? {} : { tokens: tokens.value }),
  })
}

type Terms = Pick<StartRequest, 'planFirst' | 'proof' | 'doubleReview' | 'holdUnplanned'>

/** Only what was asked for: the engine knows the rest. */
const terms = (values: Values): Result<Terms, string> => {
  const planFirst = values['plan-first']
  if (planFirst !== undefined && planFirst !== 'reviewed' && planFirst !== 'approved')
    return err('--plan-first takes reviewed or approved.')
  const command = values.proof?.trim()
  if (command === '') return err('--proof takes a command, such as --proof "npm test".')
  const limit = number(values, 'proof-limit', 1, 86_400)
  if (!limit.ok) return limit
  if (limit.value !== undefined && command === undefined)
    return err('--proof-limit is about a proof: give --proof too.')
  return ok({
    ...(planFirst ? { planFirst } : {}),
    ...(command ? { proof: { command, limitSeconds: limit.value ?? PROOF_SECONDS } } : {}),
    ...(values['double-review'] ? { doubleReview: true } : {}),
    ...(values['hold-unplanned'] ? { holdUnplanned: true } : {}),
  })
}

/** `'help'` when that is all that was asked. The error is a sentence for the human. */
export const parseRun = (
  args: readonly string[],
  cwd: string,
  terminal: boolean,
  commands: readonly CommandConfig[] = COMMAND_PRESETS,
): Result<RunOptions | 'help', string> => {
  const parsed = read(args)
  if (!parsed.ok) return parsed
  const { values, positionals } = parsed.value
  if (values.help) return ok('help')
  if (positionals.length > 1) return err(`One folder, not ${positionals.length}: ${positionals.join(' ')}`)
  const practice = values.practice ?? false
  if (practice && positionals.length > 0)
    return err('--practice makes a folder of its own: leave the folder out.')
  const task = values.task ?? 'slugify'
  if (values.task !== undefined && !practice) return err('--task belongs to --practice.')
  if (task !== 'slugify' && task !== 'truncate') return err('--task takes slugify or truncate.')
  const left = seat(values, 'driver', practice ? 'practice' : 'claude', commands)
  if (!left.ok) return left
  const right = seat(values, 'navigator', practice ? 'practice' : 'codex', commands)
  if (!right.ok) return right
  const capped = caps(values)
  if (!capped.ok) return capped
  const agreed = terms(values)
  if (!agreed.ok) return agreed
  const intent = values.intent?.trim() ?? ''
  if (intent !== '' && practice) return err('--practice has an intent of its own: leave --intent out.')
  if (intent === '' && !practice) return err('Say what the pair is to do: --intent "…"')
  const allPractice = left.value.agent === 'practice' && right.value.agent === 'practice'
  const onRequest = values['on-request'] ?? (terminal ? 'ask' : allPractice ? 'allow' : 'stop')
  if (!isOnRequest(onRequest)) return err('--on-request takes ask, allow, deny or stop.')
  const folder = practice ? null : resolve(cwd, positionals[0] ?? '.')
  return ok({
    request: {
      folder,
      intent: practice ? PRACTICE_INTENTS[task] : intent,
      left: left.value,
      right: right.value,
      ...capped.value,
      ...agreed.value,
    },
    json: values.json ?? false,
    onRequest,
  })
}
