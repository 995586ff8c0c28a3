/**
 * A running program whose seat was taken by configuration. Rules: what it says is never read; its turns are known by
 * its hooks or, without them, by output and silence; one message at a time.
 */
import { randomUUID } from 'node:crypto'
import { appendFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { QUIET_MS } from '../../../shared/agent/command'
import type { CommandConfig } from '../../../shared/agent/command-config'
import { afterKeys, type HumanDraft } from '../../../shared/agent/command-draft'
import type { TurnCause, TurnOutcome } from '../../../shared/agent/event'
import { asTurnId, type DeliveryId, type TurnId } from '../../../shared/ids'
import { err, ok, type Result } from '../../../shared/result'
import { stripControl } from '../../../shared/terminal/paste'
import { afterAwake } from '../../awake'
import type { Pty, PtyExit } from '../../pty/pty'
import { after } from '../after'
import type { DeliverError, Message, Seat, SeatContext, SeatTerminal } from '../agent'
import { descendantsOf, endAll } from '../claude/descendants'
import { notNow } from '../delivered'
import { geminiText } from './gemini'
import type { CommandHost, HookEvent } from './host'
import { awaitFree, hasHooks, type Prompt, typeMessage } from './typing'
import type { Watch } from './watch'

/** Milliseconds within which a program answers Enter, by its hook or with output. */
const TAKEN_MS = 8_000
/** Milliseconds for each way of ending the program. */
const STOP_MS = 1_500

const DRAFT =
  'There may be something in its prompt that you typed: send it, or clear it and press Enter there; then this goes on.'

export interface CommandSeatDeps {
  readonly context: SeatContext
  readonly config: CommandConfig
  readonly session: string
  readonly resumed: boolean
  readonly pty: Pty
  readonly terminal: SeatTerminal
  readonly watch: Watch
  readonly host: CommandHost
}

export interface CommandSeat {
  readonly seat: Seat
  hook(event: HookEvent, body: string): void
}

export const createCommandSeat = (deps: CommandSeatDeps): CommandSeat => {
  const made = new CommandSeatState(deps)
  return {
    seat: {
      deliver: message => made.deliver(message),
      steer: () => Promise.resolve(notNow('Nothing is typed into a running turn.')),
      interrupt: () => Promise.resolve(made.interrupt()),
      answer: () => Promise.resolve(notNow('Answer it in its terminal.')),
      took: id => made.took(id),
      stop: () => made.stop(),
    },
    hook: (event, body) => made.hook(event, body),
  }
}

/** Ids of the messages that the program took in this session, one a line. */
export const takenRecord = (dir: string, session: string): string => join(dir, `command-${session}.taken`)

const lettersOf = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '')

/** Whether a prompt has the whole message as it was typed: the letters count; spaces and signs may be changed. */
const holds = (prompt: string, message: string): boolean =>
  lettersOf(prompt).includes(lettersOf(stripControl(message)))

class CommandSeatState {
  readonly #deps: CommandSeatDeps
  readonly #record: string
  readonly #exited: Promise<PtyExit>
  readonly #prompt: Prompt
  #gone = false
  #draft: HumanDraft = 0
  #keys = 0
  #turn: { readonly id: TurnId; interrupting: boolean; stopped: boolean } | null = null
  #unsilence: () => void = () => undefined
  /** Enter was pressed for it; who waits for the program to take it. */
  #sent: { readonly message: Message; readonly taken: () => void } | null = null
  #told: boolean
  #line: Promise<unknown> = Promise.resolve()
  #stopping: Promise<void> | null = null

