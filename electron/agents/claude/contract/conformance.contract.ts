/** What every adapter must keep, by the real Claude Code. */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { type ModelRequest, say } from '../../../../e2e/contracts/claude-model-server'
import { never } from '../../../../e2e/contracts/script'
import { type Abilities, conforms } from '../../conformance'
import { createTrials } from '../../trial'
import { createClaude } from '../claude'
import { enterRoom, leaveRoom, PROGRAMS } from './rig'

/** Each text as often as one request has it: Esc before an answer takes a prompt out of the conversation. */
const readIn = (requests: readonly ModelRequest[]): readonly string[] => {
  const read: string[] = []
  const times = (texts: readonly string[], text: string): number => texts.filter(each => each === text).length
  for (const { title, users } of requests) {
    const texts = title ? [] : users.map(text => text.trim())
    for (const text of texts) if (times(read, text) < times(texts, text)) read.push(text)
  }
  return read
}

const LONG = 'Think for ever.'

const abilities: Abilities = {
  ...{ quick: 'Say done.', long: LONG, pastDraft: true, interrupt: true, resume: true },
  ...{ version: true, text: true, queue: 'taken' },
}

for (const [version, program] of PROGRAMS)
  conforms(`Claude Code ${version}`, abilities, async () => {
    const room = await enterRoom(program)
    room.script(({ text }) => (text.includes(LONG) ? never() : [say('It is done.')]))
    const config = { agent: 'claude', permissionMode: 'default' } as const
    const agent = createClaude({ newId: randomUUID, now: Date.now })
    const root = join(room.folder, '..')
    const trials = createTrials({ agent, config, folder: room.folder, env: room.env, root })
    return {
      async open(more) {
        const trial = await trials.open(more)
        await trial.until('ready')
        return trial
      },
      received: async () => readIn(room.model.requests),
      async clear() {
        await trials.clear()
        await leaveRoom(room)
      },
    }
  })
