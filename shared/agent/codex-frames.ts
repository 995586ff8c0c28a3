/**
 * Frames of `codex app-server` (0.169, from its own `generate-ts --experimental`), the part that we use, as schemas.
 * Fields we do not read are not named; a frame that does not fit is a value, never an exception.
 */
import { z } from 'zod'

/** Chosen by the server for its requests and by us for ours; the two counters are separate. */
const rpcId = z.union([z.string(), z.number()])
export type RpcId = z.infer<typeof rpcId>

const userMessage = z.object({
  type: z.literal('userMessage'),
  id: z.string(),
  clientId: z.string().nullish(),
  content: z.array(z.looseObject({ type: z.string(), text: z.string().optional() })),
})

const agentMessage = z.object({
  type: z.literal('agentMessage'),
  id: z.string(),
  text: z.string(),
  /** Present when the model asks the human and ends its turn instead of waiting. */
  questions: z.array(z.object({ title: z.string(), options: z.array(z.string()).nullish() })).nullish(),
})

const fileChange = z.object({
  type: z.literal('fileChange'),
  id: z.string(),
  changes: z.array(
    z.object({ path: z.string(), kind: z.looseObject({ type: z.string() }), diff: z.string() }),
  ),
})

const READ_ITEMS = new Set(['userMessage', 'agentMessage', 'fileChange'])
const otherItem = z
  .object({ type: z.string(), id: z.string() })
  .refine(item => !READ_ITEMS.has(item.type))
  .transform(item => ({ type: 'other' as const, id: item.id }))

const item = z.union([userMessage, agentMessage, fileChange, otherItem])
export type Item = z.infer<typeof item>

const httpInfo = z.object({ httpStatusCode: z.number().nullish() })
const turnError = z.object({
  message: z.string(),
  codexErrorInfo: z.union([z.string(), z.record(z.string(), z.union([httpInfo, z.unknown()]))]).nullish(),
  additionalDetails: z.string().nullish(),
})
export type TurnError = z.infer<typeof turnError>

const turn = z.object({
  id: z.string(),
  status: z.enum(['completed', 'interrupted', 'failed', 'inProgress']),
  items: z.array(item),
  error: turnError.nullish(),
})

const thread = z.object({
  id: z.string(),
  ephemeral: z.boolean(),
  threadSource: z.string().nullish(),
})

const tokens = z.object({
  totalTokens: z.number(),
  inputTokens: z.number(),
  cachedInputTokens: z.number(),
  outputTokens: z.number(),
})

const inTurn = { threadId: z.string(), turnId: z.string() }
const itemParams = z.object({ ...inTurn, item })

const question = z.object({
  id: z.string(),
  header: z.string(),
  question: z.string(),
  isOther: z.boolean(),
  options: z.array(z.object({ label: z.string(), description: z.string() })).nullish(),
})

const choice = z.object({ const: z.string(), title: z.string() })
const property = z.looseObject({
  type: z.string(),
  title: z.string().optional(),
  description: z.string().optional(),
  enum: z.array(z.string()).optional(),
  oneOf: z.array(choice).optional(),
  items: z.object({ enum: z.array(z.string()).optional(), anyOf: z.array(choice).optional() }).optional(),
})
export type FormProperty = z.infer<typeof property>

const commandApproval = z.object({
  ...inTurn,
  kind: z.string().nullish(),
  command: z.string().nullish(),
  cwd: z.string().nullish(),
  reason: z.string().nullish(),
  networkApprovalContext: z.object({ host: z.string() }).nullish(),
  /** Absent: every decision may be given. */
  availableDecisions: z.array(z.unknown()).nullish(),
})

const elicitation = z.looseObject({
  threadId: z.string(),
  turnId: z.string().nullish(),
  serverName: z.string(),
  mode: z.string(),
  message: z.string().optional(),
  url: z.string().optional(),
  requestedSchema: z.unknown().optional(),
})

export const formSchema = z.object({ properties: z.record(z.string(), property) })

/** Of the account; `resetsAt` in seconds since 1970. */
const limitWindow = z.object({ usedPercent: z.number(), resetsAt: z.number().nullish() })
export type LimitWindow = z.infer<typeof limitWindow>

