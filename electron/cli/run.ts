/** `duologue run`: the same engine without a window. Prints the timeline as it grows and exits with the ending. */
import type { AgentRequest, Answer } from '../../shared/agent/event'
import type { PairId } from '../../shared/ids'
import type { Entry } from '../../shared/journal/entry'
import { plainLine } from '../../shared/journal/plain'
import { emptyTimeline, entriesOf, foldTimeline } from '../../shared/journal/timeline'
import type { Stamped } from '../../shared/pair/events'
import type { EndReason, PairState } from '../../shared/pair/model'
import type { Engine } from '../pair/engine'
import { exportInto } from '../store/export'
import type { RunOptions } from './args'

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
  /** Asks the human one line; null when there is no more input. */
  readonly ask: (prompt: string) => Promise<string | null>
  /** Calls back when the human wants to stop. Returns its removal. */
  readonly onInterrupt: (listener: () => void) => () => void
}

type Ending = { readonly code: number; readonly why: string }

export const runPair = async (options: RunOptions, deps: RunDeps): Promise<number> => {
  const { engine } = deps
  let finish: (ending: Ending) => void = () => undefined
  const ended = new Promise<Ending>(resolve => {
    finish = resolve
  })
  // One question at a time: two prompts would both read the human's one line.
  let answering: Promise<void> = Promise.resolve()
  const show = options.json ? jsonLines(deps) : timelineLines(deps)
  const stopListening = engine.listen({
    events: (pair, events, state) => {
      for (const event of events) {
        show(event)
        if (event.type !== 'requestOpened') continue
        answering = answering.then(() => respond(options, deps, pair, event.request, finish))
      }
      const ending = endingOf(state)
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
    void engine.command(pair, { type: 'end' })
    finish({ code: EXIT.human, why: 'you ended it' })
  })
  const ending = await ended
  stopInterrupts()
  await engine.closeAll()
  stopListening()
  await tellWhere(pair, ending, options, deps)
  return ending.code
}

const endingOf = (state: PairState): Ending | null => {
  if (state.stage.phase === 'ended') return { code: exitOf(state.stage.reason), why: state.stage.reason }
  const hold = state.holds.find(({ type }) => type !== 'paused')
  if (!hold) return null
  const detail = 'detail' in hold ? `: ${hold.detail}` : ''
  return { code: EXIT.held, why: `held (${hold.type})${detail}` }
}

const tellWhere = async (pair: PairId, ending: Ending, options: RunOptions, deps: RunDeps): Promise<void> => {
  const folder = deps.engine.pairFolder(pair)
  const written = await exportInto(folder, 'markdown', folder)
  if (options.json) return
  deps.print('')
  deps.print(`Ended: ${ending.why}.`)
  deps.print(
    written.ok ? `Transcript: ${written.value.join(' ')}` : `No transcript: ${written.error.message}`,
  )
  deps.print(`Record: ${folder}`)
}

const jsonLines =
  ({ print }: RunDeps) =>
  (event: Stamped): void =>
    print(JSON.stringify({ v: 1, ...event }))

/** Each entry is printed once, when it says what it will say: a turn at its end, a message when it was taken, a question when it was answered. */
const timelineLines = ({ print }: RunDeps): ((event: Stamped) => void) => {
  const printed = new Set<number>()
  let timeline = emptyTimeline
  return event => {
    timeline = foldTimeline(timeline, event)
    for (const entry of entriesOf(timeline)) {
      if (printed.has(entry.seq) || !isTold(entry)) continue
      printed.add(entry.seq)
      print(plainLine(entry))
    }
  }
}

const isTold = (entry: Entry): boolean => {
  if (entry.type === 'turn') return entry.endedAt !== null
  if (entry.type === 'request') return entry.closedAt !== null
  if (entry.type === 'delivery') return entry.status !== 'waiting' && entry.status !== 'sending'
  return true
}

const respond = async (
  options: RunOptions,
  deps: RunDeps,
  pair: PairId,
  request: AgentRequest,
  finish: (ending: Ending) => void,
): Promise<void> => {
  const answer = await answerFor(options, deps, request)
  if (answer === null) return finish({ code: EXIT.held, why: 'an agent asks, and nobody is there to answer' })
  const given = await deps.engine.command(pair, { type: 'answer', id: request.id, answer })
  if (!given.ok) deps.warn(given.error.message)
}

const answerFor = async (
  options: RunOptions,
  deps: RunDeps,
  request: AgentRequest,
): Promise<Answer | null> => {
  if (options.onRequest === 'stop') return null
  if (request.type === 'approval') {
    if (options.onRequest !== 'ask') return { type: 'approval', choice: options.onRequest }
    const line = await deps.ask(`${request.title}:\n${request.body}\nAllow? [y/N] `)
    return line === null
      ? null
      : { type: 'approval', choice: /^y(es)?$/i.test(line.trim()) ? 'allow' : 'deny' }
  }
  const answers: Record<string, readonly string[]> = {}
  for (const question of request.questions) {
    const labels = question.options.map(({ label }) => label)
    if (options.onRequest === 'deny') return null
    const menu = labels.map((label, index) => `  ${index + 1}. ${label}`).join('\n')
    const line = options.onRequest === 'ask' ? await deps.ask(`${question.text}\n${menu}\n> `) : '1'
    if (line === null) return null
    answers[question.id] = [labels[Number(line.trim()) - 1] ?? line.trim()]
  }
  return { type: 'question', answers }
}
