/** Plans: the driver proposes and changes them, the navigator reviews them. What the human wrote stands. */
import type { PlanItem } from '../../shared/review/plan'
import { unplannedFiles } from '../../shared/review/scope'
import type { Brief } from './brief'
import { answerFindings } from './claims'
import type { Desk } from './desk'
import { keepPlan, planKept, ruledOut } from './memory'
import type { Finding } from './review'
import type { Attempt, Cause, Task } from './task'

const NO_TESTS = 'No item of the plan adds a test: what is changed could break unseen.'
const isTest = (file: string): boolean => /(?:^|[/.])tests?(?:[/.]|$)/.test(file)

/** The driver's turn before any code. Gives the final message. */
export async function plan(desk: Desk, brief: Brief, task: Task): Promise<string> {
  desk.say(brief.findings.length > 0 ? 'I change the plan.' : 'I plan before I change anything.')
  await desk.step('Making a plan')
  const before = planKept(desk)
  const asked = brief.findings.filter(({ text }) => /\btests?\b/i.test(text))
  const base = before.length > 0 ? before : task.plan
  const items =
    asked.length > 0 && !base.some(({ files }) => files.some(isTest))
      ? [...base, withFreeId(base, task.testItem)]
      : base
  const reason = asked.map(({ id, text }) => `${id} ${text}`).join(' ')
  if (brief.findings.length > 0) {
    const others = brief.findings.filter(finding => !asked.includes(finding))
    const deferred = others.map(finding => ({ finding, reason: 'The practice agent cannot plan this.' }))
    await answerFindings(desk, { fixed: asked, rejected: [], deferred })
  }
  const proposed = await propose(desk, items, reason)
  const text = items.map(({ id, text }) => `${id}. ${text}`).join('\n')
  return proposed ? `My plan:\n${text}` : 'I have no other plan than the one that stands.'
}

async function propose(desk: Desk, items: readonly PlanItem[], reason: string): Promise<boolean> {
  await desk.step('Proposing the plan')
  const reply = await desk.callTool('propose_plan', { items, reason })
  if (reply.ok) keepPlan(desk, items)
  const lines = items.map(({ id, text, files }) => `${id}. ${text} (${files.join(', ')})`)
  desk.show('propose_plan', [...lines, ...(reply.ok ? [] : [reply.text])].join('\n'), reply.ok)
  return reply.ok
}

/** Before files are edited that no item names, the plan is changed, with the reason. Without a plan nothing is asked. */
export async function coverPlan(desk: Desk, { edits }: Attempt, cause: Cause | undefined): Promise<void> {
  const items = planKept(desk)
  const files = unplannedFiles(
    edits.map(({ file }) => file),
    items,
  )
  if (items.length === 0 || files.length === 0) return
  const why = cause?.text ?? 'the work needs it'
  const item = { id: '1', text: `Change ${files.join(' and ')} too`, why, files }
  await propose(desk, [...items, withFreeId(items, item)], `${files.join(' and ')} has to change: ${why}`)
}

/** Its own id, or the next number that is free. */
function withFreeId(items: readonly PlanItem[], item: PlanItem): PlanItem {
  const taken = (id: string) => items.some(each => each.id === id)
  if (!taken(item.id)) return item
  let next = items.length + 1
  while (taken(String(next))) next += 1
  return { ...item, id: String(next) }
}

/** The navigator's turn about a plan. Gives the final message. */
export async function reviewPlan(desk: Desk, brief: Brief): Promise<string> {
  desk.say('I review the plan.')
  await desk.step('Reading the plan')
  const findings = planFindings(brief, ruledOut(desk))
  const verdict = findings.length > 0 ? 'changes' : 'pass'
  const summary =
    verdict === 'pass' ? 'The plan serves the intent and tests it.' : 'The plan lacks something.'
  const reply = await desk.callTool('submit_review', { verdict, summary, findings })
  const lines = findings.map(({ severity, text }) => `· ${severity} ${text}`)
  desk.show(
    `submit_review: ${verdict}`,
    [summary, ...lines, ...(reply.ok ? [] : [reply.text])].join('\n'),
    reply.ok,
  )
  if (!reply.ok) return `I could not submit the review: ${reply.text}`
  return verdict === 'pass' ? `I pass this plan: ${summary}` : `I ask for changes of the plan: ${summary}`
}

function planFindings(brief: Brief, out: readonly string[]): readonly Finding[] {
  const items = brief.plan?.items ?? []
  const settled = brief.plan?.byHuman === true || out.some(text => text.endsWith(NO_TESTS))
  if (settled || items.some(({ files }) => files.some(isTest))) return []
  return [{ severity: 'major', file: '', text: NO_TESTS, inScope: true }]
}
