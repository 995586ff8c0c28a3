import { conforms } from '../conformance'
import { commandBench, TUI } from './bench'

const abilities = { quick: 'Say done.', long: '!!long', pastDraft: false, interrupt: true, resume: true }

for (const [name, config] of [
  ['a command without hooks', TUI],
  ['a command with hooks', { ...TUI, hooks: 'own' }],
] as const)
  conforms(name, abilities, async () => {
    const bench = await commandBench()
    return { ...bench, open: more => bench.open(config, more) }
  })
