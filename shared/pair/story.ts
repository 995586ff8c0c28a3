/** A pair in a test: a few words a step, and what came of them. */
import type { AgentEvent, TurnCause, TurnOutcome } from '../agent/event'
import { asPairId, asTurnId, type DeliveryId } from '../ids'
import type { Review } from '../review/finding'
import type { ProofOutcome } from '../review/proof'
import { readCall } from '../tools/call'
import { decide } from './decide'
import type { Stamped } from './events'
import { evolve } from './evolve'
import { nothing } from './initial'
import type { Command, Effect, Input } from './inputs'
import { wireText } from './messages/wire'
import { type Caps, type Measure, noTerms, type PairState, type Terms } from './model'
import type { SeatId } from './seat'

export const AT = '2026-01-01T00:00:00.000Z'
export const pass: Review = { verdict: 'pass', summary: 'Right.', findings: [] }

/** Everything that was decided, and what the host was told to do. */
export class Story {
  state: PairState = nothing
  readonly events: Stamped[] = []
  effects: Effect[] = []
  /** The time of what comes next. */
  at = AT
  #turns = 0

  constructor(rounds = 10, terms: Partial<Terms> = {}, caps: Partial<Caps> = {}) {
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
        caps: { rounds, ...caps },
        intentHash: 'h0',
        terms: { ...noTerms, ...terms },
      },
    })
    this.agent('left', { type: 'ready', session: 's-left', version: '1' })
    this.agent('right', { type: 'ready', session: 's-right', version: '1' })
  }

  give(input: Input): void {
    const decided = decide(this.state, input, this.at)
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
    const decided = decide(this.state, { type: 'command', command }, this.at)
    return decided.ok ? undefined : decided.error.message
  }

  /** The seat takes what is on its way to it and begins its turn. */
  take(seat: SeatId): void {
    const delivery = this.#flying(seat)
    this.agent(seat, { type: 'messageTaken', id: delivery, via: 'test' })
    this.#begin(seat, { delivery })
  }

  /** It begins its turn, and the receipt of what began it is still to come. */
  takeSilently(seat: SeatId): DeliveryId {
    const delivery = this.#flying(seat)
    this.#begin(seat, { delivery })
    return delivery
  }

  #flying(seat: SeatId): DeliveryId {
    const carried = this.state.outbox.flatMap(({ carries }) => carries)
    const flying = this.state.outbox.find(
      ({ id, to, status }) => to === seat && status === 'sending' && !carried.includes(id),
    )
    if (!flying) throw new Error(`nothing is on its way to ${seat}`)
    return flying.id
  }

  #begin(seat: SeatId, cause: TurnCause): void {
    this.#turns += 1
    this.agent(seat, { type: 'turnStarted', turn: asTurnId(`t${this.#turns}`), cause })
  }

  humanTurn(seat: SeatId): void {
    this.#begin(seat, 'human')
  }

  end(seat: SeatId, text = 'done', outcome: TurnOutcome = { type: 'completed' }): void {
    const { status } = this.state.seats[seat]
    if (status.type !== 'working') throw new Error(`${seat} does not work`)
    this.agent(seat, { type: 'turnEnded', turn: status.turn, outcome, text })
  }

  /** `tree`: the work as it is now; null: outside git. */
  measured(tree: string | null = 'c1', path = 'a.ts'): void {
    if (this.state.stage.phase !== 'driving' || !this.state.stage.measuring)
      throw new Error('nothing to measure')
    const diffstat = { fileCount: 1, added: 4, removed: 2, files: [{ path, added: 4, removed: 2 }] }
    const measure: Measure =
      tree === null
        ? { diffstat: null, target: null, note: 'outside git' }
        : {
            ...{ diffstat, whole: diffstat, note: '', checkpoint: this.state.seq },
            target: { base: 'b0', tree },
          }
    this.give({ type: 'signal', signal: { type: 'measured', turn: this.state.stage.measuring, measure } })
  }

  review(review: Review, seat: SeatId = 'right'): void {
    this.give({ type: 'signal', signal: { type: 'review', seat, review } })
  }

  /** An agent calls a tool, as its adapter would pass it on; the reply that it reads. */
  call(seat: SeatId, name: string, args: unknown): string {
    const call = readCall(this.state, seat, name, args)
    if (!call.ok) return call.error
    this.give({ type: 'signal', signal: call.value.signal })
    return call.value.reply
  }

  report(summary = 'All done.'): void {
    const reply = this.call(this.state.driver, 'report_done', { summary })
    if (!reply.startsWith('Recorded')) throw new Error(reply)
  }

  /** The driver works once without a claim, and its work is on its way to the navigator. */
  drive(text = 'I fixed it.', tree = 'c1'): void {
    this.take('left')
    this.end('left', text)
    this.measured(tree)
  }

  /** The driver works once and reports done. */
  finish(tree = 'c1'): void {
    this.take('left')
    this.report()
    this.end('left')
    this.measured(tree)
  }

  /** The navigator's turn with this review. */
  judge(review: Review): void {
    this.take('right')
    this.review(review)
    this.end('right')
  }

  proofEnds(outcome: ProofOutcome, tree: string | null = 'c1', changed = false): void {
    const run = this.state.proof?.run ?? 0
    const result = { outcome, durationMs: 1_200, tail: 'the end', bytes: 7, tree, changed }
    this.give({ type: 'signal', signal: { type: 'proofEnded', run, result } })
  }

  /** The workspace was read for the last time before they agree. */
  settled(tree: string | null = 'c1'): void {
    this.give({ type: 'signal', signal: { type: 'settled', tree } })
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
