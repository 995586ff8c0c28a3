/**
 * A seat of opencode: one server, one session, and the TUI attached to it. The server is restarted at the same address
 * when it dies, so that the TUI comes back by itself; a message is accepted only when an answer to it begins.
 */
import { type AgentEvent, type Answer, VIA_RECORD } from '../../../shared/agent/event'
import {
  addChild,
  cutOff,
  endNow,
  type Folded,
  fold,
  forget,
  markAnswered,
  markInterrupting,
  markSent,
  markTaken,
  type OpencodeState,
  opencodeState,
  type Waiting,
} from '../../../shared/agent/opencode'
import type { OpencodeSignal, SessionInfo } from '../../../shared/agent/opencode-frames'
import { REPLIES } from '../../../shared/agent/opencode-frames'
import { idsOf } from '../../../shared/agent/opencode-ids'
import { encodeAnswer, type OpenRequest, withdrawal } from '../../../shared/agent/opencode-requests'
import type { DeliveryId, RequestId } from '../../../shared/ids'
import { ok, type Result } from '../../../shared/result'
import { after } from '../after'
import type { Message, Seat, SeatContext } from '../agent'
import { type AttachedTui, attachedTui, countRestarts } from '../attached'
import { type Delivered, notNow, notSent } from '../delivered'
import type { Client, Events } from './client'
import { type Server, type ServerSpec, startServer, urlOf } from './server'
import * as session from './session'

/** The TUI ends within some 100 ms of SIGTERM. */
const TUI_STOP_MS = 3_000
/** An abort answers within 0.2 s; a server that hangs is killed anyway. */
const QUIET_MS = 1_500
/** Between a run's end and the next one's beginning there is a moment in which a message waits and nothing runs. */
const SETTLE_MS = 3_000
/** Sooner than this it tries again of its own accord, and that is not the end of a limit. */
const LIMIT_MS = 60_000

/** For the human, with what was done about it. */
const ENDED = "opencode's server ended unexpectedly."

export interface SeatParts {
  readonly context: SeatContext
  readonly version: string
  readonly spec: ServerSpec
  readonly server: Server
  readonly session: SessionInfo
  /** It was there before: it may have read the opening. */
  readonly resumed: boolean
  readonly models: { readonly windows: Readonly<Record<string, number>>; readonly model: string | undefined }
  /** Ends the server of our tools. */
  readonly closeTools: () => Promise<void>
}

export class OpencodeSeat implements Seat {
  readonly #parts: SeatParts
  #server: Server | null
  #events: Events | null = null
  #state: OpencodeState
  #tui: AttachedTui | null = null
  readonly #mayRestart = countRestarts()
  #stopping: Promise<void> | null = null
  #restart: Promise<void> = Promise.resolve()

  constructor(parts: SeatParts) {
    this.#parts = parts
    this.#server = parts.server
    this.#state = opencodeState(parts.session.id, parts.models.windows)
  }

