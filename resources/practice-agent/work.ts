/** Which work a message asks for. The role comes with the message; the human's words are always answered. */
import type { DeliveryId } from '../../shared/ids'
import type { Brief } from './brief'
import type { Desk } from './desk'
import { drive } from './driver'
import { act, practise, serve } from './human'
import { navigate } from './navigator'

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
  const known = desk.fact('role')
  if (brief.role !== null) desk.setFact('role', brief.role)
  // The human's first word to a driver is the intent; later ones are steers to a seat that has nothing to do.
  const opening = brief.role === 'driver' && known === undefined
  if (brief.fromHuman && !opening) return acknowledge(desk, brief)
  if (!brief.fromHuman && brief.words !== '') await heed(desk, brief)
  const role = brief.role ?? known ?? (brief.target === null ? 'driver' : 'navigator')
  return role === 'navigator' ? navigate(desk, brief) : drive(desk, brief)
}

/** Words of the human inside a turn: acted on where they are understood, answered in any case. */
export async function heed(desk: Desk, brief: Brief): Promise<void> {
  const [word = '', argument = ''] = (brief.command ?? '').split(' ')
  desk.say((await practise(desk, word, argument)) ?? acknowledge(desk, brief))
}

/** Words of a steer that are said back, in UTF-16 units. */
const MAX_HEARD = 120

function acknowledge(desk: Desk, brief: Brief): string {
  const words = brief.words.replace(/\s+/g, ' ')
  const heard = `Understood: “${words.length > MAX_HEARD ? `${words.slice(0, MAX_HEARD)}…` : words}”.`
  const done = act(desk, words)
  return done === '' ? `${heard} I am the practice agent and cannot act on it.` : `${heard} ${done}`
}
