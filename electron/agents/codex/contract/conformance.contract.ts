/** What every adapter must keep, by the real Codex. */
import * as model from '../../../../e2e/contracts/codex-model-server'
import { never } from '../../../../e2e/contracts/script'
import { type Abilities, conforms } from '../../conformance'
import { createTrials } from '../../trial'
import { createCodex } from '../codex'
import { bench, READY } from './bench'

const LONG = 'Think for ever.'

const abilities: Abilities = {
  ...{ quick: 'Say done.', long: LONG, pastDraft: true, interrupt: true, resume: true },
  ...{ version: true, text: true, queue: 'lost' },
}

conforms('Codex', abilities, async () => {
  const { model: server, ...b } = await bench(({ user }) =>
    user.includes(LONG) ? never() : [model.say('It is done.')],
  )
  const agent = createCodex({ log: () => undefined, machine: { tempFolder: b.home } })
  const config = { agent: 'codex' } as const
  const trials = createTrials({ agent, config, folder: b.project, env: b.env, root: b.home, prompt: READY })
  return { ...trials, received: async () => server.requests.at(-1)?.users ?? [] }
})
