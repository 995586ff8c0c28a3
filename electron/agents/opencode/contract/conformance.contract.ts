/** What every adapter must keep, by the real opencode. */
import * as model from '../../../../e2e/contracts/opencode-model-server'
import { never } from '../../../../e2e/contracts/script'
import { type Abilities, conforms } from '../../conformance'
import { createTrials } from '../../trial'
import { createOpencode } from '../opencode'
import { bench, READY } from './bench'

const LONG = 'Think for ever.'

const abilities: Abilities = {
  ...{ quick: 'Say done.', long: LONG, pastDraft: true, interrupt: true, resume: true },
  ...{ version: true, text: true, queue: 'lost' },
}

conforms('opencode', abilities, async () => {
  const { model: server, ...b } = await bench(({ user }) =>
    user.includes(LONG) ? never() : [model.say('It is done.')],
  )
  const config = { agent: 'opencode' } as const
  const agent = createOpencode({ log: () => undefined })
  const trials = createTrials({ agent, config, folder: b.project, env: b.env, root: b.home, prompt: READY })
  return {
    ...trials,
    received: async () => server.requests.filter(({ isTitle }) => !isTitle).at(-1)?.users ?? [],
  }
})
