/**
 * The agent behind the screen: one turn at a time, messages waiting in order, each taken at most once. It tells
 * Duologue what happens and the screen what to show; the work itself is in driver, navigator and human.
 */
import type { AgentRequest, Answer, TurnCause, TurnOutcome } from '../../shared/agent/event'
import type { FromPractice, ToPractice } from '../../shared/agent/practice'
import type { ToolReply } from '../../shared/agent/tools'
import { asRequestId, asTurnId, type DeliveryId, type RequestId, type TurnId } from '../../shared/ids'
import { type Brief, readBrief } from './brief'
import { type Desk, Interrupted } from './desk'
import { drive } from './driver'
import type { Entry } from './entry'
import { act, practise, serve } from './human'
import { navigate } from './navigator'
import type { SessionRecord } from './record'

export interface Screen {
  show(entry: Entry): void
  /** Plain lines, many at once. */
  print(lines: readonly string[]): void
  doing(what: string | null): void
  open(request: AgentRequest): void
  close(id: RequestId): void
  waiting(count: number): void
}

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

interface Item {
  readonly id: DeliveryId | null
  readonly text: string
  readonly summary: string
}

interface Turn {
  readonly id: TurnId
  readonly controller: AbortController
}

export function createEngine(deps: EngineDeps): Engine {
  const { record, screen, send } = deps
  const queue: Item[] = []
  const steers: Item[] = []
  const requests = new Map<RequestId, (answer: Answer) => void>()
  const calls = new Map<number, (reply: ToolReply) => void>()
  let lastCall = 0
  let turn: Turn | null = null
  /** Ends a wait early, because there is something to read. */
  let wake = () => {}

  const show = (entry: Entry) => {
    record.keep(entry)
    screen.show(entry)
  }

  /** True when it is new; told again when not, because the first telling may have been lost with a crash. */
  const take = (item: Item): boolean => {
    if (item.id === null) return true
    const fresh = !record.took(item.id)
    if (fresh) record.take(item.id)
    send({ type: 'messageTaken', id: item.id })
    return fresh
  }

  const settle = (id: RequestId, answer: Answer | null, by: 'inbox' | 'terminal' | 'agent'): void => {
    const resolve = requests.get(id)
    if (resolve === undefined) return
    requests.delete(id)
    screen.close(id)
    const summary = answer === null ? 'withdrawn' : inShort(answer)
    send({ type: 'requestClosed', id, by, summary })
    show({
      kind: 'note',
      title: '',
      text: `${by === 'inbox' ? 'Answered in Duologue' : by === 'terminal' ? 'Answered here' : 'Closed'}: ${summary}`,
    })
    if (answer !== null) resolve(answer)
  }

  const deskFor = (current: Turn): Desk => {
    const { signal } = current.controller
    /** Settles with the promise, or throws when the turn is interrupted first. */
    const orInterrupted = <T>(promise: Promise<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        const stop = () => reject(new Interrupted())
        if (signal.aborted) return stop()
        signal.addEventListener('abort', stop, { once: true })
        promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
      })
    const request = (opened: AgentRequest): Promise<Answer> =>
      orInterrupted(
        new Promise(resolve => {
          requests.set(opened.id, resolve)
          screen.open(opened)
          send({ type: 'requestOpened', request: opened })
        }),
      )
    const desk: Desk = {
      folder: deps.folder,
      env: deps.env,
      signal,
      asks: deps.asks,
      say(text) {
        show({ kind: 'said', title: '', text })
        send({ type: 'said', turn: current.id, text })
      },
      show: (title, text, good = true) => show({ kind: good ? 'tool' : 'failed', title, text }),
      async step(doing) {
        screen.doing(doing)
        await orInterrupted(new Promise(resolve => setTimeout(resolve, deps.pace)))
        await readSteers(desk)
      },
      async ask(question) {
        const id = asRequestId(deps.newId())
        const answer = await request({ type: 'question', id, questions: [{ id: 'q1', ...question }] })
        return answer.type === 'question' ? (answer.answers.q1 ?? []) : []
      },
      async approve(asked) {
        const id = asRequestId(deps.newId())
        const answer = await request({ type: 'approval', id, ...asked, choices: ['allow', 'deny'] })
        return answer.type === 'approval' && answer.choice !== 'deny'
      },
      callTool(name, args) {
        lastCall += 1
        const call = lastCall
        return orInterrupted(
          new Promise<ToolReply>(resolve => {
            calls.set(call, resolve)
            if (send({ type: 'toolCall', call, name, args })) return
            resolve({ ok: false, text: 'there is no Duologue to take it' })
          }),
        ).finally(() => calls.delete(call))
      },
      async untilInterrupted(doing) {
        for (;;) {
          screen.doing(doing)
          await orInterrupted(new Promise<void>(resolve => (wake = resolve)))
          await readSteers(desk)
        }
      },
      flood: lines => flood(lines, orInterrupted),
      crash: deps.exit,
      fact: record.fact,
      setFact: record.setFact,
    }
    return desk
  }

  async function flood(
    lines: number,
    orInterrupted: (promise: Promise<void>) => Promise<void>,
  ): Promise<void> {
    screen.doing(`Printing ${lines} lines`)
    for (let from = 1; from <= lines; from += 100) {
      const count = Math.min(100, lines - from + 1)
      screen.print(Array.from({ length: count }, (_, at) => `line ${from + at} of ${lines}`))
      await orInterrupted(new Promise(resolve => setImmediate(resolve)))
    }
  }

  async function readSteers(desk: Desk): Promise<void> {
    for (let item = steers.shift(); item !== undefined; item = steers.shift()) {
      if (!take(item)) continue
      show({ kind: 'steer', title: item.summary, text: item.text })
      await heed(desk, readBrief(item.text))
    }
  }

  async function run(item: Item): Promise<void> {
    if (!take(item)) return
    const current: Turn = { id: asTurnId(deps.newId()), controller: new AbortController() }
    turn = current
    const cause: TurnCause = item.id === null ? 'human' : { delivery: item.id }
    const brief = readBrief(item.text)
    const kind = item.id === null ? 'prompt' : brief.fromHuman ? 'steer' : 'message'
    show(
      item.id === null
        ? { kind, title: item.text, text: '' }
        : { kind, title: item.summary, text: item.text },
    )
    send({ type: 'turnStarted', turn: current.id, cause })
    screen.doing('Working')
    const { outcome, text } = await work(deskFor(current), item, brief)
    for (const id of requests.keys()) settle(id, null, 'agent')
    // Steers that came too late for this turn begin one of their own.
    queue.unshift(...steers.splice(0))
    turn = null
    screen.doing(null)
    show(
      outcome.type === 'completed'
        ? { kind: 'final', title: '', text }
        : { kind: 'note', title: '', text: outcome.type === 'interrupted' ? 'Interrupted.' : text },
    )
    send({ type: 'turnEnded', turn: current.id, outcome, text })
  }

  async function work(desk: Desk, item: Item, brief: Brief): Promise<{ outcome: TurnOutcome; text: string }> {
    try {
      return { outcome: { type: 'completed' }, text: await reply(desk, item, brief) }
    } catch (error) {
      if (error instanceof Interrupted || desk.signal.aborted)
        return { outcome: { type: 'interrupted' }, text: '' }
      const detail = error instanceof Error ? error.message : String(error)
      return { outcome: { type: 'failed', cause: 'unknown', detail }, text: `That failed: ${detail}` }
    }
  }

  async function reply(desk: Desk, item: Item, brief: Brief): Promise<string> {
    if (item.id === null) return serve(desk, item.text)
    if (brief.fromHuman && brief.command !== null) return serve(desk, brief.command)
    const known = record.fact('role')
    if (brief.role !== null) record.setFact('role', brief.role)
    // The human's first word to a driver is the intent; later ones are steers to a seat that has nothing to do.
    const opening = brief.role === 'driver' && known === undefined
    if (brief.fromHuman && !opening) return acknowledge(desk, brief)
    if (!brief.fromHuman && brief.words !== '') await heed(desk, brief)
    const role = brief.role ?? known ?? (brief.target === null ? 'driver' : 'navigator')
    return role === 'navigator' ? navigate(desk, brief) : drive(desk, brief)
  }

  async function runAll(): Promise<void> {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
      screen.waiting(queue.length)
      await run(item)
    }
    screen.waiting(0)
  }

  let _running: Promise<void> | null = null
  const enqueue = (item: Item) => {
    queue.push(item)
    screen.waiting(queue.length)
    _running ??= runAll().finally(() => {
      _running = null
    })
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
          turn?.controller.abort()
          return
        case 'answer':
          return settle(message.id, message.answer, 'inbox')
        case 'toolReply':
          calls.get(message.call)?.(message)
      }
    },
    submit(text) {
      // A crash does not wait its turn.
      if (turn !== null && text.trim() === 'crash') deps.exit(13)
      enqueue({ id: null, text, summary: '' })
    },
    answer: (id, answer) => settle(id, answer, 'terminal'),
    interrupt() {
      turn?.controller.abort()
      return turn !== null
    },
  }
}

/** Words of the human inside a turn: acted on where they are understood, answered in any case. */
async function heed(desk: Desk, brief: Brief): Promise<void> {
  const [word = '', argument = ''] = (brief.command ?? '').split(' ')
  desk.say((await practise(desk, word, argument)) ?? acknowledge(desk, brief))
}

function acknowledge(desk: Desk, brief: Brief): string {
  const words = brief.words.replace(/\s+/g, ' ')
  const heard = `Understood: “${words.length > 120 ? `${words.slice(0, 119)}…` : words}”.`
  const done = act(desk, words)
  return done === '' ? `${heard} I am the practice agent and cannot act on it.` : `${heard} ${done}`
}

const inShort = (answer: Answer): string =>
  answer.type === 'approval'
    ? { allow: 'allowed', allowForSession: 'allowed for this session', deny: 'denied' }[answer.choice]
    : Object.values(answer.answers).flat().join(', ')
