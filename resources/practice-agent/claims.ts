/** What the driver tells Duologue by tools: how it answers findings, and that its work is done. */
import type { BriefFinding } from './brief'
import { type Desk, git } from './desk'
import { planKept } from './memory'

export interface Given {
  readonly finding: Pick<BriefFinding, 'id'>
  readonly reason: string
}

export interface Answers {
  readonly fixed: readonly Pick<BriefFinding, 'id'>[]
  readonly rejected: readonly Given[]
  readonly deferred: readonly Given[]
}

export async function answerFindings(desk: Desk, { fixed, rejected, deferred }: Answers): Promise<void> {
  const given = (answer: string) => (each: Given) => ({ id: each.finding.id, answer, reason: each.reason })
  const answers = [
    ...fixed.map(({ id }) => ({ id, answer: 'fixed' })),
    ...rejected.map(given('rejected')),
    ...deferred.map(given('deferred')),
  ]
  await desk.step('Answering the findings')
  const reply = await desk.callTool('answer_findings', { answers })
  const lines = answers.map(answer => `· ${answer.id} ${answer.answer}${reasonOf(answer)}`)
  desk.show('answer_findings', [...lines, ...(reply.ok ? [] : [reply.text])].join('\n'), reply.ok)
}

const reasonOf = (answer: object): string => ('reason' in answer ? `: ${String(answer.reason)}` : '')

/** Gives the findings that must be answered first; then the report was not taken. */
export async function reportDone(desk: Desk, summary: string, notDone: string): Promise<readonly string[]> {
  await desk.step('Reporting done')
  const names = await git(desk, 'diff', '--name-only', 'HEAD')
  const others = await git(desk, 'ls-files', '--others', '--exclude-standard')
  const files = [names, others].flatMap(ran => (ran.code === 0 ? ran.output.split('\n').filter(Boolean) : []))
  const report = { summary, planItems: planKept(desk).map(({ id }) => id), files, notDone }
  const first = await desk.callTool('report_done', report)
  // The human may have changed the plan a moment ago.
  const withoutPlan = !first.ok && /no plan item/.test(first.text)
  const reply = withoutPlan ? await desk.callTool('report_done', { ...report, planItems: [] }) : first
  desk.show('report_done', reply.ok ? summary : reply.text, reply.ok)
  if (reply.ok) return []
  return /findings ([\w., ]+) wait for your answer/.exec(reply.text)?.[1]?.split(/,\s*/) ?? []
}
