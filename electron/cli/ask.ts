/** What a pair needs of its human, asked in the terminal: questions and approvals of the agents, and holds. */
import type { AgentRequest, Answer } from '../../shared/agent/event'
import type { Command } from '../../shared/pair/inputs'
import type { HoldWhy, PairState } from '../../shared/pair/model'
import { planOf } from '../../shared/pair/view'
import { stripControl } from '../../shared/terminal/paste'
import { planItemLine } from '../../shared/transcript/record-words'
import type { OnRequest } from './args'

/** Asks the human one line; null when there is no more input. */
export type Ask = (prompt: string) => Promise<string | null>

const isYes = (line: string): boolean => /^y(es)?$/i.test(line.trim())

/** Null: nobody is there to answer. */
export const answerFor = async (
  onRequest: OnRequest,
  ask: Ask,
  request: AgentRequest,
): Promise<Answer | null> => {
  if (onRequest === 'stop') return null
  if (request.type === 'approval') {
    if (onRequest !== 'ask') return { type: 'approval', choice: onRequest }
    const line = await ask(`${request.title}:\n${request.body}\nAllow? [y/N] `)
    return line === null ? null : { type: 'approval', choice: isYes(line) ? 'allow' : 'deny' }
  }
  const answers: Record<string, readonly string[]> = {}
  for (const question of request.questions) {
    const labels = question.options.map(({ label }) => label)
    if (onRequest === 'deny') return null
    const menu = labels.map((label, index) => `  ${index + 1}. ${label}`).join('\n')
    const line = onRequest === 'ask' ? await ask(`${question.text}\n${menu}\n> `) : '1'
    if (line === null) return null
    answers[question.id] = [labels[Number(line.trim()) - 1] ?? line.trim()]
  }
  return { type: 'question', answers }
}

/** Only a yes or a no is needed. The agents' own questions may be allowed in advance; these are for the human alone. */
export const canAsk = (onRequest: OnRequest, { type }: HoldWhy): boolean =>
  onRequest === 'ask' && (type === 'planApproval' || type === 'unplanned')

/** The command that a yes means. Null: it stays held. */
export const releaseFor = async (ask: Ask, why: HoldWhy, state: PairState): Promise<Command | null> => {
  if (why.type === 'planApproval') {
    const plan = planOf(state)
    const items = plan?.items.map(item => `  ${planItemLine(item)}`) ?? []
    const lines = [`The navigator passed plan ${plan?.version ?? ''}:`, ...items]
    const line = await ask(`${stripControl(lines.join('\n'))}\nApprove it? [y/N] `)
    return line !== null && isYes(line) ? { type: 'approvePlan' } : null
  }
  if (why.type !== 'unplanned') return null
  const files = why.files.map(file => `  ${file}`)
  const question = stripControl(['No plan item names these changed files:', ...files].join('\n'))
  const line = await ask(`${question}\nAccept them? [y/N] `)
  return line !== null && isYes(line) ? { type: 'acceptUnplanned' } : null
}