  /** Listens, attaches the TUI and announces the seat. */
  async begin(): Promise<Result<void, string>> {
    const { context, server } = this.#parts
    const listening = await this.#listen(server)
    if (!listening.ok) return listening
    this.#attach()
    this.#announce()
    this.#signal({ type: 'session.updated', properties: { info: this.#parts.session } })
    const { opening } = context
    if (opening === undefined) return ok(undefined)
    void this.#open(opening).then(sent => {
      if (!sent.ok) context.emit({ type: 'messageLost', id: opening.id, why: sent.error.why })
    })
    return ok(undefined)
  }

  async #open(opening: Message): Promise<Delivered> {
    const client = this.#server?.client
    if (!this.#parts.resumed || !client) return this.deliver(opening)
    const fate = await session.fateOf(client, this.#state.session, opening.id)
    if (fate === 'never') return this.deliver(opening)
    if (fate === 'unknown') return notSent('opencode did not say whether it has read the message')
    this.#emit({ type: 'messageTaken', id: opening.id, via: VIA_RECORD })
    return ok(undefined)
  }

  #announce(): void {
    const { context, version, models } = this.#parts
    const model = models.model === undefined ? {} : { model: models.model }
    context.emit({ type: 'ready', session: this.#state.session, version, ...model })
  }

  #attach(): void {
    const { context, spec } = this.#parts
    const url = urlOf(spec.address)
    const tui = context.spawn({
      file: spec.binary,
      args: ['attach', url, '--session', this.#state.session, '--dir', context.folder],
      cwd: context.folder,
      env: { ...spec.env },
    })
    this.#tui = attachedTui(tui, ({ code, signal }) => {
      context.emit({ type: 'exited', code, signal, resumable: true })
      // Nobody would see what the server goes on to do, and a message that it takes would bring the seat back to life.
      void this.stop()
    })
  }

  async #listen(server: Server): Promise<Result<void, string>> {
    const events = await server.client.events(
      signal => server === this.#server && this.#signal(signal),
      // A stream lost while the process lives ends the process too: one way back for both.
      () => void (this.#stopping === null && server.stop()),
    )
    if (!events.ok) return events
    this.#events = events.value
    void server.gone.then(() => {
      if (server === this.#server && !this.#stopping) this.#restart = this.#died()
    })
    return ok(undefined)
  }

  #signal(signal: OpencodeSignal): void {
    this.#apply(fold(this.#state, signal))
  }

  #apply(folded: Folded): void {
    this.#state = folded.state
    for (const event of folded.events) this.#emit(event)
    for (const open of folded.withdraw ?? []) void this.#withdrawRequest(open)
    if (folded.adopt) void this.#follow(folded.adopt)
    if (folded.idle && (this.#state.turn || this.#state.waiting.length > 0)) void this.#settle()
  }

  #emit(event: AgentEvent): void {
    if (event.type === 'limit' && Date.parse(event.resetsAt) - Date.now() < LIMIT_MS) return
    this.#parts.context.emit(event)
  }

  /** After an abort it stays listed, and a TUI that comes back would not show it. */
  async #withdrawRequest(open: OpenRequest): Promise<void> {
    const { path, body } = withdrawal(open)
    await this.#server?.client.request('POST', path, body, REPLIES.any)
  }

  /**
   * Some time after a run has ended: a turn that has not is ended if nothing runs, and what was not read goes back to the
   * relay, instead of being read at some later time.
   */
  async #settle(): Promise<void> {
    const server = this.#server
    const answer = this.#state.turn?.answer
    await after(SETTLE_MS)
    if (server === null || server !== this.#server || this.#stopping) return
    if (answer !== undefined && (await session.isIdle(server.client, this.#state.session))) {
      if (this.#state.turn?.answer === answer) this.#apply(endNow(this.#state))
    }
    for (const { id } of this.#state.waiting) {
      if (this.#state.turn === null) await this.#resolve(server.client, id)
    }
  }

  /** Asks the record about a message that was handed over. */
  async #resolve(client: Client, id: DeliveryId): Promise<void> {
    const fate = await session.fateOf(client, this.#state.session, id)
    if (!this.#state.waiting.some(waiting => waiting.id === id)) return
    if (fate === 'taken') {
      this.#state = markTaken(this.#state, id)
      this.#emit({ type: 'messageTaken', id, via: 'message list' })
    } else if (fate === 'never') {
      this.#state = forget(this.#state, id)
      this.#emit({ type: 'messageLost', id, why: 'opencode stopped before it read the message' })
    }
  }

  /** `/new` or `/sessions` in the TUI, told by the human's first message there. */
  async #follow(other: string): Promise<void> {
    const client = this.#server?.client
    if (!client || this.#state.tree.includes(other)) return
    const told = await session.readSession(client, other)
    if (!told.ok || this.#state.tree.includes(other)) return
    if (told.value.parentID) {
      this.#state = addChild(this.#state, other)
      return
    }
    const { waiting, windows } = this.#state
    this.#apply(cutOff(this.#state, { type: 'interrupted' }))
    for (const { id } of waiting) {
      this.#emit({ type: 'messageLost', id, why: 'opencode changed to another conversation' })
    }
    this.#state = opencodeState(other, windows)
    this.#announce()
    const text =
      "The human changed to another conversation in opencode's terminal; the seat goes on in that one."
    this.#parts.context.emit({ type: 'notice', text })
    await this.#catchUp(client)
  }

  /** What was answered in the other conversation before we looked. */
  async #catchUp(client: Client): Promise<void> {
    const last = await session.lastMessage(client, this.#state.session)
    if (last?.role !== 'assistant') return
    const { time: _, ...info } = last
    this.#signal({ type: 'message.updated', properties: { info: { ...info, time: {} } } })
    this.#signal({ type: 'message.updated', properties: { info: last } })
    if (await session.isIdle(client, this.#state.session)) {
      this.#signal({ type: 'session.idle', properties: { sessionID: this.#state.session } })
    }
  }

  #died(): Promise<void> {
    this.#server = null
    this.#events?.close()
    this.#apply(cutOff(this.#state, { type: 'failed', cause: 'crash', detail: ENDED }))
    return this.#startAgain()
  }

  async #startAgain(): Promise<void> {
    const { context, spec } = this.#parts
    if (!this.#mayRestart()) return this.#giveUp('it keeps ending')
    const next = await startServer({ ...spec, cancelled: () => this.#stopping !== null })
    if (!next.ok) return this.#giveUp(next.error)
    if (this.#stopping) return next.value.stop()
    const opened = await session.readSession(next.value.client, this.#state.session)
    if (!opened.ok) {
      await next.value.stop()
      return this.#giveUp(opened.error.message)
    }
    await this.#connectTools(next.value.client)
    if (this.#stopping) return next.value.stop()
    this.#server = next.value
    const listening = await this.#listen(next.value)
    if (!listening.ok) {
      await next.value.stop()
      return
    }
    for (const { id } of this.#state.waiting) await this.#resolve(next.value.client, id)
    // It asks again after 3, 6, 12 … s, and does not fetch what it missed; a new one would lose the human's draft.
    const text = `${ENDED} Duologue started it again; its terminal may not show what comes in the next half minute.`
    context.emit({ type: 'notice', text })
  }

  async #connectTools(client: Client): Promise<void> {
    const connected = await session.connectTools(client)
    if (connected.ok || this.#stopping) return
    const text = `opencode goes on without Duologue's tools, so it cannot submit a review: ${connected.error}. Run /mcps in its terminal and switch "pair" off and on.`
    this.#parts.context.emit({ type: 'notice', text })
  }

  #giveUp(why: string): void {
    if (this.#stopping) return
    this.#parts.context.emit({ type: 'notice', text: `opencode could not be started again: ${why}` })
    for (const { id } of this.#state.waiting) this.#emit({ type: 'messageLost', id, why: 'opencode ended' })
    this.#state = { ...this.#state, waiting: [] }
    this.#tui?.end()
  }

  deliver(message: Message): Promise<Delivered> {
    return this.#send(message, 'delivered')
  }

  async steer(message: Message): Promise<Delivered> {
    if (this.#state.turn === null) return notNow('no turn is running')
    return this.#send(message, 'steered')
  }

  async #send({ id, text }: Message, way: Waiting['way']): Promise<Delivered> {
    const client = this.#server?.client
    if (!client || this.#stopping) return notSent('opencode is not running')
    if (this.#state.taken.includes(id) || this.#state.waiting.some(waiting => waiting.id === id)) {
      return ok(undefined)
    }
    const ids = idsOf(id, Date.now())
    this.#state = markSent(this.#state, { id, message: ids.message, way })
    const sent = await session.prompt(client, this.#state.session, ids, text)
    if (sent.ok) return ok(undefined)
    if (sent.error.refused) {
      this.#state = forget(this.#state, id)
      return notSent(sent.error.message)
    }
    // Nobody knows whether it arrived: the record decides, now or when the server is back.
    this.#parts.context.log(`opencode: delivery ${id} is uncertain: ${sent.error.message}`)
    if (this.#server?.client === client) void this.#resolve(client, id)
    return ok(undefined)
  }

  async interrupt(): Promise<Delivered> {
    const client = this.#server?.client
    if (!client || this.#state.turn === null) return notNow('no turn is running')
    this.#state = markInterrupting(this.#state)
    const done = await session.abort(client, this.#state.session)
    return done.ok ? ok(undefined) : notNow(done.error.message)
  }

  async answer(id: RequestId, answer: Answer): Promise<Delivered> {
    const client = this.#server?.client
    const open = this.#state.requests.find(entry => entry.request.id === id)
    if (!client || open === undefined) return notNow('nothing waits for this answer any more')
    if (open.answered !== undefined) return notNow('it was answered already')
    const encoded = encodeAnswer(open, answer)
    if (!encoded.ok) return notSent(encoded.error)
    this.#state = markAnswered(this.#state, id, encoded.value.summary)
    const sent = await client.request('POST', encoded.value.path, encoded.value.body, REPLIES.any)
    if (sent.ok) return ok(undefined)
    this.#state = markAnswered(this.#state, id, null)
    return sent.error.refused ? notNow(sent.error.message) : notSent(sent.error.message)
  }

  async took(id: DeliveryId): Promise<boolean> {
    await this.#restart
    if (this.#state.taken.includes(id)) return true
    const client = this.#server?.client
    if (!client) return false
    return (await session.fateOf(client, this.#state.session, id)) === 'taken'
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#end()
    return this.#stopping
  }

  async #end(): Promise<void> {
    const server = this.#server
    if (server && this.#state.turn) {
      const aborted = session.abort(server.client, this.#state.session)
      await Promise.race([aborted, after(QUIET_MS)])
    }
    this.#tui?.end()
    this.#events?.close()
    await Promise.all([
      server?.stop(),
      this.#restart,
      this.#tui?.ended(TUI_STOP_MS),
      this.#parts.closeTools(),
    ])
  }
}
