/** What opencode asks a human, as `AgentRequest`s, and the human's answer as opencode takes it. */
import { asRequestId } from '../ids'
import { err, ok, type Result } from '../result'
import type { AgentEvent, AgentRequest, Answer, ApprovalChoice, Question } from './event'
import type { PermissionAsked, QuestionAsked } from './opencode-frames'
import { printable } from './printable'

export interface OpenRequest {
  readonly request: AgentRequest
  /** Of a sub-agent, or of the seat's own. */
  readonly session: string
  /** The answer that we sent, in a few words; absent until then. */
  readonly answered?: string
}

const stringIn = (metadata: Readonly<Record<string, unknown>>, name: string): string | undefined => {
  const value = metadata[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

const titleOf = (asked: PermissionAsked): string => {
  switch (asked.permission) {
    case 'bash':
      return 'Run a command'
    case 'edit':
      return 'Edit a file'
    case 'webfetch':
      return 'Open a web page'
    case 'external_directory':
      return 'Work outside the folder'
    case 'doom_loop':
      return 'Go on after the same call three times'
    default:
      return `Use ${asked.permission}`
  }
}

/** Whole: the diff or the command where there is one, and what else opencode tells of the call. */
const bodyOf = (asked: PermissionAsked): string => {
  const { metadata, patterns } = asked
  const told = stringIn(metadata, 'diff') ?? stringIn(metadata, 'command') ?? stringIn(metadata, 'url')
  const names = patterns.join('\n')
  if (told === undefined) {
    const more = Object.keys(metadata).length === 0 ? '' : `\n\n${JSON.stringify(metadata, null, 2)}`
    return `${names}${more}`
  }
  return asked.permission === 'edit' ? `${names}\n\n${told}` : told
}

const CHOICES: readonly ApprovalChoice[] = ['allow', 'deny']
const CHOICES_ALWAYS: readonly ApprovalChoice[] = ['allow', 'allowForSession', 'deny']

export const approvalOf = (asked: PermissionAsked): OpenRequest => ({
  session: asked.sessionID,
  request: {
    type: 'approval',
    id: asRequestId(asked.id),
    title: titleOf(asked),
    body: printable(bodyOf(asked)),
    reason: '',
    choices: asked.always.length === 0 ? CHOICES : CHOICES_ALWAYS,
    ...(asked.always.length === 0
      ? {}
      : { covers: asked.always.map(pattern => printable(`${asked.permission}: ${pattern}`)) }),
  },
})

export const questionOf = (asked: QuestionAsked): OpenRequest => ({
  session: asked.sessionID,
  request: {
    type: 'question',
    id: asRequestId(asked.id),
    questions: asked.questions.map(
      ({ question, header, options, multiple, custom }, index): Question => ({
        id: String(index),
        header: printable(header),
        text: printable(question),
        options: options.map(({ label, description }) => ({ label, description: printable(description) })),
        multiple: multiple === true,
        freeText: custom !== false,
      }),
    ),
  },
})

export interface Encoded {
  /** Below the server's own address. */
  readonly path: string
  readonly body: unknown
  readonly summary: string
}

const SUMMARIES: Readonly<Record<ApprovalChoice, string>> = {
  allow: 'Allowed',
  allowForSession: 'Allowed for this session',
  deny: 'Denied',
}
const REPLIES: Readonly<Record<ApprovalChoice, string>> = {
  allow: 'once',
  allowForSession: 'always',
  deny: 'reject',
}
/** A refusal without words ends the turn; with words the model goes on (1.18). */
const DENIED = 'The human said no to this. Go on without it, or say why it is needed.'

/** Writes an answer for opencode, or tells why it does not fit the request. */
export const encodeAnswer = ({ request }: OpenRequest, answer: Answer): Result<Encoded, string> => {
  if (answer.type === 'approval') {
    const { choice } = answer
    if (request.type !== 'approval') return err('this is a question, not an approval')
    if (!request.choices.includes(choice)) return err(`opencode does not offer "${choice}" here`)
    const message = choice === 'deny' ? { message: answer.message || DENIED } : {}
    const body = { reply: REPLIES[choice], ...message }
    return ok({ path: `/permission/${request.id}/reply`, body, summary: SUMMARIES[choice] })
  }
  if (request.type !== 'question') return err('this is an approval, not a question')
  const given = request.questions.map(({ id }) => answer.answers[id] ?? [])
  const missing = request.questions.find((_, index) => given[index]?.length === 0)
  if (missing) return err(`"${missing.header}" has no answer`)
  return ok({
    path: `/question/${request.id}/reply`,
    body: { answers: given },
    summary: given.flat().join(', '),
  })
}

/** How a request is withdrawn that nobody will answer any more. */
export const withdrawal = ({ request }: OpenRequest): { readonly path: string; readonly body: unknown } =>
  request.type === 'approval'
    ? { path: `/permission/${request.id}/reply`, body: { reply: 'reject' } }
    : { path: `/question/${request.id}/reject`, body: {} }

/** The end of a request; who answered it in the inbox is known by the answer that we sent. */
export const closed = (open: OpenRequest, by: 'terminal' | 'agent'): AgentEvent => ({
  type: 'requestClosed',
  id: open.request.id,
  by: open.answered === undefined ? by : 'inbox',
  summary: open.answered ?? (by === 'terminal' ? 'Answered in the terminal' : 'Withdrawn'),
})
