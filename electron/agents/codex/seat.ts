/**
 * A seat of Codex: one app-server, one thread, and the TUI attached to it. The server is restarted at the same
 * address when it dies, so that the TUI comes back by itself; a message is accepted only when the thread shows it.
 */
import {
  answerClientId,
  type CodexState,
  clientIdOf,
  codexState,
  cutOff,
  type Folded,
  fold,
  markAnswered,
  markInterrupting,
  type ToolCall,
} from '../../../shared/agent/codex'
import { encodeAnswer } from '../../../shared/agent/codex-requests'
import { type AgentEvent, type Answer, VIA_RECORD } from '../../../shared/agent/event'
import type { DeliveryId, RequestId } from '../../../shared/ids'
import { ok, type Result } from '../../../shared/result'
import { after } from '../after'
import type { Message, Seat, SeatContext } from '../agent'
import { type AttachedTui, attachedTui, countRestarts } from '../attached'
import { type Delivered, notNow, notSent } from '../delivered'
import { type Address, type AppServer, type ServerSpec, startAppServer } from './app-server'
import { findDelivery, Outgoing } from './outgoing'
import type { Rpc, RpcFailure } from './rpc'
import * as thread from './thread'

/** The TUI ends within some 50 ms of SIGTERM. */
const TUI_STOP_MS = 2_000
/** Both requests answer within some 50 ms; a server that hangs is killed anyway. */
const QUIET_MS = 1_500

/** For the human, with what was done about it. */
const ENDED = "Codex's app-server ended unexpectedly."

export interface SeatParts {
  readonly context: SeatContext
  readonly version: string
  readonly spec: ServerSpec
  readonly address: Address
  readonly server: AppServer
  readonly thread: thread.OpenThread & { readonly resumed: boolean }
}

export class CodexSeat implements Seat {
  readonly #parts: SeatParts
  #server: AppServer | null
  #state: CodexState
  #tui: AttachedTui | null = null
  readonly #outgoing: Outgoing
  /** Conversations of this seat that the human left in the TUI, and may come back to. */
  readonly #former = new Set<string>()
  /** The queue stands still after an interrupted turn, and perhaps after a crash. */
  #held: boolean
  #processes = 1
  readonly #mayRestart = countRestarts()
  #stopping: Promise<void> | null = null
  #restart: Promise<void> = Promise.resolve()

  constructor(parts: SeatParts) {
    this.#parts = parts
    this.#server = parts.server
    this.#outgoing = new Outgoing(parts.context.emit)
    this.#state = codexState(parts.thread.id, `${process.pid}-1`)
    this.#held = parts.thread.resumed
    this.#watch(parts.server)
  }

  /** Attaches the TUI and announces the seat. */
  begin(): void {
    const { context, version, thread } = this.#parts
    this.#attach()
    context.emit({ type: 'ready', session: this.#state.thread, version, model: thread.model })
    const opening = context.opening
    if (opening === undefined) return
    void this.#open(opening).then(sent => {
      if (!sent.ok) context.emit({ type: 'messageLost', id: opening.id, why: sent.error.why })
    })
  }

