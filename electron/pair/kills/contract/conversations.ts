/** For the trials: what a program's model was last told, message by message, as the judge of what was taken. */
import type { World } from '../../../../e2e/contracts/world'
import type { Program } from './models'

type Json = Readonly<Record<string, unknown>>

const isRecord = (value: unknown): value is Json => typeof value === 'object' && value !== null

const textsOf = (content: unknown): readonly string[] => {
  if (typeof content === 'string') return [content]
  const parts = Array.isArray(content) ? content.filter(isRecord) : []
  return parts.flatMap(({ text, type }) => (typeof text === 'string' && type !== 'tool_result' ? [text] : []))
}

/** The texts that the user's side of this conversation holds, as the last request that has `words` tells it. */
const conversationWith = (world: World, program: Program, words: string): readonly string[] | undefined => {
  if (program !== 'claude')
    return world[program].requests.findLast(
      ({ isTitle, users }) => !isTitle && users.some(text => text.includes(words)),
    )?.users
  const asked = world.claude.requests.findLast(
    ({ title, conversation }) => !title && conversation.includes(words),
  )
  if (asked === undefined) return undefined
  const messages = (JSON.parse(asked.conversation) as readonly unknown[]).filter(isRecord)
  return messages.flatMap(({ role, content }) => (role === 'assistant' ? [] : textsOf(content)))
}

const HEADER = /\[duologue ([0-9a-f]+)\] From: /g

export interface Heard {
  /** How often each id stands in the conversation. */
  readonly times: ReadonlyMap<string, number>
  /** Ids that stand together in one text. */
  readonly merged: readonly string[]
  readonly texts: readonly string[]
}

export const heardBy = (world: World, program: Program, words: string): Heard => {
  const texts = conversationWith(world, program, words)
  if (texts === undefined) throw new Error(`${program} was never asked with “${words}”`)
  const times = new Map<string, number>()
  const merged: string[] = []
  for (const text of texts) {
    const ids = [...text.matchAll(HEADER)].map(([, id]) => id ?? '')
    for (const id of ids) times.set(id, (times.get(id) ?? 0) + 1)
    if (ids.length > 1) merged.push(ids.join(' with '))
  }
  return { times, merged, texts }
}
