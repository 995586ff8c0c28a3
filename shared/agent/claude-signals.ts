/**
 * Claude Code's hook payloads, parsed. Rule: nothing is guessed; a payload that does not have the shape measured
 * with 2.1.197 and 2.1.330 is not a signal. Sub-agents' hooks bear `agent_id`: of them only permission requests
 * matter, because a human must answer those too.
 */
import { z } from 'zod'

const base = z.object({
  hook_event_name: z.string(),
  session_id: z.string(),
  transcript_path: z.string(),
  prompt_id: z.string().optional(),
  agent_id: z.string().optional(),
})

const payload = z.discriminatedUnion('hook_event_name', [
  base.extend({
    hook_event_name: z.literal('SessionStart'),
    source: z.string(),
    model: z.string().optional(),
  }),
  base.extend({ hook_event_name: z.literal('UserPromptSubmit'), prompt: z.string() }),
  base.extend({
    hook_event_name: z.literal('PermissionRequest'),
    tool_name: z.string(),
    tool_input: z.record(z.string(), z.unknown()),
    permission_suggestions: z.array(z.record(z.string(), z.unknown())).default([]),
  }),
  base.extend({ hook_event_name: z.literal('PostToolBatch') }),
  base.extend({
    hook_event_name: z.literal('Stop'),
    last_assistant_message: z.string().nullish(),
    background_tasks: z.array(z.object({ description: z.string().optional() })).default([]),
  }),
  base.extend({
    hook_event_name: z.literal('StopFailure'),
    error: z.string(),
    last_assistant_message: z.string().nullish(),
  }),
])

export interface PermissionAsked {
  readonly type: 'permissionAsked'
  readonly promptId: string
  readonly subAgent: boolean
  readonly tool: string
  readonly input: Readonly<Record<string, unknown>>
  /** What the TUI's own "don't ask again" would apply. */
  readonly suggestions: readonly Readonly<Record<string, unknown>>[]
}

export type ClaudeSignal =
  | {
      readonly type: 'sessionStarted'
      readonly session: string
      readonly transcript: string
      readonly model?: string
    }
  | { readonly type: 'prompted'; readonly promptId: string; readonly text: string }
  | PermissionAsked
  | { readonly type: 'toolsDone'; readonly promptId: string }
  /** `tasks` are descriptions of what still runs in the background and will wake the agent. */
  | {
      readonly type: 'stopped'
      readonly promptId: string
      readonly text: string
      readonly tasks: readonly string[]
    }
  | { readonly type: 'failed'; readonly promptId: string; readonly error: string; readonly text: string }
  /** Understood, and of no concern to the relay (a sub-agent's own end). */
  | { readonly type: 'nothing' }

type Payload = z.infer<typeof payload>

const signalOf = (hook: Payload): ClaudeSignal => {
  const promptId = hook.prompt_id ?? ''
  const subAgent = hook.agent_id !== undefined
  switch (hook.hook_event_name) {
    case 'SessionStart': {
      const started = {
        type: 'sessionStarted',
        session: hook.session_id,
        transcript: hook.transcript_path,
      } as const
      return hook.model === undefined ? started : { ...started, model: hook.model }
    }
    case 'UserPromptSubmit':
      return { type: 'prompted', promptId, text: hook.prompt }
    case 'PermissionRequest': {
      const { tool_name: tool, tool_input: input, permission_suggestions: suggestions } = hook
      return { type: 'permissionAsked', promptId, subAgent, tool, input, suggestions }
    }
    case 'PostToolBatch':
      return subAgent ? { type: 'nothing' } : { type: 'toolsDone', promptId }
    case 'Stop': {
      if (subAgent) return { type: 'nothing' }
      const tasks = hook.background_tasks.map(task => task.description ?? 'a task')
      return { type: 'stopped', promptId, text: hook.last_assistant_message ?? '', tasks }
    }
    case 'StopFailure':
      if (subAgent) return { type: 'nothing' }
      return { type: 'failed', promptId, error: hook.error, text: hook.last_assistant_message ?? '' }
  }
}

/** `null` for anything that is not one of the payloads we know. */
export const parseHook = (raw: unknown): ClaudeSignal | null => {
  const parsed = payload.safeParse(raw)
  return parsed.success ? signalOf(parsed.data) : null
}

/** Ids of the deliveries whose header stands in `text`, in order. */
export const headersIn = (text: string): readonly string[] =>
  [...text.matchAll(/\[duologue ([0-9a-f]{4,})\]/g)].map(match => match[1] ?? '')
