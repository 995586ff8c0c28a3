/**
 * What the real programs' models do in the trials: the driver works, the navigator asks for changes, for ever. Each
 * waits at a gate before it goes on, so that one program is busy and the other idle for as long as a trial wants; a
 * message of a trial is answered at once.
 */

import { claudeCalls, codexCalls, opencodeCalls } from '../../../../e2e/contracts/calls'
import * as claude from '../../../../e2e/contracts/claude-model-server'
import * as codex from '../../../../e2e/contracts/codex-model-server'
import * as opencode from '../../../../e2e/contracts/opencode-model-server'
import type { World } from '../../../../e2e/contracts/world'
import type { Random } from '../../faults/random'

const PROGRAMS = ['claude', 'codex', 'opencode'] as const
export type Program = (typeof PROGRAMS)[number]

export interface Gate {
  /** When the requests that wait here came, in milliseconds since the epoch. */
  waiting(): readonly number[]
  /** Lets those through that wait, and, while open, all that come. */
  open(): void
  close(): void
}

export type Gates = Readonly<Record<Program, Gate>>

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

/** What a model does next, the same for every program. */
type Step =
  | { readonly type: 'say'; readonly text: string }
  | { readonly type: 'work' }
  | { readonly type: 'review'; readonly review: Readonly<Record<string, unknown>> }

interface Speech<Reply> {
  say(text: string): Reply
  work(): Reply
  review(review: Readonly<Record<string, unknown>>): Reply
}

const inClaude: Speech<claude.Reply> = {
  say: text => [claude.say(text)],
  work: () => [claude.bash('true')],
  review: review => claudeCalls('submit_review', review),
}
const inCodex: Speech<codex.ModelReply> = {
  say: text => [codex.say(text)],
  work: () => [codex.exec('true')],
  review: review => codexCalls('submit_review', review),
}
const inOpencode: Speech<opencode.ModelReply> = {
  say: text => [opencode.say(text)],
  work: () => [opencode.bash('true')],
  review: review => opencodeCalls('submit_review', review),
}

const put = <Reply>(step: Step, speech: Speech<Reply>): Reply => {
  if (step.type === 'say') return speech.say(step.text)
  return step.type === 'work' ? speech.work() : speech.review(step.review)
}

/** `isDriver`: who has the driver's seat now. */
export const scriptModels = (
  world: World,
  random: Random,
  isDriver: (program: Program) => boolean,
): Gates => {
  const gates = { claude: createGate(), codex: createGate(), opencode: createGate() }
  world.setClaude({ permissions: { allow: ['Bash(true:*)'] } })
  const next = async (program: Program, said: string, goesOn: boolean): Promise<Step> => {
    if (said.includes(MARK)) return { type: 'say', text: `Heard: ${random.words(3)}.` }
    if (goesOn) return { type: 'say', text: `Went on with ${random.words(6)}.` }
    await gates[program].pass()
    if (isDriver(program)) return { type: 'work' }
    const finding = { severity: 'major', file: 'retry.js', line: 1, text: random.words(8), inScope: true }
    return {
      type: 'review',
      review: { verdict: 'changes', summary: random.words(6), findings: [finding] },
    }
  }
  world.script.claude = async ({ text, toolResults }) =>
    put(await next('claude', text, toolResults.length > 0), inClaude)
  world.script.codex = async ({ user, outputs }) =>
    put(await next('codex', user, outputs.length > 0), inCodex)
  world.script.opencode = async ({ user, outputs }) =>
    put(await next('opencode', user, outputs.length > 0), inOpencode)
  return gates
}
