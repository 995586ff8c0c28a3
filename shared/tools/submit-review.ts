/**
 * The tool by which a reviewer gives its verdict. Agents call tools wrong now and then, so every refusal is an
 * answer that tells how to call right.
 */
import { z } from 'zod'
import type { ToolSpec } from '../agent/tools'
import { asFindingId } from '../ids'
import { err, ok, type Result } from '../result'
import type { Review } from '../review/finding'
import { MAX_ITEMS, MAX_TEXT, parseCall, path, words } from './parse'

const Args = z.object({
  verdict: z.enum(['pass', 'changes']),
  summary: words.default(''),
  findings: z
    .array(
      z.object({
        severity: z.enum(['blocker', 'major', 'minor']).default('major'),
        file: path.default(''),
        line: z.number().int().min(0).default(0),
        text: z.string().min(1).max(MAX_TEXT).pipe(words),
        inScope: z.boolean().default(true),
      }),
    )
    .max(MAX_ITEMS)
    .default([]),
})

export const submitReview: ToolSpec = {
  name: 'submit_review',
  description:
    'Reviewer only: give your verdict on the work (or plan) under review. `pass`: it is right as it stands. `changes`: the driver has to mend something; list at least one finding that is in scope. Findings with inScope false are follow-ups for the human and are not sent to the driver. Call it once, then end your turn.',
  inputSchema: {
    type: 'object',
    properties: {
      verdict: { type: 'string', enum: ['pass', 'changes'] },
      summary: { type: 'string', description: 'One or two sentences.' },
      findings: {
        type: 'array',
        items: {
          type: 'object',
          properties: {
            severity: { type: 'string', enum: ['blocker', 'major', 'minor'] },
            file: { type: 'string', description: 'Path relative to the workspace; empty if about no file.' },
            line: { type: 'integer', minimum: 0, description: '1-based; 0 if not about a line.' },
            text: { type: 'string', description: 'What is wrong and what would be right.' },
            inScope: { type: 'boolean', description: 'False for what belongs to another task.' },
          },
          required: ['severity', 'text', 'inScope'],
          additionalProperties: false,
        },
      },
    },
    required: ['verdict', 'summary'],
    additionalProperties: false,
  },
}

/** The findings' ids count on: with `2.` and 3 the first is `2.4`. The error is for the agent to read. */
export const parseReview = (args: unknown, prefix: string, last: number): Result<Review, string> => {
  const parsed = parseCall(Args, args, submitReview.name, usage)
  if (!parsed.ok) return parsed
  const { verdict, summary, findings } = parsed.value
  const inScope = findings.filter(finding => finding.inScope)
  if (verdict === 'changes' && inScope.length === 0) {
    return err(
      `Not recorded: \`changes\` needs at least one finding that is in scope. Call submit_review again with ${usage}`,
    )
  }
  if (verdict === 'pass' && inScope.some(({ severity }) => severity !== 'minor')) {
    return err(
      'Not recorded: a `pass` cannot carry a blocker or major finding that is in scope. Call submit_review again: with `changes`, or with that finding as minor or as a follow-up (inScope: false).',
    )
  }
  return ok({
    verdict,
    summary,
    findings: findings.map((finding, index) => ({
      ...finding,
      id: asFindingId(`${prefix}${last + index + 1}`),
    })),
  })
}

const usage =
  '{"verdict":"pass"|"changes","summary":"…","findings":[{"severity":"blocker"|"major"|"minor","file":"src/a.ts","line":12,"text":"…","inScope":true}]}.'
