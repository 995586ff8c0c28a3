/** Which work a message asks for. The role comes with the message; the human's words are always answered. */
import type { DeliveryId } from '../../shared/ids'
import { type Brief, readBrief } from './brief'
import type { Desk } from './desk'
import { drive, repoOf, taskFor } from './driver'
import { act, practise, serve } from './human'
import { keepBrief, keepHeard, planKept } from './memory'
import { review } from './navigator'
import { plan, reviewPlan } from './planning'

/** `id` null: typed here by the human. */
export interface Item {
  readonly id: DeliveryId | null
  readonly text: string
  readonly summary: string
}

/** Does the work and gives the final message of the turn. */
export async function work(desk: Desk, item: Item, brief: Brief): Promise<string> {
  if (item.id === null) return serve(desk, item.text)
  if (brief.fromHuman && brief.command !== null) return serve(desk, brief.command)
  keepBrief(desk, brief)
  const known = desk.fact('role')
  if (brief.role !== null) desk.setFact('role', brief.role)
  // The human's first word to a driver is the intent; later ones are steers to a seat that has nothing to do.
  const opening = brief.role === 'driver' && known === undefined
  if (brief.fromHuman && !opening) return acknowledge(desk, brief)
  if (brief.fromHuman) desk.setFact('intent', brief.words)
  // Kept before anything is waited for: who is resumed in the middle has to know its task.
  const task = lastTask(desk, brief)
  if (!brief.fromHuman && brief.words !== '') await heed(desk, brief)
  return perform(desk, task, known)
}

/** A reminder, or leave to go on, means the task of before: it is kept with all that it said. */
function lastTask(desk: Desk, brief: Brief): Brief {
  if (brief.ask !== 'again') {
    desk.setFact('task', brief.text)
    return brief
  }
  const kept = desk.fact('task')
  if (kept === undefined) return { ...brief, ask: brief.role === 'navigator' ? 'review' : 'work' }
  const task = readBrief(kept)
  return { ...task, findings: [...task.findings, ...brief.findings] }
}

function perform(desk: Desk, brief: Brief, known: string | undefined): Promise<string> {
  switch (brief.ask) {
    case 'plan':
      return plan(desk, brief, taskFor(desk.fact('intent') ?? brief.text, repoOf(desk)))
    case 'reviewPlan':
      return reviewPlan(desk, brief)
    case 'review':
      return review(desk, brief)
    default: {
      const role = brief.role ?? known ?? 'driver'
      return role === 'navigator' ? review(desk, brief) : drive(desk, brief)
    }
  }
}

/** Words of the human inside a turn: acted on where they are understood, answered in any case. */
export async function heed(desk: Desk, brief: Brief): Promise<void> {
  keepBrief(desk, brief)
  const [word = '', argument = ''] = (brief.command ?? '').split(' ')
  desk.say((await practise(desk, word, argument)) ?? acknowledge(desk, brief))
}

/** Words of a steer that are said back, in UTF-16 units. */
const MAX_HEARD = 120

function acknowledge(desk: Desk, brief: Brief): string {
  const words = brief.words.replace(/\s+/g, ' ')
  const heard = `Understood: “${words.length > MAX_HEARD ? `${words.slice(0, MAX_HEARD)}…` : words}”.`
  // In a message of the partner they stand among its findings already.
  if (brief.findings.length > 0 && brief.fromHuman) {
    keepHeard(desk, brief.findings)
    return `${heard} I take it in hand.`
  }
  if (brief.findings.length > 0) return `${heard} I take it in hand.`
  if (brief.ruledOut.length > 0) return `${heard} I leave it.`
  if (brief.plan !== null) return `${heard} I go by these ${planKept(desk).length} items.`
  const done = act(desk, words)
  return done === '' ? `${heard} I am the practice agent and cannot act on it.` : `${heard} ${done}`
}
