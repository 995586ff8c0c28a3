/** How such a program is configured. Rule: apart from what is said of it, because the window needs no schemas. */
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
