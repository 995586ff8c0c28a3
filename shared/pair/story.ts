/** A pair in a test: a few words a step, and what came of them. */
import type { AgentEvent, TurnOutcome } from '../agent/event'
import { asPairId, asTurnId } from '../ids'
import type { Review } from '../review/finding'
import { decide } from './decide'
import type { Stamped } from './events'
import { evolve, nothing } from './evolve'
import type { Command, Effect, Input } from './inputs'
import { wireText } from './messages/wire'
import type { PairState } from './model'
import type { SeatId } from './seat'

export const AT = '2026-01-01T00:00:00.000Z'
export const pass: Review = { verdict: 'pass', summary: 'Right.', findings: [] }

/** Everything that was decided, and what the host was told to do. */
export class Story {
  state: PairState = nothing
  readonly events: Stamped[] = []
  effects: Effect[] = []
  #turns = 0

  constructor(rounds = 10) {
    this.give({
      type: 'start',
      start: {
        pair: asPairId('p'),
        salt: 'abcd',
        intent: 'Fix the upload.\nKeep the API.',
        folder: '/w',
        branch: 'main',
        git: true,
        base: 'b0',
        seats: { left: { agent: 'claude' }, right: { agent: 'codex' } },
        driver: 'left',
        caps: { rounds },
      },
    })
    this.agent('left', { type: 'ready', session: 's-left', version: '1' })
    this.agent('right', { type: 'ready', session: 's-right', version: '1' })
  }

  give(input: Input): void {
    const decided = decide(this.state, input, AT)
    if (!decided.ok) throw new Error(`refused: ${decided.error.message}`)
    for (const event of decided.value) {
      const evolved = evolve(this.state, event)
      this.state = evolved.state
      this.effects.push(...evolved.effects)
      this.events.push(event)
    }
  }

  agent(seat: SeatId, event: AgentEvent): void {
    this.give({ type: 'signal', signal: { type: 'agent', seat, event } })
  }

  command(command: Command): void {
    this.give({ type: 'command', command })
  }

  refusalOf(command: Command): string | undefined {
    const decided = decide(this.state, { type: 'command', command }, AT)
    return decided.ok ? undefined : decided.error.message
  }

  /** The seat takes what is on its way to it and begins its turn. */
  take(seat: SeatId): void {
    const carried = this.state.outbox.flatMap(({ carries }) => carries)
    const flying = this.state.outbox.find(
      ({ id, to, status }) => to === seat && status === 'sending' && !carried.includes(id),
    )
    if (!flying) throw new Error(`nothing is on its way to ${seat}`)
    this.agent(seat, { type: 'messageTaken', id: flying.id, via: 'test' })
    this.#turns += 1
    this.agent(seat, {
      type: 'turnStarted',
      turn: asTurnId(`t${this.#turns}`),
      cause: { delivery: flying.id },
    })
  }

  humanTurn(seat: SeatId): void {
    this.#turns += 1
    this.agent(seat, { type: 'turnStarted', turn: asTurnId(`t${this.#turns}`), cause: 'human' })
  }

  end(seat: SeatId, text = 'done', outcome: TurnOutcome = { type: 'completed' }): void {
    const { status } = this.state.seats[seat]
    if (status.type !== 'working') throw new Error(`${seat} does not work`)
    this.agent(seat, { type: 'turnEnded', turn: status.turn, outcome, text })
  }

  measured(): void {
    if (this.state.stage.phase !== 'driving' || !this.state.stage.measuring)
      throw new Error('nothing to measure')
    const diffstat = { fileCount: 1, added: 4, removed: 2, files: [{ path: 'a.ts', added: 4, removed: 2 }] }
    const measure = { diffstat, target: { base: 'b0', tree: 'c1' }, note: '' }
    this.give({ type: 'signal', signal: { type: 'measured', turn: this.state.stage.measuring, measure } })
  }

  review(review: Review, seat: SeatId = 'right'): void {
    this.give({ type: 'signal', signal: { type: 'review', seat, review } })
  }

  /** The driver works once, and its work is on its way to the navigator. */
  drive(text = 'I fixed it.'): void {
    this.take('left')
    this.end('left', text)
    this.measured()
  }

  /** What the host was told to send since this was last asked, as the agents read it. */
  sent(): readonly { readonly seat: SeatId; readonly mode: string; readonly text: string }[] {
    const deliveries = this.effects.flatMap(effect => (effect.type === 'deliver' ? [effect] : []))
    this.effects = []
    return deliveries.map(({ seat, id, mode }) => {
      const delivery = this.state.outbox.find(each => each.id === id)
      return { seat, mode, text: delivery ? wireText(this.state, delivery) : '(gone)' }
    })
  }

  kinds(): readonly string[] {
    return this.state.outbox.map(({ kind, to, status }) => `${kind} ${to} ${status}`)
  }

  holds(): readonly string[] {
    return this.state.holds.map(({ type }) => type)
  }
}
