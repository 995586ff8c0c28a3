/**
 * An interactive terminal program that takes a seat by configuration alone. Rule: what Duologue cannot know of such
 * a program is said in words where it is chosen, and never guessed from its screen.
 */
import { z } from 'zod'

const text = z.string().max(4_000)

export const CommandConfig = z.object({
  /** What people call it, and what `--driver command:<name>` takes. */
  name: z.string().regex(/^[\w .+-]{1,40}$/),
  /** Looked for on the PATH, or absolute. */
  command: z.string().min(1).max(1_000),
  /** `{session}` stands for an id that is made for each new conversation. */
  args: z.array(text).max(100),
  /** Arguments that go on with conversation `{session}`; absent: it always begins anew. */
  resumeArgs: z.array(text).max(100).exactOptional(),
  env: z.record(z.string(), text).exactOptional(),
  /** Milliseconds without output that mean it is idle; default 5000. Not used for turns where hooks tell them. */
  quietMs: z.number().int().min(100).max(600_000).exactOptional(),
  /** Milliseconds between the paste and Enter; default 300. Sooner, some programs take Enter for a newline. */
  submitMs: z.number().int().min(0).max(10_000).exactOptional(),
  /** Its prompt stands only once it has asked for bracketed paste: pauses before that are part of its start. */
  bracketedPrompt: z.boolean().exactOptional(),
  /** What tells where turns begin and end: nothing (silence), `duologue-hook` called by the program, or Gemini CLI's hooks. */
  hooks: z.enum(['none', 'own', 'gemini']).exactOptional(),
  /** The key that stops a running turn, as it is sent; absent: it cannot be interrupted from here. */
  interruptKey: z.string().min(1).max(20).exactOptional(),
  /** Text that means something to its prompt, and what to type instead. */
  defuse: z.record(z.string().min(1), text).exactOptional(),
})
export type CommandConfig = z.infer<typeof CommandConfig>

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
