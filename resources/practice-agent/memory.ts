/** What a session remembers between turns, as facts of its record: lists and the plan, read leniently. */
import type { PlanItem } from '../../shared/review/plan'
import type { Brief, BriefFinding } from './brief'
import type { Desk } from './desk'

type Facts = Pick<Desk, 'fact' | 'setFact'>

/** Empty when it was never kept. Only this program writes them. */
const listOf = <T>(desk: Facts, key: string): readonly T[] => JSON.parse(desk.fact(key) ?? '[]') as T[]

export const planKept = (desk: Facts): readonly PlanItem[] => listOf(desk, 'plan')
export const keepPlan = (desk: Facts, items: readonly PlanItem[]): void =>
  desk.setFact('plan', JSON.stringify(items))

/** Texts of findings that this session has raised. */
export const raisedBefore = (desk: Facts): readonly string[] => listOf(desk, 'raised')
export const keepRaised = (desk: Facts, texts: readonly string[]): void =>
  desk.setFact('raised', JSON.stringify([...new Set([...raisedBefore(desk), ...texts])]))

export const ruledOut = (desk: Facts): readonly string[] => listOf(desk, 'ruledOut')

/** What every message may carry, whatever else it asks for. */
export function keepBrief(desk: Facts, brief: Brief): void {
  if (brief.plan !== null) keepPlan(desk, brief.plan.items)
  if (brief.intent !== null) desk.setFact('intent', brief.intent)
  if (brief.ruledOut.length > 0)
    desk.setFact('ruledOut', JSON.stringify([...new Set([...ruledOut(desk), ...brief.ruledOut])]))
}

/** Findings that the human sent into a turn, to be mended in it or in the next. */
export const keepHeard = (desk: Facts, findings: readonly BriefFinding[]): void =>
  desk.setFact('heard', JSON.stringify([...listOf<BriefFinding>(desk, 'heard'), ...findings]))

export function takeHeard(desk: Facts): readonly BriefFinding[] {
  const heard = listOf<BriefFinding>(desk, 'heard')
  if (heard.length > 0) desk.setFact('heard', '[]')
  return heard
}
