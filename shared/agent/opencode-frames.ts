/**
 * Events of `opencode serve` (1.18.33, from its own `GET /doc`), the part that we use, as schemas. Fields we do not
 * read are not named; an event that does not fit is a value, never an exception.
 */
import { z } from 'zod'

const error = z.object({
  name: z.string(),
  data: z.looseObject({ message: z.string().optional(), statusCode: z.number().optional() }),
})
export type OpencodeError = z.infer<typeof error>

const tokens = z.object({
  input: z.number(),
  output: z.number(),
  reasoning: z.number(),
  cache: z.object({ read: z.number(), write: z.number() }),
})

const message = z.discriminatedUnion('role', [
  z.object({ role: z.literal('user'), id: z.string(), sessionID: z.string() }),
  z.object({
    role: z.literal('assistant'),
    id: z.string(),
    sessionID: z.string(),
    /** The user message that it answers. */
    parentID: z.string(),
    time: z.object({ completed: z.number().nullish() }),
    finish: z.string().nullish(),
    error: error.nullish(),
    modelID: z.string(),
    providerID: z.string(),
    tokens: z.optional(tokens),
  }),
])
export type MessageInfo = z.infer<typeof message>
export type AssistantInfo = Extract<MessageInfo, { role: 'assistant' }>

const textPart = z.object({
  type: z.literal('text'),
  id: z.string(),
  messageID: z.string(),
  sessionID: z.string(),
  text: z.string(),
  /** Written by opencode itself. */
  synthetic: z.boolean().nullish(),
  time: z.object({ end: z.number().nullish() }).nullish(),
})
/** Parts that the model makes; others (`step-start`, `retry`, …) are opencode's own. */
const OF_MODEL: readonly string[] = ['tool', 'reasoning']
const otherPart = z
  .object({ type: z.string(), id: z.string(), messageID: z.string().optional() })
  .refine(({ type }) => type !== 'text')
  .transform(({ type, id, messageID }) => ({
    type: 'other' as const,
    id,
    messageID,
    ofModel: OF_MODEL.includes(type),
  }))
const part = z.union([textPart, otherPart])
export type TextPart = z.infer<typeof textPart>

const session = z.object({
  id: z.string(),
  /** Of a sub-agent's session. */
  parentID: z.string().nullish(),
  cost: z.number().nullish(),
  tokens: tokens.nullish(),
})
export type SessionInfo = z.infer<typeof session>

const status = z.union([
  z.object({ type: z.enum(['idle', 'busy']) }),
  /** `next`: when it tries again, in milliseconds since 1970. */
  z.object({
    type: z.literal('retry'),
    attempt: z.number(),
    message: z.string(),
    next: z.number().nullish(),
  }),
])

export type SessionStatus = z.infer<typeof status>

const permission = z.object({
  id: z.string(),
  sessionID: z.string(),
  permission: z.string(),
  patterns: z.array(z.string()),
  metadata: z.record(z.string(), z.unknown()),
  /** What would be allowed for good; empty when that is not offered. */
  always: z.array(z.string()),
})
export type PermissionAsked = z.infer<typeof permission>

const question = z.object({
  id: z.string(),
  sessionID: z.string(),
  questions: z.array(
    z.object({
      question: z.string(),
      header: z.string(),
      options: z.array(z.object({ label: z.string(), description: z.string() })),
      multiple: z.boolean().nullish(),
      custom: z.boolean().nullish(),
    }),
  ),
})
export type QuestionAsked = z.infer<typeof question>

const settled = z.object({ sessionID: z.string(), requestID: z.string() })

const SIGNALS = {
  'session.created': z.object({ info: session }),
  'session.updated': z.object({ info: session }),
  'session.status': z.object({ sessionID: z.string(), status }),
  'session.idle': z.object({ sessionID: z.string() }),
  'session.error': z.object({ sessionID: z.string().nullish(), error: error.nullish() }),
  'message.updated': z.object({ info: message }),
  'message.part.updated': z.object({ part }),
  'permission.asked': permission,
  'permission.replied': settled.extend({ reply: z.string() }),
  'question.asked': question,
  'question.replied': settled.extend({ answers: z.array(z.array(z.string())) }),
  'question.rejected': settled,
} as const

type Signals = typeof SIGNALS
type SignalType = keyof Signals
export type PropertiesOf<Type extends SignalType> = z.infer<Signals[Type]>
export type OpencodeSignal = {
  [Type in SignalType]: { readonly type: Type; readonly properties: PropertiesOf<Type> }
}[SignalType]

export type Frame =
  | { readonly kind: 'signal'; readonly signal: OpencodeSignal }
  /** An event that we do not read. */
  | { readonly kind: 'unread'; readonly type: string }
  | { readonly kind: 'malformed'; readonly why: string }

const envelope = z.object({ type: z.string(), properties: z.unknown() })

const isRead = (type: string): type is SignalType => Object.hasOwn(SIGNALS, type)

const issueOf = (failure: z.ZodError): string => {
  const issue = failure.issues[0]
  return issue === undefined ? 'does not fit' : `${issue.path.join('.')} ${issue.message}`
}

/** Reads one event that was already decoded from JSON. */
export const readFrame = (value: unknown): Frame => {
  const parsed = envelope.safeParse(value)
  if (!parsed.success) return { kind: 'malformed', why: issueOf(parsed.error) }
  const { type, properties } = parsed.data
  if (!isRead(type)) return { kind: 'unread', type }
  const fitted = SIGNALS[type].safeParse(properties)
  if (!fitted.success) return { kind: 'malformed', why: `${type}: ${issueOf(fitted.error)}` }
  // The table pairs each type with its schema; TypeScript does not follow that through a union of keys.
  return { kind: 'signal', signal: { type, properties: fitted.data } as OpencodeSignal }
}

/** Replies to our own requests, the fields that we read. */
export const REPLIES = {
  session,
  messages: z.array(z.object({ info: message, parts: z.array(z.unknown()) })),
  statuses: z.record(z.string(), z.object({ type: z.string() })),
  config: z.object({ model: z.string().nullish() }),
  providers: z.object({
    providers: z.array(
      z.object({
        id: z.string(),
        models: z.record(z.string(), z.object({ limit: z.object({ context: z.number() }).nullish() })),
      }),
    ),
    default: z.record(z.string(), z.string()).nullish(),
  }),
  /** By the name of each MCP server. */
  mcp: z.record(z.string(), z.object({ status: z.string(), error: z.string().nullish() })),
  requests: z.array(z.object({ id: z.string(), sessionID: z.string() })),
  any: z.unknown(),
} as const