/** Notifications, and requests of the server (they carry an `id` beside the method). */
const SIGNALS = {
  'thread/started': z.object({ thread }),
  'thread/tokenUsage/updated': z.object({
    ...inTurn,
    tokenUsage: z.object({ total: tokens, last: tokens, modelContextWindow: z.number().nullish() }),
  }),
  'account/rateLimits/updated': z.object({
    rateLimits: z.object({ primary: limitWindow.nullish(), secondary: limitWindow.nullish() }),
  }),
  'turn/started': z.object({ threadId: z.string(), turn }),
  'turn/completed': z.object({ threadId: z.string(), turn }),
  'item/started': itemParams,
  'item/completed': itemParams,
  error: z.object({ ...inTurn, error: turnError, willRetry: z.boolean() }),
  'serverRequest/resolved': z.object({ threadId: z.string(), requestId: rpcId }),
  'item/commandExecution/requestApproval': commandApproval,
  'item/fileChange/requestApproval': z.object({
    ...inTurn,
    itemId: z.string(),
    reason: z.string().nullish(),
    grantRoot: z.string().nullish(),
  }),
  'item/permissions/requestApproval': z.object({
    ...inTurn,
    reason: z.string().nullish(),
    permissions: z.record(z.string(), z.unknown()),
  }),
  'item/tool/requestUserInput': z.object({ ...inTurn, questions: z.array(question) }),
  'mcpServer/elicitation/request': elicitation,
  'item/tool/call': z.object({ ...inTurn, callId: z.string(), tool: z.string(), arguments: z.unknown() }),
} as const

type Signals = typeof SIGNALS
type SignalMethod = keyof Signals
export type ParamsOf<Method extends SignalMethod> = z.infer<Signals[Method]>
/** `id` is present exactly when the server waits for our reply. */
export type Signal = {
  [Method in SignalMethod]: {
    readonly method: Method
    readonly id?: RpcId
    readonly params: ParamsOf<Method>
  }
}[SignalMethod]

interface RpcError {
  readonly code: number
  readonly message: string
}

export type Frame =
  | { readonly kind: 'signal'; readonly signal: Signal }
  | { readonly kind: 'response'; readonly id: RpcId; readonly result: unknown }
  | { readonly kind: 'failure'; readonly id: RpcId; readonly error: RpcError }
  /** A method that we do not read; if it carries an id it is left for another client to answer. */
  | { readonly kind: 'unread'; readonly method: string }
  | { readonly kind: 'malformed'; readonly why: string }

const envelope = z.object({
  id: rpcId.optional(),
  method: z.string().optional(),
  params: z.unknown().optional(),
  result: z.unknown().optional(),
  error: z.object({ code: z.number(), message: z.string() }).optional(),
})

const isRead = (method: string): method is SignalMethod => Object.hasOwn(SIGNALS, method)

const readSignal = (method: SignalMethod, id: RpcId | undefined, params: unknown): Frame => {
  const parsed = SIGNALS[method].safeParse(params)
  if (!parsed.success) return { kind: 'malformed', why: `${method}: ${firstIssue(parsed.error)}` }
  // The table pairs each method with its schema; TypeScript does not follow that through a union of keys.
  const signal = { method, params: parsed.data, ...(id === undefined ? {} : { id }) } as Signal
  return { kind: 'signal', signal }
}

const firstIssue = (error: z.ZodError): string => {
  const issue = error.issues[0]
  return issue === undefined ? 'does not fit' : `${issue.path.join('.')} ${issue.message}`
}

/** Reads one frame that was already decoded from JSON. */
export const readFrame = (value: unknown): Frame => {
  const parsed = envelope.safeParse(value)
  if (!parsed.success) return { kind: 'malformed', why: firstIssue(parsed.error) }
  const { id, method, params, result, error } = parsed.data
  if (method !== undefined)
    return isRead(method) ? readSignal(method, id, params) : { kind: 'unread', method }
  if (id === undefined) return { kind: 'malformed', why: 'neither a method nor an id' }
  return error === undefined ? { kind: 'response', id, result } : { kind: 'failure', id, error }
}

/** Replies to our own requests, the fields that we read. */
export const REPLIES = {
  initialize: z.object({ userAgent: z.string() }),
  thread: z.object({ thread: z.object({ id: z.string() }), model: z.string() }),
  turns: z.object({ data: z.array(turn), nextCursor: z.string().nullish() }),
  queue: z.object({ data: z.array(z.object({ id: z.string(), clientUserMessageId: z.string() })) }),
  queued: z.object({ queuedSubmission: z.object({ id: z.string() }) }),
  deleted: z.object({ deleted: z.boolean() }),
  config: z.object({
    config: z.object({
      sandbox_mode: z.string().nullish(),
      approval_policy: z.unknown(),
      default_permissions: z.unknown(),
      projects: z.record(z.string(), z.object({ trust_level: z.string().nullish() })).nullish(),
    }),
  }),
  any: z.unknown(),
} as const
