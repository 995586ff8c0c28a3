/** The desk of one turn: everything that waits on it ends when the turn is interrupted. */
import { asRequestId, type TurnId } from '../../shared/ids'
import type { Asking } from './asking'
import type { Calls } from './calls'
import { type Desk, Interrupted, plural, Refused } from './desk'
import type { EngineDeps } from './engine'
import type { Entry } from './entry'

export interface Turn {
  readonly id: TurnId
  readonly controller: AbortController
}

interface Parts extends EngineDeps {
  readonly asking: Asking
  readonly calls: Calls
  readonly show: (entry: Entry) => void
  readonly readSteers: (desk: Desk) => Promise<void>
  /** Resolves when there is a steer to read. */
  readonly steered: () => Promise<void>
}

export function createDesk(turn: Turn, parts: Parts): Desk {
  const { screen, record, show, asking } = parts
  const { signal } = turn.controller
  const orInterrupted = <T>(promise: Promise<T>): Promise<T> => unlessAborted(promise, signal)
  const desk: Desk = {
    folder: parts.folder,
    env: parts.env,
    signal,
    asks: parts.asks,
    say(text) {
      show({ kind: 'said', title: '', text })
      parts.send({ type: 'said', turn: turn.id, text })
    },
    show: (title, text, good = true) => show({ kind: good ? 'tool' : 'failed', title, text }),
    async step(doing) {
      screen.doing(doing)
      await orInterrupted(new Promise(resolve => setTimeout(resolve, parts.pace)))
      await parts.readSteers(desk)
    },
    async ask(question) {
      const id = asRequestId(parts.newId())
      const request = { type: 'question', id, questions: [{ id: 'q1', ...question }] } as const
      const answer = await orInterrupted(asking.ask(request))
      return answer.type === 'question' ? (answer.answers.q1 ?? []) : []
    },
    async approve(asked) {
      const id = asRequestId(parts.newId())
      const request = { type: 'approval', id, ...asked, choices: ['allow', 'deny'] } as const
      const answer = await orInterrupted(asking.ask(request))
      return answer.type === 'approval' && answer.choice !== 'deny'
    },
    callTool: (name, args) => orInterrupted(parts.calls.call(name, args)),
    async untilInterrupted(doing) {
      for (;;) {
        screen.doing(doing)
        await orInterrupted(parts.steered())
        await parts.readSteers(desk)
      }
    },
    async flood(lines) {
      screen.doing(`Printing ${plural(lines, 'line')}`)
      for (let from = 1; from <= lines; from += FLOOD_STEP) {
        const count = Math.min(FLOOD_STEP, lines - from + 1)
        screen.print(Array.from({ length: count }, (_, at) => `line ${from + at} of ${lines}`))
        await orInterrupted(new Promise(resolve => setImmediate(resolve)))
      }
    },
    refuse(seconds) {
      parts.send({ type: 'limit', resetsAt: new Date(Date.now() + seconds * 1_000).toISOString() })
      throw new Refused('You’ve hit your practice limit. It costs nothing to wait.')
    },
    crash: parts.exit,
    fact: record.fact,
    setFact: record.setFact,
  }
  return desk
}

/** Lines printed before keys and messages are looked at again. */
const FLOOD_STEP = 100

const unlessAborted = <T>(promise: Promise<T>, signal: AbortSignal): Promise<T> =>
  new Promise((resolve, reject) => {
    const stop = () => reject(new Interrupted())
    if (signal.aborted) return stop()
    signal.addEventListener('abort', stop, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
