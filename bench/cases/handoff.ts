/**
 * A whole handoff between the real CLIs in the app: from the last byte of one's model until the other's is asked. Their
 * models are scripts on loopback (e2e/contracts), so nothing of a model's own time is in it.
 */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { closeApp, journalOf, launchApp } from '../../e2e/app'
import { claudeAnswers, claudeReports, codexReviews } from '../../e2e/contracts/calls'
import {
  type ModelRequest as ClaudeRequest,
  say as claudeSays,
  toolCall,
  writeFile,
} from '../../e2e/contracts/claude-model-server'
import { type ModelRequest as CodexRequest, say as codexSays } from '../../e2e/contracts/codex-model-server'
import { makeWorld, type World } from '../../e2e/contracts/world'
import { request } from '../app/panes'
import { isUp } from '../app/practice'
import { type OwnSeat, ownClaude, ownCodex, takeSeat } from '../app/seats'
import { until } from '../app/until'
import type { Bench, BenchContext, Figure } from '../bench'
import { ratioOf } from '../samples'

const PROGRAMS = resolve(__dirname, '..', '..', 'e2e', 'contracts', 'node_modules')
const MOST = 1.15
/** Handoffs of each direction in a round of the benchmark. */
const HANDOFFS = 4

/** Each review must say something new, or the pair would have converged. */
const POINTS = [
  'The timer is never cleared when the upload is aborted.',
  'Nobody checks whether the answer is empty.',
  'A second caller gets the first one’s promise.',
  'The header of the request is built from user input.',
  'Errors of the network and of the server are not told apart.',
  'The file is read twice into memory.',
  'An old session’s key is taken for the new one.',
  'Progress is reported before the bytes are sent.',
]

interface Both {
  readonly claudeToCodex: number[]
  readonly codexToClaude: number[]
}

/** The first turn of a program reads what the later ones have, so the first handoff does not count. */
const warm = (times: readonly number[]): number[] => times.slice(1)

interface Own {
  readonly claude: OwnSeat
  readonly codex: OwnSeat
}

/** When each of the pair's turns was asked for, and when its model had said its last word. */
interface Turns {
  readonly asked: number[]
  readonly said: number[]
}

/** What both would need with nothing between them, one after the other. */
const withoutRelay = async ({ claude, codex }: Own, own: Both, n: number): Promise<void> => {
  const first = await claude.turn(`Turn ${n} of yours.`)
  const second = await codex.turn(`Turn ${n} of yours.`)
  own.claudeToCodex.push(first.ended + second.taken)
  own.codexToClaude.push(second.ended + first.taken)
}

const driverReply = (world: World, turn: number, step: number) => {
  const file = join(world.project, 'retry.js')
  const steps = [
    // Its very first request can go out before it has our tools.
    ...(turn === 1 ? [[toolCall('Read', { file_path: file })]] : []),
    [writeFile(file, `exports.retry = f => f(${turn})\n`)],
    ...(turn === 1 ? [] : [claudeAnswers({ [`${turn - 1}.1`]: 'fixed' })]),
    claudeReports(`${POINTS[(turn - 1) % POINTS.length]} That was piece ${turn}, and it is done.`),
  ]
  return steps[step]
}

const review = (turn: number) => {
  const text = POINTS[turn % POINTS.length] ?? ''
  const finding = { severity: 'major', file: 'retry.js', line: turn, text, inScope: true }
  return codexReviews({ verdict: 'changes', summary: `Not yet: ${text}`, findings: [finding] })
}

/** The pair works by itself; before a turn's last word both own seats are measured, so that they take turns with it. */
const scriptPair = (world: World, between: () => Promise<void>): { driver: Turns; navigator: Turns } => {
  const [driver, navigator]: [Turns, Turns] = [
    { asked: [], said: [] },
    { asked: [], said: [] },
  ]
  world.script.claude = async ({ toolResults, at }: ClaudeRequest) => {
    if (toolResults.length === 0) driver.asked.push(at)
    const turn = driver.asked.length
    const reply = driverReply(world, turn, toolResults.length)
    if (reply) return reply
    await between()
    driver.said.push(Date.now())
    return [claudeSays(`Piece ${turn}: ${POINTS[(turn + 3) % POINTS.length]}`)]
  }
  world.script.codex = async ({ outputs, at }: CodexRequest) => {
    if (outputs.length === 0) navigator.asked.push(at)
    const turn = navigator.asked.length
    if (outputs.length === 0) return review(turn)
    navigator.said.push(Date.now())
    return [codexSays(`Look at this again: ${POINTS[turn % POINTS.length]}`)]
  }
  return { driver, navigator }
}

