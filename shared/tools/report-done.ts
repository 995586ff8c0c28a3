/** The tool by which the driver claims that the work is done. Without it the end of a turn is an ordinary handoff. */
import { z } from 'zod'
import type { ToolSpec } from '../agent/tools'
import type { FindingId } from '../ids'
import { err, ok, type Result } from '../result'
import type { PlanItem } from '../review/plan'
import type { Report } from '../review/report'
import { MAX_ITEMS, MAX_TEXT, parseCall, path, words } from './parse'

const Args = z.object({
  summary: z.string().trim().min(1).max(MAX_TEXT).pipe(words),
  planItems: z.array(words).max(MAX_ITEMS).default([]),
  files: z.array(path).max(1_000).default([]),
  notDone: words.default(''),
  followUps: z.array(z.string().trim().min(1).max(MAX_TEXT).pipe(words)).max(MAX_ITEMS).default([]),
})

export const reportDone: ToolSpec = {
  name: 'report_done',
  description:
    'Driver only: claim that the work is complete, right before you end your turn. Duologue then runs the proof command, and your partner reviews. Say what was asked for and not done. What belongs to another task is a follow-up. Do not call it for work in progress.',
  inputSchema: {
    type: 'object',
    properties: {
      summary: { type: 'string', description: 'What was done and how it was checked.' },
      planItems: { type: 'array', items: { type: 'string' }, description: 'Ids of the plan items served.' },
      files: { type: 'array', items: { type: 'string' }, description: 'Files changed.' },
      notDone: { type: 'string', description: 'What was asked for and not done; empty when all was.' },
      followUps: { type: 'array', items: { type: 'string' }, description: 'What belongs to another task.' },
    },
    required: ['summary'],
    additionalProperties: false,
  },
}

/** The error is for the agent to read. `unanswered`: findings that wait for an answer. */
export const parseReport = (
  args: unknown,
  plan: readonly PlanItem[] | null,
  unanswered: readonly FindingId[],
): Result<{ readonly report: Report; readonly followUps: readonly string[] }, string> => {
  const parsed = parseCall(Args, args, reportDone.name, usage)
  if (!parsed.ok) return parsed
  const { followUps, ...report } = parsed.value
  const known = plan?.map(({ id }) => id) ?? []
  const unknown = report.planItems.filter(id => !known.includes(id))
  if (unknown.length > 0) {
    const which = known.length === 0 ? 'there is no plan' : `the plan has ${known.join(', ')}`
    return err(
      `Not recorded: no plan item ${unknown.join(', ')}; ${which}. Call report_done again with planItems.`,
    )
  }
  if (unanswered.length > 0) {
    return err(
      `Not recorded: findings ${unanswered.join(', ')} wait for your answer. Call answer_findings first, then report_done again.`,
    )
  }
  return ok({ report, followUps })
}

const usage = '{"summary":"…","planItems":["1"],"files":["src/a.ts"],"notDone":"","followUps":["…"]}.'
