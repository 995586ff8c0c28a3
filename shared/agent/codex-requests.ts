/**
 * What Codex asks a human, as `AgentRequest`s, and the human's answer as Codex takes it. Every answer fits what was
 * asked; what we cannot answer faithfully is left to the terminal, because an error reply would count as a denial.
 */
import { asRequestId } from '../ids'
import { err, ok, type Result } from '../result'
import { type FormProperty, formSchema, type ParamsOf, type RpcId, type Signal } from './codex-frames'
import type { AgentRequest, Answer, ApprovalChoice, Question } from './event'
import { printable } from './printable'

/** How the answer is written for Codex. */
type Reply =
  | { readonly type: 'decision' }
  | { readonly type: 'permissions'; readonly asked: Readonly<Record<string, unknown>> }
  | { readonly type: 'userInput' }
  | { readonly type: 'form'; readonly properties: Readonly<Record<string, FormProperty>> }
  | { readonly type: 'action' }
  /** Asked in a message that ended the turn: the answer is the next message. */
  | { readonly type: 'message' }

export interface OpenRequest {
  /** Null when no reply is owed (`message`). */
  readonly rpcId: RpcId | null
  readonly codexTurn: string | null
  readonly request: AgentRequest
  readonly reply: Reply
  /** The answer that we sent, in a few words; absent until then. */
  readonly answered?: string
}

const approval = (
  id: string,
  title: string,
  body: string,
  reason: string | null | undefined,
  choices: readonly ApprovalChoice[],
  covers: readonly string[] = [],
): AgentRequest => ({
  type: 'approval',
  id: asRequestId(id),
  title: printable(title),
  body: printable(body),
  reason: printable(reason ?? ''),
  choices,
  ...(covers.length > 0 && choices.includes('allowForSession') ? { covers: covers.map(printable) } : {}),
})

/** Codex wraps a command in the shell that runs it; what a human reads is the command, whole and unchanged. */
const commandText = (params: ParamsOf<'item/commandExecution/requestApproval'>): string => {
  const place = params.cwd ? `\n\nin ${params.cwd}` : ''
  if (params.networkApprovalContext)
    return `${params.networkApprovalContext.host}\n\n${params.command ?? ''}${place}`
  return `${params.command ?? ''}${place}`
}

const commandRequest = (
  id: string,
  params: ParamsOf<'item/commandExecution/requestApproval'>,
): AgentRequest => {
  const offered = params.availableDecisions
  const forSession = !offered || offered.includes('acceptForSession')
  const title = params.networkApprovalContext
    ? 'Reach the network'
    : params.kind === 'writeStdin'
      ? 'Type into a running command'
      : 'Run a command'
  const choices: ApprovalChoice[] = forSession ? ['allow', 'allowForSession', 'deny'] : ['allow', 'deny']
  // Codex remembers a command word for word, with its folder and what it may reach; a host by its name.
  const covers = params.networkApprovalContext
    ? [`the host ${params.networkApprovalContext.host}`]
    : ['this very command, in this folder']
  return approval(id, title, commandText(params), params.reason, choices, covers)
}

const option = (label: string): { label: string; description: string } => ({ label, description: '' })

const formQuestion = (id: string, property: FormProperty): Question => {
  const titled = property.oneOf ?? property.items?.anyOf
  const labels =
    property.type === 'boolean'
      ? ['Yes', 'No']
      : (titled?.map(entry => entry.title) ?? property.enum ?? property.items?.enum ?? [])
  return {
    id,
    header: printable(property.title ?? id),
    text: printable(property.description ?? property.title ?? id),
    options: labels.map(label => option(printable(label))),
    multiple: property.type === 'array',
    freeText: labels.length === 0,
  }
}

const elicitation = (
  id: string,
  params: ParamsOf<'mcpServer/elicitation/request'>,
): Pick<OpenRequest, 'request' | 'reply'> | null => {
  const title = `Answer the MCP server ${params.serverName}`
  const message = params.message ?? ''
  if (params.mode === 'url') {
    const request = approval(id, title, `${message}\n\n${params.url ?? ''}`, '', ['allow', 'deny'])
    return { request, reply: { type: 'action' } }
  }
  if (params.mode !== 'form') return null
  const form = formSchema.safeParse(params.requestedSchema)
  if (!form.success) return null
  const { properties } = form.data
  const entries = Object.entries(properties)
  if (entries.length === 0) {
    return { request: approval(id, title, message, '', ['allow', 'deny']), reply: { type: 'action' } }
  }
  const questions = entries.map(([key, property]) => formQuestion(key, property))
  const first = questions[0]
  const told = first
    ? [{ ...first, text: printable(`${message}\n\n${first.text}`) }, ...questions.slice(1)]
    : []
  return {
    request: { type: 'question', id: asRequestId(id), questions: told },
    reply: { type: 'form', properties },
  }
}

/**
 * The request that a signal opens, or null when it opens none that we can answer. `diff` gives the changes of a
 * file change item as they were announced.
 */
