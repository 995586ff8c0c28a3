/**
 * The agent behind the screen: one turn at a time, messages waiting in order, each taken at most once. It tells
 * Duologue what happens and the screen what to show; the work itself is elsewhere.
 */
import type { Answer, TurnOutcome } from '../../shared/agent/event'
import type { FromPractice, ToPractice } from '../../shared/agent/practice'
import { asTurnId, type RequestId } from '../../shared/ids'
import { createAsking } from './asking'
import { type Brief, readBrief } from './brief'
import { createCalls } from './calls'
import { type Desk, Interrupted, Refused } from './desk'
import type { Entry } from './entry'
import { createMeter } from './meter'
import type { SessionRecord } from './record'
import type { Screen } from './screen'
import { createDesk, type Turn } from './turn-desk'
import { heed, type Item, work } from './work'

export interface EngineDeps {
  readonly folder: string
  readonly env: NodeJS.ProcessEnv
  /** Milliseconds between visible steps. */
  readonly pace: number
  readonly asks: boolean
  readonly record: SessionRecord
  readonly screen: Screen
  readonly newId: () => string
  /** False when there is no Duologue to tell. */
  readonly send: (message: FromPractice) => boolean
  readonly exit: (code: number) => never
}

export interface Engine {
  receive(message: ToPractice): void
  /** What the human typed here. */
  submit(text: string): void
  answer(id: RequestId, answer: Answer): void
  /** False when no turn is running. */
  interrupt(): boolean
}

interface Ended {
  readonly outcome: TurnOutcome
  readonly text: string
}

export function createEngine(deps: EngineDeps): Engine {
  const { record, screen, send } = deps
  const queue: Item[] = []
  const steers: Item[] = []
  let turn: Turn | null = null
  /** Ends a wait early, because there is something to read. */
  let wake = () => {}

  const show = (entry: Entry) => {
    record.keep(entry)
    screen.show(entry)
    if (GIVEN.includes(entry.kind)) meter.read(`${entry.title}${entry.text}`)
    else meter.wrote(`${entry.title}${entry.text}`)
  }
  const meter = createMeter(record, usage => send({ type: 'usage', usage }))
  const asking = createAsking({ screen, show, send })
  const calls = createCalls(send)

  /** True when it is new; told again when not, because the first telling may have been lost with a crash. */
  const take = (item: Item): boolean => {
    if (item.id === null) return true
    const fresh = !record.took(item.id)
    if (fresh) record.take(item.id)
    else record.setFact('again', item.id)
    send({ type: 'messageTaken', id: item.id })
    return fresh
  }

  const readSteers = async (desk: Desk): Promise<void> => {
    for (let item = steers.shift(); item !== undefined; item = steers.shift()) {
      if (!take(item)) continue
      show({ kind: 'steer', title: item.summary, text: item.text })
      await heed(desk, readBrief(item.text))
    }
  }
  const steered = () =>
    new Promise<void>(resolve => {
      wake = resolve
    })

  const run = async (item: Item): Promise<void> => {
    if (!take(item)) return
    const current: Turn = { id: asTurnId(deps.newId()), controller: new AbortController() }
    turn = current
    const brief = readBrief(item.text)
    send({ type: 'turnStarted', turn: current.id, cause: item.id === null ? 'human' : { delivery: item.id } })
    show(heading(item, brief))
    screen.doing('Working')
    const desk = createDesk(current, { ...deps, asking, calls, show, readSteers, steered })
    const ended = await finish(desk, work(desk, item, brief))
    asking.withdrawAll()
    // Steers that came too late for this turn begin one of their own.
    queue.unshift(...steers.splice(0))
    turn = null
    screen.doing(null)
    show(closing(ended))
    send({ type: 'turnEnded', turn: current.id, ...ended })
  }

  let running = false
  const runAll = async (): Promise<void> => {
    running = true
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
      screen.waiting(queue.length)
      await run(item)
    }
    running = false
  }
  const enqueue = (item: Item) => {
    queue.push(item)
    if (running) screen.waiting(queue.length)
    else void runAll()
  }

  return {
    receive(message) {
      switch (message.type) {
        case 'deliver':
          return enqueue(message)
        case 'steer':
          if (turn === null) return enqueue(message)
          steers.push(message)
          return wake()
        case 'interrupt':
          return turn?.controller.abort()
        case 'answer':
          return asking.answer(message.id, message.answer, 'inbox')
        case 'toolReply':
          return calls.reply(message.call, { ok: message.ok, text: message.text })
      }
    },
    submit(text) {
      // A crash does not wait its turn.
      if (turn !== null && text.trim() === 'crash') deps.exit(13)
      enqueue({ id: null, text, summary: '' })
    },
    answer: (id, answer) => asking.answer(id, answer, 'terminal'),
    interrupt() {
      turn?.controller.abort()
      return turn !== null
    },
  }
}

/** Kinds of entries that others wrote. */
const GIVEN: readonly string[] = ['message', 'steer', 'prompt']

async function finish(desk: Desk, working: Promise<string>): Promise<Ended> {
  try {
    return { outcome: { type: 'completed' }, text: await working }
  } catch (error) {
    if (error instanceof Interrupted || desk.signal.aborted)
      return { outcome: { type: 'interrupted' }, text: '' }
    const detail = error instanceof Error ? error.message : String(error)
    if (error instanceof Refused) return { outcome: { type: 'failed', cause: 'quota', detail }, text: detail }
    return { outcome: { type: 'failed', cause: 'unknown', detail }, text: `That failed: ${detail}` }
  }
}

const heading = (item: Item, brief: Brief): Entry =>
  item.id === null
    ? { kind: 'prompt', title: item.text, text: '' }
    : { kind: brief.fromHuman ? 'steer' : 'message', title: item.summary, text: item.text }

const closing = ({ outcome, text }: Ended): Entry =>
  outcome.type === 'completed'
    ? { kind: 'final', title: '', text }
    : { kind: 'note', title: '', text: outcome.type === 'interrupted' ? 'Interrupted.' : text }
