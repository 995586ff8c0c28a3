/** The tool by which the driver proposes a plan, and changes it later with a reason. */
import { z } from 'zod'
import type { ToolSpec } from '../agent/tools'
import { err, ok, type Result } from '../result'
import type { PlanItem } from '../review/plan'
import { MAX_ITEMS, MAX_TEXT, parseCall, path, words } from './parse'

const Args = z.object({
  items: z
    .array(
      z.object({
        id: z.string().trim().min(1).max(40).pipe(words),
        text: z.string().trim().min(1).max(MAX_TEXT).pipe(words),
        why: words.default(''),
        files: z.array(path).max(MAX_ITEMS).default([]),
      }),
    )
    .min(1)
    .max(MAX_ITEMS),
  reason: words.default(''),
})

export const proposePlan: ToolSpec = {
  name: 'propose_plan',
  description:
    'Driver only: propose the plan of this work, or change it later. Give every item each time, with a short stable id; name the files it touches. For a change give the reason. The human sees each version and what changed.',
  inputSchema: {
    type: 'object',
    properties: {
      items: {
        type: 'array',
        minItems: 1,
        items: {
          type: 'object',
          properties: {
            id: { type: 'string', description: 'Short and stable, e.g. "1".' },
            text: { type: 'string', description: 'What will be done.' },
            why: { type: 'string', description: 'Which part of the intent it serves.' },
            files: {
              type: 'array',
              items: { type: 'string' },
              description: 'Paths, folders or globs that it changes, relative to the workspace.',
            },
          },
          required: ['id', 'text', 'why'],
          additionalProperties: false,
        },
      },
      reason: { type: 'string', description: 'Why the plan changes; empty for the first version.' },
    },
    required: ['items'],
    additionalProperties: false,
  },
}

export interface Proposal {
  readonly items: readonly PlanItem[]
  readonly reason: string
}

/** `before`: the plan as it stands, or null. The error is for the agent to read. */
export const parsePlan = (args: unknown, before: readonly PlanItem[] | null): Result<Proposal, string> => {
  const parsed = parseCall(Args, args, proposePlan.name, usage)
  if (!parsed.ok) return parsed
  const { items, reason } = parsed.value
  const ids = items.map(({ id }) => id)
  const twice = ids.find((id, index) => ids.indexOf(id) !== index)
  if (twice !== undefined) {
    return err(`Not recorded: two items have the id "${twice}". Call propose_plan again with one id each.`)
  }
  if (before !== null && JSON.stringify(before) === JSON.stringify(items)) {
    return err('Not recorded: this is the plan as it stands; nothing was changed.')
  }
  if (before !== null && reason.trim() === '') {
    return err('Not recorded: a changed plan needs its reason. Call propose_plan again with "reason".')
  }
  return ok({ items, reason })
}

const usage = '{"items":[{"id":"1","text":"…","why":"…","files":["src/a.ts"]}],"reason":"…"}.'
