import { type Abilities, conforms } from '../conformance'
import { commandBench, TUI } from './bench'

const abilities: Omit<Abilities, 'text'> = {
  ...{ quick: 'Say done.', long: '!!long', pastDraft: false, interrupt: true, resume: true },
  ...{ version: false, queue: 'taken' },
}

for (const [name, config, text] of [
  ['a command without hooks', TUI, false],
  ['a command with hooks', { ...TUI, hooks: 'own' }, true],
] as const)
  conforms(name, { ...abilities, text }, async () => {
    const bench = await commandBench()
    return { ...bench, open: more => bench.open(config, more) }
  })