  /** A conversation that an app before this one began may have read it already. */
  async #open(opening: Message): Promise<Delivered> {
    if (!this.#parts.thread.resumed) return this.deliver(opening)
    const rpc = this.#server?.rpc
    const fate = rpc ? await findDelivery(rpc, this.#state.thread, opening.id) : 'unknown'
    if (fate === 'never') return this.deliver(opening)
    if (fate === 'unknown') return notSent('Codex did not say whether it has read the message')
    this.#emit({ type: 'messageTaken', id: opening.id, via: VIA_RECORD })
    return ok(undefined)
  }

  #attach(): void {
    const { context, address, spec } = this.#parts
    const tui = context.spawn({
      file: spec.binary,
      args: ['resume', this.#state.thread, ...address.remote],
      cwd: context.folder,
      env: { ...context.env, ...address.env },
    })
    this.#tui = attachedTui(tui, ({ code, signal }) => {
      context.emit({ type: 'exited', code, signal, resumable: true })
      // Quit or killed: nobody would see what the server goes on to do, and a message that it takes would bring the
      // seat back to life. One that failed has lost a server that is on its way back.
      if (code === 0 || signal !== null) void this.stop()
    })
  }

  #watch(server: AppServer): void {
    server.rpc.onSignal(signal => {
      if (server !== this.#server) return
      // An attempt that failed once more is no sign of work.
      if (signal.method !== 'error') this.#parts.context.heard?.(`went on with its turn (${signal.method})`)
      // `/resume` in the TUI tells nobody; a turn in a conversation that we know does.
      const turned = signal.method === 'turn/started' ? signal.params.threadId : undefined
      if (turned && this.#former.has(turned)) this.#changeTo(turned, this.#parts.thread.model)
      this.#apply(fold(this.#state, signal))
    })
    // A connection lost while the process lives ends the process too: one way back for both.
    server.rpc.onClose(() => {
      if (!this.#stopping) void server.stop()
    })
    void server.gone.then(() => {
      if (server === this.#server && !this.#stopping) this.#restart = this.#died()
    })
  }

  #apply(folded: Folded): void {
    this.#state = folded.state
    for (const event of folded.events) this.#emit(event)
    if (folded.call) void this.#callTool(folded.call)
    if (folded.adopt) void this.#adopt(folded.adopt)
  }

  #emit(event: AgentEvent): void {
    if (event.type === 'messageTaken') this.#outgoing.remove(event.id)
    this.#parts.context.emit(event)
    if (event.type !== 'turnEnded') return
    this.#held = event.outcome.type === 'interrupted'
    this.#outgoing.lose('steered', 'the turn ended before Codex read it')
    const rpc = this.#server?.rpc
    if (!this.#held || !rpc) return
    // The human stopped Codex: what still waits goes back to the relay instead of starting by itself later.
    void this.#outgoing.withdrawAll(
      rpc,
      this.#state.thread,
      'Codex was interrupted before it took the message',
    )
  }

  async #callTool(call: ToolCall): Promise<void> {
    const rpc = this.#server?.rpc
    const reply = await this.#parts.context.callTool(call.name, call.args)
    rpc?.reply(call.rpcId, { success: reply.ok, contentItems: [{ type: 'inputText', text: reply.text }] })
  }

  async #adopt(threadId: string): Promise<void> {
    const { context } = this.#parts
    const rpc = this.#server?.rpc
    if (!rpc) return
    await thread.nameThread(rpc, threadId, `Duologue ${context.pair}`)
    const opened = await thread.resumeThread(rpc, threadId, context)
    if (!opened.ok) {
      const text = `Codex began a new conversation that Duologue could not join: ${opened.error.message}`
      return context.emit({ type: 'notice', text })
    }
    this.#changeTo(threadId, opened.value.model)
    const text = `A new conversation was begun in Codex's terminal. It has none of Duologue's tools, so Codex cannot submit a review in it; "/resume" there brings the former one back.`
    context.emit({ type: 'notice', text })
  }

  #changeTo(threadId: string, model: string): void {
    const { context, version } = this.#parts
    this.#apply(cutOff(this.#state, { type: 'interrupted' }))
    this.#outgoing.lose('queued', 'Codex changed to another conversation')
    this.#former.add(this.#state.thread)
    this.#former.delete(threadId)
    this.#state = codexState(threadId, this.#state.process)
    this.#held = true
    context.emit({ type: 'ready', session: threadId, version, model })
  }

  #died(): Promise<void> {
    this.#server = null
    this.#apply(cutOff(this.#state, { type: 'failed', cause: 'crash', detail: ENDED }))
    return this.#startAgain()
  }

  async #startAgain(): Promise<void> {
    const { context, spec } = this.#parts
    if (!this.#mayRestart()) return this.#giveUp('it keeps ending')
    const next = await startAppServer(spec)
    if (!next.ok) return this.#giveUp(next.error)
    const back = await this.#comeBack(next.value)
    if (back.ok) return context.emit({ type: 'notice', text: `${ENDED} Duologue started it again.` })
    await next.value.stop()
    if (this.#stopping) return
    context.log(`codex: could not come back: ${back.error.message}`)
    return this.#startAgain()
  }

  async #comeBack(server: AppServer): Promise<Result<void, RpcFailure>> {
    const { context, version } = this.#parts
    const ready = await thread.initialize(server.rpc, version)
    if (!ready.ok) return ready
    const opened = await thread.resumeThread(server.rpc, this.#state.thread, context)
    if (!opened.ok) return opened
    this.#processes++
    const { taken } = this.#state
    this.#state = { ...codexState(this.#state.thread, `${process.pid}-${this.#processes}`), taken }
    this.#server = server
    this.#held = true
    // What the server said since the resume was kept, and is read now.
    this.#watch(server)
    await this.#reconcile(server.rpc)
    return ok(undefined)
  }

  #reconcile(rpc: Rpc): Promise<void> {
    return this.#outgoing.reconcile(rpc, this.#state.thread, id => {
      this.#state = { ...this.#state, taken: [...this.#state.taken, id] }
      this.#emit({ type: 'messageTaken', id, via: 'thread/turns/list' })
    })
  }

  #giveUp(why: string): void {
    this.#parts.context.emit({ type: 'notice', text: `Codex could not be started again: ${why}` })
    this.#outgoing.lose('queued', 'Codex ended')
    this.#outgoing.lose('steered', 'Codex ended')
    this.#tui?.end()
  }

  async deliver(message: Message): Promise<Delivered> {
    const rpc = this.#server?.rpc
    if (!rpc) return notSent('Codex is not running')
    if (this.#outgoing.has(message.id) || this.#state.taken.includes(message.id)) return ok(undefined)
    if (message.text.length > thread.MAX_INPUT_CHARS) return notSent('the message is longer than Codex takes')
    this.#outgoing.add(message.id, 'queued')
    const queued = await this.#enqueue(rpc, clientIdOf(message.id), message.text)
    if (queued.ok) return ok(undefined)
    if (queued.error.refused) {
      this.#outgoing.remove(message.id)
      return notSent(queued.error.message)
    }
    // Nobody knows whether it arrived: the record decides, now or when the server is back.
    this.#parts.context.log(`codex: delivery ${message.id} is uncertain: ${queued.error.message}`)
    if (this.#server?.rpc === rpc) void this.#reconcile(rpc)
    return ok(undefined)
  }

  async #enqueue(rpc: Rpc, clientId: string, text: string): Promise<Result<void, RpcFailure>> {
    const queued = await thread.enqueue(rpc, this.#state.thread, clientId, text)
    if (!queued.ok) return queued
    if (this.#held && !this.#state.turn?.codexId) {
      const started = await thread.startQueued(rpc, this.#state.thread, queued.value)
      this.#held = false
      if (!started.ok) this.#parts.context.log(`codex: queue/start: ${started.error.message}`)
    }
    return ok(undefined)
  }

  async steer(message: Message): Promise<Delivered> {
    const rpc = this.#server?.rpc
    if (!rpc) return notSent('Codex is not running')
    if (this.#outgoing.has(message.id) || this.#state.taken.includes(message.id)) return ok(undefined)
    const turn = this.#state.turn?.codexId
    if (!turn) return notNow('no turn is running')
    this.#outgoing.add(message.id, 'steered')
    const sent = await thread.steerTurn(rpc, this.#state.thread, turn, message.id, message.text)
    if (sent.ok || !sent.error.refused) return ok(undefined)
    this.#outgoing.remove(message.id)
    return notNow(sent.error.message)
  }

  async interrupt(): Promise<Delivered> {
    const rpc = this.#server?.rpc
    const turn = this.#state.turn
    if (!rpc || turn === null) return notNow('no turn is running')
    if (turn.codexId === null) {
      this.#apply(cutOff(this.#state, { type: 'interrupted' }))
      return ok(undefined)
    }
    this.#state = markInterrupting(this.#state)
    const done = await thread.interruptTurn(rpc, this.#state.thread, turn.codexId)
    return done.ok ? ok(undefined) : notNow(done.error.message)
  }

  async answer(id: RequestId, answer: Answer): Promise<Delivered> {
    const rpc = this.#server?.rpc
    const open = this.#state.requests.find(entry => entry.request.id === id)
    if (!rpc || open === undefined) return notNow('nothing waits for this answer any more')
    if (open.answered !== undefined) return notNow('it was answered already')
    const encoded = encodeAnswer(open, answer)
    if (!encoded.ok) return notSent(encoded.error)
    this.#state = markAnswered(this.#state, id, encoded.value.summary)
    if (encoded.value.type === 'reply') {
      rpc.reply(encoded.value.rpcId, encoded.value.result)
      return ok(undefined)
    }
    const sent = await this.#enqueue(rpc, answerClientId(id), encoded.value.text)
    return sent.ok ? ok(undefined) : notSent(sent.error.message)
  }

  async took(id: DeliveryId): Promise<boolean> {
    await this.#restart
    if (this.#state.taken.includes(id)) return true
    const rpc = this.#server?.rpc
    if (!rpc) return false
    return (await findDelivery(rpc, this.#state.thread, id)) === 'taken'
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#end()
    return this.#stopping
  }

  async #end(): Promise<void> {
    await this.#restart
    const server = this.#server
    if (server) await Promise.race([this.#quiet(server.rpc), after(QUIET_MS)])
    this.#tui?.end()
    server?.rpc.close()
    await Promise.all([server?.stop(), this.#tui?.ended(TUI_STOP_MS)])
    this.#parts.address.remove()
  }

  /** Ends the turn and the commands that outlived theirs, so that nothing of them is left and the record is whole. */
  async #quiet(rpc: Rpc): Promise<void> {
    const turn = this.#state.turn?.codexId
    if (turn) await thread.interruptTurn(rpc, this.#state.thread, turn)
    await thread.endBackground(rpc, this.#state.thread)
  }
}
