/**
 * The tool by which a navigator gives its verdict. Agents call tools wrong now and then, so every refusal is an
 * answer that tells how to call right.
 */
import { z } from 'zod'
import type { ToolSpec } from '../agent/tools'
import { asFindingId } from '../ids'
import { err, ok, type Result } from '../result'
import { stripControl } from '../terminal/paste'
import type { Review } from './finding'

const MAX_TEXT = 8_000
const MAX_FINDINGS = 100

const Args = z.object({
  verdict: z.enum(['pass', 'changes']),
  summary: z.string().max(MAX_TEXT).default(''),
  findings: z
    .array(
      z.object({
        severity: z.enum(['blocker', 'major', 'minor']).default('major'),
        file: z.string().max(1_000).default(''),
        line: z.number().int().min(0).default(0),
        text: z.string().min(1).max(MAX_TEXT),
        inScope: z.boolean().default(true),
      }),
    )
    .max(MAX_FINDINGS)
    .default([]),
})

export const submitReview: ToolSpec = {
  name: 'submit_review',
  description:
    'Navigator only: give your verdict on the work under review. `pass`: it is right as it stands. `changes`: the driver has to mend something; list at least one finding that is in scope. Findings with inScope false are follow-ups for the human and are not sent to the driver. Call it once, then end your turn.',
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

/** `round` makes the findings' ids: `2.1` is the first finding of round 2. The error is for the agent to read. */
export const parseReview = (args: unknown, round: number): Result<Review, string> => {
  const parsed = Args.safeParse(args)
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      issue => `${issue.path.join('.') || 'arguments'}: ${issue.message}`,
    )
    return err(`Not recorded. ${problems.slice(0, 5).join('; ')}. Call submit_review again with ${usage}`)
  }
  const { verdict, summary, findings } = parsed.data
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
    summary: stripControl(summary),
    findings: findings.map((finding, index) => ({
      ...finding,
      id: asFindingId(`${round}.${index + 1}`),
      file: stripControl(finding.file),
      text: stripControl(finding.text),
    })),
  })
}

const usage =
  '{"verdict":"pass"|"changes","summary":"…","findings":[{"severity":"blocker"|"major"|"minor","file":"src/a.ts","line":12,"text":"…","inScope":true}]}.'
