/** The command line of `duologue run`, parsed. Unknown flags and bad values get a sentence that says what to do. */
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { StartRequest } from '../../shared/ipc'
import { PRACTICE_INTENT } from '../../shared/pair/practice'
import type { AgentKind } from '../../shared/pair/seat'
import { err, ok, type Result } from '../../shared/result'

/** What to do with a question or an approval when no window is there to answer it. */
export type OnRequest = 'ask' | 'allow' | 'deny' | 'stop'

export interface RunOptions {
  readonly request: StartRequest
  readonly json: boolean
  readonly onRequest: OnRequest
}

export const USAGE = `duologue run [folder] --intent TEXT [flags]
duologue run --practice [flags]

  --intent TEXT                     what the pair is to do, in your words
  --driver, --navigator AGENT       claude, codex or practice (default: claude drives, codex navigates)
  --driver-model, --navigator-model NAME
  --driver-permission-mode, --navigator-permission-mode MODE
                                    absent: each agent's own default
  --rounds N                        end after N reviews without a pass (default 10)
  --practice                        the built-in pair on a scratch repository; no account, no network
  --on-request ask|allow|deny|stop  questions and approvals of the agents: ask here, allow (first answer),
                                    deny, or stop the pair (default: ask in a terminal, else stop;
                                    the practice pair alone: allow)
  --json                            one event of the journal a line, instead of the timeline
  --help

Exit codes: 0 the navigator passed · 1 something broke · 2 bad arguments · 3 the cap was reached
            4 you ended it · 5 it needs a human (a hold, a question) and nobody is there`

const AGENTS: readonly string[] = ['claude', 'codex', 'opencode', 'practice']
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
  rounds: { type: 'string' },
  practice: { type: 'boolean' },
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
): Result<StartRequest['left'], string> => {
  const agent = values[role] ?? standard
  if (!isAgent(agent)) return err(`--${role} ${agent}: give one of ${AGENTS.join(', ')}.`)
  const model = values[`${role}-model`]
  const permissionMode = values[`${role}-permission-mode`]
  return ok({ agent, ...(model ? { model } : {}), ...(permissionMode ? { permissionMode } : {}) })
}

/** `'help'` when that is all that was asked. The error is a sentence for the human. */
export const parseRun = (
  args: readonly string[],
  cwd: string,
  terminal: boolean,
): Result<RunOptions | 'help', string> => {
  const parsed = read(args)
  if (!parsed.ok) return parsed
  const { values, positionals } = parsed.value
  if (values.help) return ok('help')
  if (positionals.length > 1) return err(`One folder, not ${positionals.length}: ${positionals.join(' ')}`)
  const practice = values.practice ?? false
  if (practice && positionals.length > 0)
    return err('--practice makes a folder of its own: leave the folder out.')
  const left = seat(values, 'driver', practice ? 'practice' : 'claude')
  if (!left.ok) return left
  const right = seat(values, 'navigator', practice ? 'practice' : 'codex')
  if (!right.ok) return right
  const rounds = Number(values.rounds ?? '10')
  if (!Number.isInteger(rounds) || rounds < 1 || rounds > 100)
    return err('--rounds takes a whole number from 1 to 100.')
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
      intent: practice ? PRACTICE_INTENT : intent,
      left: left.value,
      right: right.value,
      rounds,
    },
    json: values.json ?? false,
    onRequest,
  })
}
