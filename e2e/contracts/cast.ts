/**
 * Both programs under one script: a test says once what driver and navigator do, and runs with either in either seat.
 * Each act is one reply of the model; a reply that only speaks ends the turn.
 */

import { type Args, claudeCalls, codexCalls, PAIR_TOOLS, type PairTool } from './calls'
import * as claude from './claude-model-server'
import * as codex from './codex-model-server'
import { inTurn } from './script'
import type { World } from './world'

export type Program = 'claude' | 'codex'

export type Act =
  | { readonly type: 'say'; readonly text: string }
  | { readonly type: 'look'; readonly path: string }
  /** Writes a file that is not there yet; the path is relative to the project. */
  | { readonly type: 'add'; readonly path: string; readonly text: string }
  /** Changes one line of a file that it has written itself. */
  | { readonly type: 'edit'; readonly path: string; readonly from: string; readonly to: string }
  | { readonly type: 'call'; readonly tool: PairTool; readonly args: Args }

/** A function may wait, look at the world, or answer by what it was asked. */
type Move = Act | ((heard: Heard) => Act | Promise<Act>)

export const say = (text: string): Act => ({ type: 'say', text })
export const look = (path: string): Act => ({ type: 'look', path })
export const add = (path: string, text: string): Act => ({ type: 'add', path, text })
export const edit = (path: string, from: string, to: string): Act => ({ type: 'edit', path, from, to })
export const call = (tool: PairTool, args: Args): Act => ({ type: 'call', tool, args })

/** What a program's model was asked. */
export interface Heard {
  /** The message that began the turn. */
  readonly prompt: string
  /** What the tools of this turn have answered, oldest first. */
  readonly results: readonly string[]
  /** Duologue's tools that it could call. */
  readonly tools: readonly string[]
  /** All that the request held, as JSON text. */
  readonly whole: string
}

const ofClaude = ({ text, toolResults, tools, conversation }: claude.ModelRequest): Heard => ({
  prompt: text,
  results: toolResults.map(result => result.text),
  tools: PAIR_TOOLS.filter(name => tools.includes(`mcp__pair__${name}`)),
  whole: conversation,
})
const ofCodex = ({ user, outputs, tools, body }: codex.ModelRequest): Heard => ({
  prompt: user,
  results: outputs.map(output => output.text),
  tools: PAIR_TOOLS.filter(name => tools.includes(name)),
  whole: JSON.stringify(body),
})

/** Every request so far, oldest first; titles do not count. */
export const heard = ({ claude: a, codex: b }: World, program: Program): readonly Heard[] =>
  program === 'claude'
    ? a.requests.filter(({ title }) => !title).map(ofClaude)
    : b.requests.filter(({ isTitle }) => !isTitle).map(ofCodex)

/** The messages that began its turns. */
export const prompts = (world: World, program: Program): readonly string[] =>
  heard(world, program)
    .filter(({ results }) => results.length === 0)
    .map(({ prompt }) => prompt)

/** What its tools answered, call by call. */
export const answers = (world: World, program: Program): readonly string[] =>
  heard(world, program).flatMap(({ results }) => results.slice(-1))

const asClaude = ({ project }: World, act: Act): claude.Reply => {
  switch (act.type) {
    case 'say':
      return [claude.say(act.text)]
    case 'look':
      return [claude.toolCall('Read', { file_path: `${project}/${act.path}` })]
    case 'add':
      return [claude.writeFile(`${project}/${act.path}`, act.text)]
    case 'edit':
      return [claude.editFile(`${project}/${act.path}`, act.from, act.to)]
    case 'call':
      return claudeCalls(act.tool, act.args)
  }
}

const asCodex = (act: Act): codex.ModelReply => {
  switch (act.type) {
    case 'say':
      return [codex.say(act.text)]
    case 'look':
      return [codex.exec(`cat ${act.path}`)]
    case 'add':
      return [codex.addFile(act.path, act.text.trimEnd())]
    case 'edit': {
      const body = [`*** Update File: ${act.path}`, '@@', `-${act.from}`, `+${act.to}`]
      return [codex.applyPatch(['*** Begin Patch', ...body, '*** End Patch', ''].join('\n'))]
    }
    case 'call':
      return codexCalls(act.tool, act.args)
  }
}

/** Gives a program its part: one move for each request, in order. */
export const play = (world: World, program: Program, ...moves: readonly Move[]): void => {
  const next = inTurn<Heard, Act>(...moves)
  if (program === 'claude') {
    world.script.claude = async request => asClaude(world, await next(ofClaude(request)))
  } else {
    world.script.codex = async request => asCodex(await next(ofCodex(request)))
  }
}

/** A seat for it in which it may change files without asking. */
export const seatOf = (program: Program) =>
  program === 'claude' ? ({ agent: 'claude', permissionMode: 'acceptEdits' } as const) : { agent: program }

export interface Cast {
  readonly title: string
  readonly driver: Program
  readonly navigator: Program
}

export const CLAUDE_DRIVES: Cast = { title: 'Claude Code drives', driver: 'claude', navigator: 'codex' }
export const CODEX_DRIVES: Cast = { title: 'Codex drives', driver: 'codex', navigator: 'claude' }
export const BOTH_WAYS: readonly Cast[] = [CLAUDE_DRIVES, CODEX_DRIVES]
