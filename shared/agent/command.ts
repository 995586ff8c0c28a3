/**
 * An interactive terminal program that takes a seat by configuration alone. Rule: what Duologue cannot know of such
 * a program is said in words where it is chosen, and never guessed from its screen.
 */
import type { CommandConfig } from './command-config'

export const QUIET_MS = 5_000
export const SUBMIT_MS = 300

/** Configurations that were tried with the real program. */
export const COMMAND_PRESETS: readonly CommandConfig[] = [
  {
    name: 'gemini',
    command: 'gemini',
    args: ['--skip-trust', '--session-id', '{session}'],
    resumeArgs: ['--skip-trust', '--resume', '{session}'],
    // Without it, a launcher process stands between, which does not pass SIGTERM on.
    env: { GEMINI_CLI_NO_RELAUNCH: 'true' },
    // Its start falls silent for more than a second between its first output and its prompt.
    bracketedPrompt: true,
    submitMs: 400,
    hooks: 'gemini',
    interruptKey: '\x1b',
    // `@path` would put the file's content into the message.
    defuse: { '@': '\\@' },
  },
]

/** The human's own ones win over a preset of the same name. */
export const allCommands = (own: readonly CommandConfig[]): readonly CommandConfig[] => [
  ...own,
  ...COMMAND_PRESETS.filter(({ name }) => !own.some(each => each.name === name)),
]

export const filled = (args: readonly string[], session: string): readonly string[] =>
  args.map(arg => arg.replaceAll('{session}', session))

/** What a human must know before trusting this seat, in a few sentences. */
export const commandLimits = ({ hooks, quietMs, interruptKey }: CommandConfig): string => {
  const quiet = (quietMs ?? QUIET_MS) / 1_000
  return [
    ...(hooks === 'gemini'
      ? [
          'Gemini CLI takes hooks from Duologue only where it runs as root (as in a container); elsewhere silence must do.',
        ]
      : []),
    hooks === undefined || hooks === 'none'
      ? `Duologue cannot know what this program does: a turn ends after ${quiet} s of silence, a message counts as taken when it answers Enter with output, and what it says is not carried over.`
      : 'Its turns are known from its hooks; messages are typed into its prompt.',
    'Its own questions and approvals do not reach the inbox: answer them in its terminal.',
    ...(interruptKey === undefined ? ['It cannot be interrupted from here.'] : []),
  ].join(' ')
}