const ownSeats = async (world: World): Promise<Own> => {
  const claude = await takeSeat({
    ...{ agent: ownClaude(), world },
    script: (asked, said) => {
      world.script.claude = ({ at }) => {
        asked(at)
        said()
        return [claudeSays('Done.')]
      }
    },
  })
  try {
    const codex = await takeSeat({
      ...{ agent: ownCodex(world), world },
      script: (asked, said) => {
        world.script.codex = ({ at }) => {
          asked(at)
          said()
          return [codexSays('Done.')]
        }
      },
    })
    return { claude, codex }
  } catch (error) {
    await claude.stop()
    throw error
  }
}

const pairUp = async (world: World, own: Own, count: number): Promise<{ ours: Both; without: Both }> => {
  const without: Both = { claudeToCodex: [], codexToClaude: [] }
  const turns = scriptPair(world, () => withoutRelay(own, without, without.claudeToCodex.length + 1))
  const display = process.env.DISPLAY === undefined ? {} : { DISPLAY: process.env.DISPLAY }
  const { app, page } = await launchApp({ ...world.env, ...display })
  const main = app.process()
  try {
    await isUp(page)
    await request(app, 'pairs.start', {
      ...{ folder: world.project, intent: 'Make the retry safe.', rounds: count + 1 },
      left: { agent: 'claude', permissionMode: 'acceptEdits' },
      right: { agent: 'codex' },
    })
    await until(
      'the driver’s turn after the last review',
      () => {
        const stopped = journalOf(world.data).find(({ type }) => type === 'ended' || type === 'held')
        if (stopped) throw new Error(`the pair stopped: ${JSON.stringify(stopped)}`)
        return turns.driver.asked.length > count
      },
      60_000 + count * 30_000,
    )
  } finally {
    await closeApp(app, main)
  }
  const from = (said: readonly number[], asked: readonly number[]) =>
    warm(said.slice(0, count).map((at, n) => (asked[n] ?? Number.NaN) - at))
  const ours = {
    claudeToCodex: from(turns.driver.said, turns.navigator.asked),
    codexToClaude: from(turns.navigator.said, turns.driver.asked.slice(1)),
  }
  return {
    ours,
    without: { claudeToCodex: warm(without.claudeToCodex), codexToClaude: warm(without.codexToClaude) },
  }
}

const figureOf = (
  what: string,
  ours: readonly number[],
  other: readonly number[],
  short: boolean,
): Figure => {
  const ratio = ratioOf(ours, other) ?? Number.NaN
  return {
    ...{ what, unit: 'ms', ours, other, goal: `≤ ${MOST} ×` },
    reached: short ? null : ratio <= MOST,
    notes: 'with what a handoff measures of the work tree; a message by the seat’s own channel in both',
  }
}

const measure = async (context: BenchContext): Promise<readonly Figure[]> => {
  const count = context.short ? 2 : Math.min(context.rounds * HANDOFFS + 1, POINTS.length)
  const [world, alone] = [await makeWorld(), await makeWorld()]
  try {
    const own = await ownSeats(alone)
    try {
      await own.claude.turn('The first turn.')
      await own.codex.turn('The first turn.')
      const { ours, without } = await pairUp(world, own, count)
      return [
        figureOf('Claude Code → Codex', ours.claudeToCodex, without.claudeToCodex, context.short),
        figureOf('Codex → Claude Code', ours.codexToClaude, without.codexToClaude, context.short),
      ]
    } finally {
      await own.claude.stop()
      await own.codex.stop()
    }
  } finally {
    await world.leave()
    await alone.leave()
  }
}

export const bench: Bench = {
  name: 'handoff',
  title: 'A whole handoff between the real CLIs: last byte of one’s model → first request to the other’s',
  against: 'the CLIs alone: end of a turn told, and a message taken, without a relay between them',
  unit: 'ms',
  goal: `≤ ${MOST} ×`,
  async run(context) {
    if (!existsSync(PROGRAMS)) {
      context.log('the real CLIs are not installed (npm run test:agents does it): nothing is measured')
      return { figures: [] }
    }
    return { figures: await measure(context) }
  },
}
