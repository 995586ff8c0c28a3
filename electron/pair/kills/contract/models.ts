/**
 * What the real programs' models do in the trials: the driver (Claude Code) works, the navigator (Codex) asks for
 * changes, for ever. Each waits at a gate before it goes on, so that one program is busy and the other idle for as long
 * as a trial wants; a message of a trial is answered at once.
 */
import * as claude from '../../../../e2e/contracts/claude-model-server'
import * as codex from '../../../../e2e/contracts/codex-model-server'
import type { World } from '../../../../e2e/contracts/world'
import type { Random } from '../../faults/random'

export type Program = 'claude' | 'codex'

export interface Gate {
  /** When the requests that wait here came, in milliseconds since the epoch. */
  waiting(): readonly number[]
  /** Lets those through that wait, and, while open, all that come. */
  open(): void
  close(): void
}

/** A message of a trial begins so; it is the human's. */
export const MARK = 'trial message'

const createGate = (): Gate & { pass(): Promise<void> } => {
  let isOpen = false
  const held: { readonly at: number; readonly go: () => void }[] = []
  return {
    waiting: () => held.map(({ at }) => at),
    open: () => {
      isOpen = true
      for (const { go } of held.splice(0)) go()
    },
    close: () => {
      isOpen = false
    },
    pass: () => (isOpen ? Promise.resolve() : new Promise(go => held.push({ at: Date.now(), go }))),
  }
}

export const scriptModels = (world: World, random: Random): Readonly<Record<Program, Gate>> => {
  const gates = { claude: createGate(), codex: createGate() }
  world.setClaude({ permissions: { allow: ['Bash(true:*)'] } })
  world.script.claude = async ({ text, toolResults }) => {
    if (text.includes(MARK)) return [claude.say(`Heard: ${random.words(3)}.`)]
    if (toolResults.length > 0) return [claude.say(`Worked on ${random.words(6)}.`)]
    await gates.claude.pass()
    return [claude.bash('true')]
  }
  world.script.codex = async ({ user, outputs }) => {
    if (user.includes(MARK)) return [codex.say(`Heard: ${random.words(3)}.`)]
    if (outputs.length > 0) return [codex.say(`Reviewed ${random.words(6)}.`)]
    await gates.codex.pass()
    const finding = { severity: 'major', file: 'retry.js', line: 1, text: random.words(8), inScope: true }
    const review = { verdict: 'changes', summary: random.words(6), findings: [finding] }
    return [codex.call('submit_review', review)]
  }
  return gates
}
