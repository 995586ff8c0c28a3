/**
 * The line protocol between Duologue and its practice agent: one JSON object a line, both ways, over a local
 * socket. The program says `hello` first, with the token it was started with; until then nothing else counts.
 * Everything from the socket is parsed here; what does not fit is not a message.
 */
import { z } from 'zod'
import { asDeliveryId, asRequestId, asTurnId } from '../ids'
import { parseJson } from '../json'
import { err, ok, type Result } from '../result'

/** Longest line either side takes, in UTF-16 units: a handoff with a whole diff fits, a runaway does not. */
const MAX_LINE_CHARS = 1_000_000

const delivery = z.string().min(1).max(64).transform(asDeliveryId)
const request = z.string().min(1).max(64).transform(asRequestId)
const turn = z.string().min(1).max(64).transform(asTurnId)
const text = z.string()

const answer = z.union([
  z.object({
    type: z.literal('approval'),
    choice: z.enum(['allow', 'allowForSession', 'deny']),
    message: z.exactOptional(text),
  }),
  z.object({ type: z.literal('question'), answers: z.record(z.string(), z.array(text).readonly()) }),
])

const agentRequest = z.union([
  z.object({
    type: z.literal('approval'),
    id: request,
    title: text,
    body: text,
    reason: text,
    choices: z.array(z.enum(['allow', 'allowForSession', 'deny'])).readonly(),
    covers: z.exactOptional(z.array(text).readonly()),
  }),
  z.object({
    type: z.literal('question'),
    id: request,
    questions: z
      .array(
        z.object({
          id: text,
          header: text,
          text,
          options: z.array(z.object({ label: text, description: text })).readonly(),
          multiple: z.boolean(),
          freeText: z.boolean(),
        }),
      )
      .readonly(),
  }),
])

const outcome = z.union([
  z.object({ type: z.literal('completed') }),
  z.object({ type: z.literal('interrupted') }),
  z.object({
    type: z.literal('failed'),
    cause: z.enum(['quota', 'auth', 'model', 'network', 'server', 'crash', 'unknown']),
    detail: text,
  }),
])

const tokens = z.number().int().min(0)
const usage = z.object({
  inputTokens: tokens,
  cachedTokens: tokens,
  outputTokens: tokens,
  contextTokens: tokens,
  contextWindow: tokens,
})

const message = { id: delivery, text, summary: text }

const toProgram = z.discriminatedUnion('type', [
  z.object({ type: z.literal('deliver'), ...message }),
  z.object({ type: z.literal('steer'), ...message }),
  z.object({ type: z.literal('interrupt') }),
  z.object({ type: z.literal('answer'), id: request, answer }),
  z.object({ type: z.literal('toolReply'), call: z.number().int(), ok: z.boolean(), text }),
])

const fromProgram = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello'), token: text, session: text }),
  z.object({
    type: z.literal('turnStarted'),
    turn,
    cause: z.union([z.literal('human'), z.object({ delivery })]),
  }),
  z.object({ type: z.literal('messageTaken'), id: delivery }),
  z.object({ type: z.literal('said'), turn, text }),
  z.object({ type: z.literal('toolCall'), call: z.number().int(), name: text, args: z.unknown() }),
  z.object({ type: z.literal('requestOpened'), request: agentRequest }),
  z.object({
    type: z.literal('requestClosed'),
    id: request,
    by: z.enum(['inbox', 'terminal', 'agent']),
    summary: text,
  }),
  z.object({ type: z.literal('turnEnded'), turn, outcome, text }),
  z.object({ type: z.literal('usage'), usage }),
  z.object({ type: z.literal('limit'), resetsAt: text }),
])

export type ToPractice = z.output<typeof toProgram>
export type FromPractice = z.output<typeof fromProgram>

const parse = <T>(schema: z.ZodType<T>, line: string): Result<T, string> => {
  const raw = parseJson(line)
  if (raw === undefined) return err('not JSON')
  const parsed = schema.safeParse(raw)
  return parsed.success ? ok(parsed.data) : err('not a message of this protocol')
}

export const parseToPractice = (line: string): Result<ToPractice, string> => parse(toProgram, line)
export const parseFromPractice = (line: string): Result<FromPractice, string> => parse(fromProgram, line)
export const practiceLine = (message: ToPractice | FromPractice): string => `${JSON.stringify(message)}\n`

/** Cuts decoded text into lines; a line longer than the bound is dropped whole and counted. */
export interface LineCutter {
  push(chunk: string): readonly string[]
  readonly dropped: () => number
}

export function createLineCutter(maxChars = MAX_LINE_CHARS): LineCutter {
  let rest = ''
  let skipping = false
  let dropped = 0
  return {
    push(chunk) {
      const parts = (rest + chunk).split('\n')
      rest = parts.pop() ?? ''
      const lines: string[] = []
      for (const part of parts) {
        if (skipping) skipping = false
        else if (part.length > maxChars) dropped += 1
        else lines.push(part)
      }
      if (rest.length > maxChars) {
        if (!skipping) dropped += 1
        skipping = true
        rest = ''
      } else if (skipping) rest = ''
      return lines
    },
    dropped: () => dropped,
  }
}

/** A line of the program's own record, by which it resumes and by which a delivery is known to be taken. */
const recordLine = z.discriminatedUnion('type', [
  z.object({ type: z.literal('taken'), id: delivery }),
  z.object({ type: z.literal('entry'), kind: text, title: text, text }),
  z.object({ type: z.literal('fact'), key: text, value: text }),
])
export type PracticeRecordLine = z.output<typeof recordLine>

/** Lines that cannot be read (one torn by a crash) are left out. */
export const parsePracticeRecord = (content: string): readonly PracticeRecordLine[] =>
  content.split('\n').flatMap(line => {
    const parsed = line === '' ? err('empty') : parse(recordLine, line)
    return parsed.ok ? [parsed.value] : []
  })

export const practiceRecordName = (session: string): string => `practice-${session}.jsonl`
