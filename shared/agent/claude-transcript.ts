/**
 * Rows of Claude Code's transcript (`$CFG/projects/<folder>/<session>.jsonl`). Rules: rows are told apart by `type`,
 * because newer ones repeat message text; a message can span several rows, and its tokens count once. What a forked
 * session brought along was counted in the session where it was said. No row tells money or the size of the window.
 */
import { z } from 'zod'
import { parseJson } from '../json'
import { isoOf } from '../time'
import type { Usage } from './event'

const count = z.number().nonnegative().default(0)
const usageShape = z.object({
  input_tokens: count,
  cache_read_input_tokens: count,
  cache_creation_input_tokens: count,
  output_tokens: count,
})
const textBlock = z.object({ type: z.string(), text: z.string().optional() })
const content = z.union([z.string(), z.array(textBlock)])

const limit = z.object({ resetsAt: z.number().optional() })

const row = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('assistant'),
    isSidechain: z.boolean().optional(),
    forkedFrom: z.object({}).optional(),
    /** Of a request that failed; what it tells of a limit is in seconds since 1970. */
    error: z.string().optional().catch(undefined),
    quotaLimits: limit.optional().catch(undefined),
    apiErrorParams: z.object({ rate_limit_info: limit.optional() }).optional().catch(undefined),
    message: z.object({
      id: z.string(),
      model: z.string(),
      content,
      stop_reason: z.string().nullish(),
      usage: usageShape,
    }),
  }),
  z.object({ type: z.literal('user'), promptId: z.string().optional(), message: z.object({ content }) }),
  z.object({
    type: z.literal('attachment'),
    attachment: z.object({ type: z.literal('queued_command'), prompt: z.string() }),
  }),
  z.object({ type: z.literal('queue-operation'), operation: z.string(), content: z.string().optional() }),
])

export type TranscriptRow =
  | {
      readonly type: 'assistant'
      readonly message: string
      readonly text: string
      /** More follows in this turn. */
      readonly goesOn: boolean
      readonly sideChain: boolean
      readonly usage: Usage
    }
  /** The provider refused a request, and will until then (ISO 8601 UTC). */
  | { readonly type: 'limit'; readonly resetsAt: string }
  /** A prompt, typed or delivered, or a message that entered mid-turn. */
  | { readonly type: 'prompt'; readonly text: string }
  | { readonly type: 'interrupted'; readonly promptId: string }
  /** A message waits in the CLI's own queue, which a new process does not have; `text` is null when the first has left it. */
  | { readonly type: 'queue'; readonly text: string | null }

const textOf = (value: z.infer<typeof content>): string =>
  typeof value === 'string' ? value : value.map(block => block.text ?? '').join('')

/** Cached tokens are part of the input, as in Codex's own count. */
const usageOf = (raw: z.infer<typeof usageShape>): Usage => {
  const inputTokens = raw.input_tokens + raw.cache_read_input_tokens + raw.cache_creation_input_tokens
  return {
    inputTokens,
    cachedTokens: raw.cache_read_input_tokens,
    outputTokens: raw.output_tokens,
    contextTokens: inputTokens + raw.output_tokens,
  }
}

type Failed = Pick<
  Extract<z.infer<typeof row>, { type: 'assistant' }>,
  'error' | 'quotaLimits' | 'apiErrorParams'
>
const limitOf = ({ error, quotaLimits, apiErrorParams }: Failed): TranscriptRow | null => {
  const resetsAt = quotaLimits?.resetsAt ?? apiErrorParams?.rate_limit_info?.resetsAt
  return error === 'rate_limit' && resetsAt !== undefined
    ? { type: 'limit', resetsAt: isoOf(resetsAt * 1_000) }
    : null
}

/** `null` for rows that tell us nothing, and for text that is not a row. */
export const parseRow = (line: string): TranscriptRow | null => {
  const parsed = row.safeParse(parseJson(line))
  if (!parsed.success) return null
  const data = parsed.data
  if (data.type === 'queue-operation') {
    return { type: 'queue', text: data.operation === 'enqueue' ? (data.content ?? '') : null }
  }
  if (data.type === 'attachment') return { type: 'prompt', text: data.attachment.prompt }
  const text = textOf(data.message.content)
  if (data.type === 'user') {
    if (text.startsWith('[Request interrupted')) return { type: 'interrupted', promptId: data.promptId ?? '' }
    return { type: 'prompt', text }
  }
  // The CLI's own rows about errors; no model spoke.
  if (data.message.model === '<synthetic>') return limitOf(data)
  if (data.forkedFrom) return null
  return {
    type: 'assistant',
    message: data.message.id,
    text,
    goesOn: data.message.stop_reason !== 'end_turn',
    sideChain: data.isSidechain === true,
    usage: usageOf(data.message.usage),
  }
}

/** Tokens by message, so that a repeated row replaces instead of adding. */
export interface UsageTally {
  readonly add: (message: string, usage: Usage, sideChain: boolean) => Usage
}

export const createTally = (): UsageTally => {
  const messages = new Map<string, Usage>()
  let total: Usage = { inputTokens: 0, cachedTokens: 0, outputTokens: 0 }
  const add = (message: string, usage: Usage, sideChain: boolean): Usage => {
    const before = messages.get(message)
    messages.set(message, usage)
    const contextTokens = sideChain ? total.contextTokens : usage.contextTokens
    total = {
      inputTokens: total.inputTokens + usage.inputTokens - (before?.inputTokens ?? 0),
      cachedTokens: total.cachedTokens + usage.cachedTokens - (before?.cachedTokens ?? 0),
      outputTokens: total.outputTokens + usage.outputTokens - (before?.outputTokens ?? 0),
      ...(contextTokens === undefined ? {} : { contextTokens }),
    }
    return total
  }
  return { add }
}
