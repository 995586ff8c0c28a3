/** `duologue run`: the same engine without a window. Prints the timeline as it grows and exits with the ending. */
import type { AgentRequest } from '../../shared/agent/event'
import type { PairId } from '../../shared/ids'
import type { Stamped } from '../../shared/pair/events'
import type { EndReason, HoldWhy, PairState } from '../../shared/pair/model'
import { holdWords } from '../../shared/transcript/words'
import type { Engine } from '../pair/engine'
import { exportInto } from '../share/export'
import type { RunOptions } from './args'
import { type Ask, answerFor, canAsk, releaseFor } from './ask'
import { jsonLines, timelineLines } from './print'

export const EXIT = { agreed: 0, broke: 1, usage: 2, cap: 3, human: 4, held: 5, converged: 6 } as const

const exitOf = (reason: EndReason): number =>
  ({
    agreed: EXIT.agreed,
    passed: EXIT.agreed,
    converged: EXIT.converged,
    cap: EXIT.cap,
    human: EXIT.human,
    failed: EXIT.broke,
  })[reason]

export interface RunDeps {
  readonly engine: Engine
  readonly print: (text: string) => void
  readonly warn: (text: string) => void
  readonly ask: Ask
  /** Calls back when the human wants to stop. Returns its removal. */
  readonly onInterrupt: (listener: () => void) => () => void
}

/** `why` is a sentence. */
interface Ending {
  readonly code: number
  readonly why: string
}

const NOBODY: Ending = {
  code: EXIT.held,
  why: 'Held: an agent asks, and nobody is there to answer. Go on with this pair in the window.',
}

export const runPair = async (options: RunOptions, deps: RunDeps): Promise<number> => {
  const { engine } = deps
  let over = false
  let interrupted = false
  let finish: (ending: Ending) => void = () => undefined
  const ended = new Promise<Ending>(resolve => {
    finish = ending => {
      over = true
      resolve(ending)
    }
  })
  // An interrupt closes an open question too: then the human has ended it, and not gone away.
  const giveUp = (ending: Ending): void => {
    if (!interrupted) finish(ending)
  }
  // One question at a time: two prompts would both read the human's one line.
  let asking: Promise<void> = Promise.resolve()
  const show = options.json ? jsonLines(deps.print) : timelineLines(deps.print)
  const stopListening = engine.listen({
    events: (pair, events, state) => {
      for (const event of events) {
        // What closing the agents brings is no news to whoever ended the pair; the journal tells it all.
        if (!over || options.json) show(event)
        const asked = needs(event, options)
        if (asked) asking = asking.then(() => (over ? undefined : asked(pair, deps, state, giveUp)))
      }
      if (over) return
      if (state.holds.some(({ type }) => type === 'trouble'))
        return void engine.command(pair, { type: 'end' })
      const ending = endingOf(state, options)
      if (ending) finish(ending)
    },
    // Nobody is there to make room and press Resume; what was written can be gone on with in the window.
    trouble: (_, message) => message && finish({ code: EXIT.broke, why: message }),
  })
  const started = await engine.start(options.request)
  if (!started.ok) {
    stopListening()
    deps.warn(started.error.message)
    return EXIT.broke
  }
  const pair = started.value
  const stopInterrupts = deps.onInterrupt(() => {
    interrupted = true
    const done = (): void => finish({ code: EXIT.human, why: 'Ended: human.' })
    engine.command(pair, { type: 'end' }).then(done, done)
  })
  const ending = await ended
  stopInterrupts()
  await engine.closeAll()
  stopListening()
  await tellWhere(pair, ending, options, deps)
  return ending.code
}

type Respond = (
  pair: PairId,
  deps: RunDeps,
  state: PairState,
  finish: (ending: Ending) => void,
) => Promise<void>

/** What this event asks of the human, if anything. */
const needs = (event: Stamped, options: RunOptions): Respond | null => {
  if (event.type === 'requestOpened') {
    return (pair, deps, _, finish) => answer(options, deps, pair, event.request, finish)
  }
  if (event.type !== 'held' || !canAsk(options.onRequest, event.why)) return null
  return (pair, deps, state, finish) => release(deps, pair, event.why, state, finish)
}

const heldWords = (why: HoldWhy): string =>
  `${holdWords(why).replace(/[.\s]*$/, '')}. Go on with this pair in the window.`

/** A hold that can be asked about here is no ending, nor is a trouble: that pair is ended as failed. */
const endingOf = ({ stage, holds }: PairState, { onRequest }: RunOptions): Ending | null => {
  if (stage.phase === 'ended') {
    const { reason, detail } = stage
    return { code: exitOf(reason), why: `Ended: ${reason}.${detail === '' ? '' : ` ${detail}`}` }
  }
  const hold = holds.find(each => each.type !== 'paused' && !canAsk(onRequest, each))
  return hold ? { code: EXIT.held, why: heldWords(hold) } : null
}

const tellWhere = async (pair: PairId, ending: Ending, options: RunOptions, deps: RunDeps): Promise<void> => {
  const folder = deps.engine.pairFolder(pair)
  const written = await exportInto(folder, 'markdown', folder)
  if (options.json) return
  deps.print('')
  deps.print(ending.why)
  deps.print(
    written.ok ? `Transcript: ${written.value.join(' ')}` : `No transcript: ${written.error.message}`,
  )
  deps.print(`Record: ${folder}`)
}

const answer = async (
  { onRequest }: RunOptions,
  deps: RunDeps,
  pair: PairId,
  request: AgentRequest,
  finish: (ending: Ending) => void,
): Promise<void> => {
  const given = await answerFor(onRequest, deps.ask, request)
  if (given === null) return finish(NOBODY)
  const taken = await deps.engine.command(pair, { type: 'answer', id: request.id, answer: given })
  if (!taken.ok) deps.warn(taken.error.message)
}

const release = async (
  deps: RunDeps,
  pair: PairId,
  why: HoldWhy,
  state: PairState,
  finish: (ending: Ending) => void,
): Promise<void> => {
  const command = await releaseFor(deps.ask, why, state)
  if (command === null) return finish({ code: EXIT.held, why: heldWords(why) })
  const taken = await deps.engine.command(pair, command)
  if (!taken.ok) finish({ code: EXIT.held, why: `${taken.error.message} ${heldWords(why)}` })
}
