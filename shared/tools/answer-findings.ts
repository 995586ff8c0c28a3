/** The tool by which the driver answers the findings of a review, one by one. */
import { z } from 'zod'
import type { ToolSpec } from '../agent/tools'
import { asFindingId, type FindingId } from '../ids'
import { err, ok, type Result } from '../result'
import type { FindingAnswer } from '../review/finding'
import { MAX_ITEMS, parseCall, words } from './parse'

const Args = z.object({
  answers: z
    .array(
      z.object({
        id: z.string().trim().min(1).max(40).transform(asFindingId),
        answer: z.enum(['fixed', 'rejected', 'deferred']),
        reason: words.default(''),
      }),
    )
    .min(1)
    .max(MAX_ITEMS),
})

export const answerFindings: ToolSpec = {
  name: 'answer_findings',
  description:
    'Driver only: answer the findings of the review: `fixed`; `rejected` or `deferred` with the reason. Answer every finding that you were given.',
  inputSchema: {
    type: 'object',
    properties: {
      answers: {
        type: 'array',
        minItems: 1,
        items: {
          type: 'object',
          properties: {
            id: { type: 'string', description: 'The finding’s id, e.g. "1.2".' },
            answer: { type: 'string', enum: ['fixed', 'rejected', 'deferred'] },
            reason: { type: 'string', description: 'Needed for rejected and deferred.' },
          },
          required: ['id', 'answer'],
          additionalProperties: false,
        },
      },
    },
    required: ['answers'],
    additionalProperties: false,
  },
}

/** `known`: findings that were given to the driver. The error is for the agent to read. */
export const parseAnswers = (
  args: unknown,
  known: readonly FindingId[],
): Result<readonly FindingAnswer[], string> => {
  const parsed = parseCall(Args, args, answerFindings.name, usage)
  if (!parsed.ok) return parsed
  const { answers } = parsed.value
  const unknown = answers.filter(({ id }) => !known.includes(id)).map(({ id }) => id)
  if (unknown.length > 0) {
    const which = known.length === 0 ? 'you were given none' : `you were given ${known.join(', ')}`
    return err(`Not recorded: no finding ${unknown.join(', ')}; ${which}. Call answer_findings again.`)
  }
  const bare = answers.filter(({ answer, reason }) => answer !== 'fixed' && reason.trim() === '')
  if (bare.length > 0) {
    const ids = bare.map(({ id }) => id).join(', ')
    return err(`Not recorded: ${ids} needs a reason. Call answer_findings again with ${usage}`)
  }
  return ok(answers)
}

const usage = '{"answers":[{"id":"1.1","answer":"fixed"|"rejected"|"deferred","reason":"…"}]}.'