export const openedBy = (
  signal: Signal,
  rpcId: RpcId,
  id: string,
  diff: (itemId: string) => { readonly files: number; readonly text: string } | undefined,
): OpenRequest | null => {
  switch (signal.method) {
    case 'item/commandExecution/requestApproval': {
      const request = commandRequest(id, signal.params)
      return { rpcId, codexTurn: signal.params.turnId, request, reply: { type: 'decision' } }
    }
    case 'item/fileChange/requestApproval': {
      const { turnId, itemId, reason, grantRoot } = signal.params
      const change = diff(itemId)
      const title =
        change === undefined ? 'Edit files' : `Edit ${change.files} file${change.files === 1 ? '' : 's'}`
      const root = grantRoot ? `Write anywhere under ${grantRoot}\n\n` : ''
      const choices: ApprovalChoice[] = ['allow', 'allowForSession', 'deny']
      const covers = grantRoot ? [`writing anywhere under ${grantRoot}`] : ['edits of these files']
      const request = approval(id, title, `${root}${change?.text ?? ''}`, reason, choices, covers)
      return { rpcId, codexTurn: turnId, request, reply: { type: 'decision' } }
    }
    case 'item/permissions/requestApproval': {
      const { turnId, reason, permissions } = signal.params
      const body = JSON.stringify(permissions, null, 2)
      const choices: ApprovalChoice[] = ['allow', 'allowForSession', 'deny']
      const covers = ['these permissions']
      const request = approval(id, 'Get more permissions', body, reason, choices, covers)
      return { rpcId, codexTurn: turnId, request, reply: { type: 'permissions', asked: permissions } }
    }
    case 'item/tool/requestUserInput': {
      const questions = signal.params.questions.map(question => ({
        id: question.id,
        header: printable(question.header),
        text: printable(question.question),
        options: (question.options ?? []).map(entry => ({
          label: printable(entry.label),
          description: printable(entry.description),
        })),
        multiple: false,
        freeText: question.isOther || !question.options?.length,
      }))
      const request: AgentRequest = { type: 'question', id: asRequestId(id), questions }
      return { rpcId, codexTurn: signal.params.turnId, request, reply: { type: 'userInput' } }
    }
    case 'mcpServer/elicitation/request': {
      const opened = elicitation(id, signal.params)
      return opened && { rpcId, codexTurn: signal.params.turnId ?? null, ...opened }
    }
    default:
      return null
  }
}

/** Questions of a message that ended its turn (`request_user_input_async`). */
export const askedInMessage = (
  id: string,
  questions: readonly { readonly title: string; readonly options?: readonly string[] | null | undefined }[],
): OpenRequest => ({
  rpcId: null,
  codexTurn: null,
  request: {
    type: 'question',
    id: asRequestId(id),
    questions: questions.map((question, index) => ({
      id: `q${index + 1}`,
      header: `Question ${index + 1}`,
      text: printable(question.title),
      options: (question.options ?? []).map(label => option(printable(label))),
      multiple: false,
      freeText: true,
    })),
  },
  reply: { type: 'message' },
})

export type Encoded =
  | { readonly type: 'reply'; readonly rpcId: RpcId; readonly result: unknown; readonly summary: string }
  | { readonly type: 'message'; readonly text: string; readonly summary: string }

const formValue = (property: FormProperty, given: readonly string[]): unknown => {
  const titled = property.oneOf ?? property.items?.anyOf
  const raw = given.map(label => titled?.find(entry => entry.title === label)?.const ?? label)
  const first = raw[0] ?? ''
  if (property.type === 'array') return raw
  if (property.type === 'boolean') return first === 'Yes' || first === 'true'
  if (property.type === 'number' || property.type === 'integer') return Number(first)
  return first
}

const DECISIONS: Readonly<Record<ApprovalChoice, string>> = {
  allow: 'accept',
  allowForSession: 'acceptForSession',
  deny: 'decline',
}

const SUMMARIES: Readonly<Record<ApprovalChoice, string>> = {
  allow: 'Allowed',
  allowForSession: 'Allowed for this session',
  deny: 'Denied',
}

const approvalResult = (reply: Reply, choice: ApprovalChoice): unknown => {
  if (reply.type === 'permissions') {
    return choice === 'deny'
      ? { permissions: {}, scope: 'turn' }
      : { permissions: reply.asked, scope: choice === 'allowForSession' ? 'session' : 'turn' }
  }
  if (reply.type === 'action')
    return { action: choice === 'deny' ? 'decline' : 'accept', content: null, _meta: null }
  return { decision: DECISIONS[choice] }
}

type Answers = Readonly<Record<string, readonly string[]>>

const questionResult = (reply: Reply, answers: Answers): unknown => {
  if (reply.type !== 'form') {
    return {
      answers: Object.fromEntries(Object.entries(answers).map(([id, given]) => [id, { answers: given }])),
    }
  }
  const content = Object.fromEntries(
    Object.entries(reply.properties).flatMap(([key, property]) => {
      const given = answers[key]
      return given === undefined || given.length === 0 ? [] : [[key, formValue(property, given)]]
    }),
  )
  return { action: 'accept', content, _meta: null }
}

const answerText = (questions: readonly Question[], answers: Answers): string =>
  questions.map(question => `${question.text}\n→ ${(answers[question.id] ?? []).join(', ')}`).join('\n\n')

/** Writes an answer for Codex, or tells why it does not fit the request. */
export const encodeAnswer = (open: OpenRequest, answer: Answer): Result<Encoded, string> => {
  const { request, reply, rpcId } = open
  if (answer.type === 'approval') {
    if (request.type !== 'approval' || rpcId === null) return err('this is a question, not an approval')
    if (!request.choices.includes(answer.choice)) return err(`Codex does not offer "${answer.choice}" here`)
    const summary = SUMMARIES[answer.choice]
    return ok({ type: 'reply', rpcId, result: approvalResult(reply, answer.choice), summary })
  }
  if (request.type !== 'question') return err('this is an approval, not a question')
  const missing = request.questions.find(question => !answers(answer.answers, question.id))
  if (missing && reply.type !== 'form') return err(`"${missing.header}" has no answer`)
  const summary = Object.values(answer.answers).flat().join(', ')
  if (reply.type === 'message' || rpcId === null) {
    return ok({ type: 'message', text: answerText(request.questions, answer.answers), summary })
  }
  return ok({ type: 'reply', rpcId, result: questionResult(reply, answer.answers), summary })
}

const answers = (given: Answers, id: string): boolean => (given[id]?.length ?? 0) > 0