  constructor(deps: CommandSeatDeps) {
    this.#deps = deps
    this.#told = deps.resumed
    this.#record = takenRecord(deps.context.dir, deps.session)
    const { pty, terminal, watch, config, context } = deps
    this.#exited = new Promise(resolve => pty.onExit(resolve))
    void this.#exited.then(exit => this.#onExit(exit))
    terminal.onHumanInput(data => this.#onKeys(data))
    watch.onOutput(() => this.#expectSilence())
    this.#prompt = {
      ...{ config, pty, terminal, watch },
      blocked: () => this.#blocked(),
      gone: () => this.#gone,
      humanKeys: () => this.#keys,
      waiting: why => context.emit({ type: 'notice', text: `A message waits. ${why}` }),
      spoil: () => {
        this.#draft = 'unknown'
      },
    }
  }

  deliver(message: Message): Promise<Result<void, DeliverError>> {
    const done = this.#line.then(() => this.#deliver(message))
    this.#line = done
    return done
  }

  async #deliver(message: Message): Promise<Result<void, DeliverError>> {
    if (await this.took(message.id)) {
      this.#deps.context.emit({ type: 'messageTaken', id: message.id, via: 'record' })
      return ok(undefined)
    }
    const free = await awaitFree(this.#prompt)
    if (!free.ok) return free
    // The hook can be faster than the promise of the typing.
    const whole = this.#told ? message : this.#withManual(message)
    const taken = this.#awaitTaken(whole)
    const typed = await typeMessage(this.#prompt, whole)
    if (!typed.ok) {
      taken.cancel()
      return typed
    }
    this.#told = true
    if (await taken.within()) return ok(undefined)
    this.#draft = 'unknown'
    return err({
      type: 'notSent',
      why: 'It did not answer Enter: look into its terminal whether it took the message.',
    })
  }

  #awaitTaken(message: Message): { cancel(): void; within(): Promise<boolean> } {
    let taken: () => void = () => undefined
    const came = new Promise<true>(resolve => {
      taken = () => resolve(true)
    })
    this.#sent = { message, taken }
    const cancel = (): void => {
      this.#sent = null
    }
    const within = async (): Promise<boolean> => {
      const { config, watch } = this.#deps
      if (!hasHooks(config)) {
        const answered = await watch.output(TAKEN_MS)
        cancel()
        if (answered) this.#accepted(message.id, 'output after Enter')
        return answered
      }
      const done = await Promise.race([came, this.#exited, after(TAKEN_MS)])
      cancel()
      return done === true
    }
    return { cancel, within }
  }

  #accepted(id: DeliveryId, via: string): void {
    appendFileSync(this.#record, `${id}\n`, { mode: 0o600 })
    this.#deps.context.emit({ type: 'messageTaken', id, via })
    this.#begin({ delivery: id })
  }

  /** A program without a place for standing instructions is told with its first message. */
  #withManual(message: Message): Message {
    const { context, host } = this.#deps
    const more = `About this pair:\n${context.instructions}\n\nThe tools named above are yours to call; where your program does not list them, ${host.manual} says how to call them from a shell.`
    return { ...message, text: `${message.text}\n\n${more}` }
  }

  hook(event: HookEvent, body: string): void {
    if (this.#gone) return
    const text = this.#deps.config.hooks === 'gemini' ? geminiText(event, body) : body
    if (event === 'end') return this.#end(this.#outcome(), text.trim())
    this.#draft = 0
    const sent = this.#sent
    if (!sent || !(text.trim() === '' || holds(text, sent.message.text))) return this.#begin('human')
    this.#sent = null
    this.#accepted(sent.message.id, 'hook')
    sent.taken()
  }

  #begin(cause: TurnCause): void {
    if (this.#turn || this.#gone) return
    this.#turn = { id: asTurnId(randomUUID()), interrupting: false, stopped: false }
    this.#deps.context.emit({ type: 'turnStarted', turn: this.#turn.id, cause })
    this.#expectSilence()
  }

  #end(outcome: TurnOutcome, text: string): void {
    const turn = this.#turn
    if (!turn) return
    this.#unsilence()
    this.#turn = null
    this.#deps.context.emit({ type: 'turnEnded', turn: turn.id, outcome, text })
  }

  /** Without hooks, and after an interrupt, silence is all there is. */
  #expectSilence(): void {
    this.#unsilence()
    const turn = this.#turn
    if (!turn) return
    const asked = turn.interrupting || turn.stopped
    if (hasHooks(this.#deps.config) && !asked) return
    const outcome: TurnOutcome = { type: asked ? 'interrupted' : 'completed' }
    this.#unsilence = afterAwake(this.#deps.config.quietMs ?? QUIET_MS, () => this.#end(outcome, ''))
  }

  #outcome(): TurnOutcome {
    return { type: this.#turn?.interrupting ? 'interrupted' : 'completed' }
  }

  #onKeys(data: string): void {
    const typed = afterKeys(this.#draft, data)
    if (typed.keys) this.#keys += 1
    this.#draft = typed.draft
    if (typed.submitted && !hasHooks(this.#deps.config)) this.#begin('human')
    // The human's own key to stop it: a hook may tell of that, or nothing but silence (a dialog that is dismissed).
    if (data === this.#deps.config.interruptKey && this.#turn) {
      this.#turn.stopped = true
      this.#expectSilence()
    }
  }

  #blocked(): string | null {
    if (this.#gone) return 'Its program has ended.'
    if (this.#turn) return 'It is in the middle of a turn.'
    return this.#draft === 0 ? null : DRAFT
  }

  interrupt(): Result<void, DeliverError> {
    const { config, pty } = this.#deps
    if (!this.#turn) return notNow('No turn is running.')
    if (config.interruptKey === undefined)
      return notNow('No key is configured that would stop it: stop it in its terminal.')
    this.#turn.interrupting = true
    pty.write(config.interruptKey)
    this.#expectSilence()
    return ok(undefined)
  }

  async took(id: DeliveryId): Promise<boolean> {
    const content = await readFile(this.#record, 'utf8').catch(() => '')
    return content.split('\n').includes(id)
  }

  #onExit(exit: PtyExit): void {
    this.#gone = true
    this.#turn = null
    this.#unsilence()
    const resumable = this.#deps.config.resumeArgs !== undefined
    this.#deps.context.emit({ type: 'exited', code: exit.code, signal: exit.signal, resumable })
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop()
    return this.#stopping
  }

  async #stop(): Promise<void> {
    const { pty, host, context } = this.#deps
    const started = this.#gone ? [] : await descendantsOf(pty.pid)
    for (const signal of ['SIGHUP', 'SIGTERM', 'SIGKILL'] as const) {
      if (this.#gone) break
      pty.kill(signal)
      await Promise.race([this.#exited, after(STOP_MS)])
    }
    await endAll(started, context.log)
    await host.stop()
  }
}
