/**
 * For tests: one host with a scripted pair, from its start to its death or the end of the pair. Of a dead
 * one nothing is heard or written any more.
 */
import { join } from 'node:path'
import type { PairId } from '../../../shared/ids'
import { isKnown } from '../../../shared/journal/line'
import type { Stamped } from '../../../shared/pair/events'
import { fold } from '../../../shared/pair/evolve'
import type { Command } from '../../../shared/pair/inputs'
import type { PairState } from '../../../shared/pair/model'
import { createEngine, type Engine } from '../engine'
import { faultDisk } from './fault-disk'
import { wayOn, whim } from './human'
import type { Scenario } from './scenario'
import { createPrograms, type Launch, type Programs, tick } from './scripted-agent'

const STALL_MS = 12_000

interface Hooks {
  readonly nextWrite: () => number
  readonly seatKilled: () => void
  readonly acknowledged: (text: string) => void
  readonly trouble: (message: string | null) => void
  readonly diskFailed: () => void
}

export class Life {
  pair: PairId | null = null
  phase = 'starting'
  readonly told: Stamped[] = []
  readonly broken: string[] = []
  readonly #deps: Scenario
  readonly #hooks: Hooks
  readonly #folder: string
  readonly #engine: Engine
  readonly #programs: Programs
  #dead = false
  #dieSoon = false
  #over = false
  #busy = false
  #state: PairState | null = null
  #wake: () => void = () => undefined

  constructor(deps: Scenario, records: string, folder: string, hooks: Hooks) {
    this.#deps = deps
    this.#hooks = hooks
    this.#folder = folder
    this.#programs = createPrograms({
      root: records,
      random: deps.random,
      plot: deps.plot,
      loss: deps.faults.loss,
      refusal: deps.faults.refusal,
    })
    const { agent } = this.#programs
    this.#engine = createEngine({
      dataFolder: join(deps.root, 'data'),
      practiceProof: () => 'node --test',
      quietMs: () => 600_000,
      agents: { practice: agent, claude: agent, codex: agent, opencode: agent, command: agent },
      env: async () => ({ PATH: process.env.PATH ?? '', HOME: deps.root }),
      spawn: () => {
        throw new Error('a scripted agent needs no terminal')
      },
      size: () => ({ cols: 80, rows: 24 }),
      now: () => new Date(),
      log: line => {
        if (!this.#dead && line.includes('failed')) this.broken.push(line)
      },
      openFile: faultDisk({
        plan: () => {
          const write = hooks.nextWrite()
          const disk = deps.faults.disk?.(write) ?? null
          return disk ?? deps.faults.host(write)
        },
        failed: () => {
          if (!this.#over) hooks.diskFailed()
        },
        kill: () => this.#die(),
        isDead: () => this.#dead,
        dieAfterEffects: () => {
          this.#dieSoon = true
        },
      }),
    })
    this.#engine.listen({
      events: (pair, events, state) => this.#heard(pair, events, state),
      trouble: (pair, message) => this.#diskTold(pair, message),
    })
  }

  get launches(): readonly Launch[] {
    return this.#programs.launches
  }

  /** True when the pair has ended; false when the host died. */
  async live(pair: PairId | null): Promise<boolean> {
    const over = new Promise<void>(resolve => {
      this.#wake = resolve
    })
    const before = pair === null ? null : await this.#engine.read(pair)
    void this.#begin(pair)
    await this.#bounded(over)
    await this.#engine.closeAll()
    if (before?.ok) this.#compare(fold(before.value.filter(isKnown)))
    return !this.#dead
  }

  async #begin(pair: PairId | null): Promise<void> {
    if (pair !== null) {
      this.pair = pair
      const reopened = await this.#engine.command(pair, { type: 'reopen' })
      if (!reopened.ok && !this.#dead) this.broken.push(`not reopened: ${reopened.error.message}`)
      return
    }
    const seat = { agent: 'practice' } as const
    const started = await this.#engine.start({
      ...this.#deps.request,
      folder: this.#folder,
      left: seat,
      right: seat,
    })
    if (!started.ok && !this.#dead) this.broken.push(`not started: ${started.error.message}`)
    if (started.ok && this.told.length === 0) this.broken.push('started and never told')
  }

  async #bounded(over: Promise<void>): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    let seen = -1
    const stalled = new Promise<void>((_, reject) => {
      timer = setInterval(() => {
        if (this.told.length === seen) reject(new Error(this.#describe()))
        seen = this.told.length
      }, STALL_MS)
    })
    try {
      await Promise.race([over, stalled])
    } finally {
      clearInterval(timer)
    }
  }

  #describe(): string {
    const { stage, holds, seats, outbox, round, seq } = this.#state ?? {}
    const last = this.told.slice(-12).map(({ type }) => type)
    return `stalled: ${JSON.stringify({ stage, holds, round, seq, seats: [seats?.left.status, seats?.right.status], outbox: outbox?.map(each => ({ ...each, text: each.text.slice(0, 60) })), last })}`
  }

  #heard(pair: PairId, events: readonly Stamped[], state: PairState): void {
    if (this.#dead) return
    this.pair = pair
    this.told.push(...events)
    this.#state = state
    this.phase = events.some(({ type }) => type === 'restoring') ? 'restoring' : state.stage.phase
    if (state.stage.phase === 'ended' && !this.#dieSoon) {
      this.#over = true
      return this.#wake()
    }
    const { random, faults } = this.#deps
    if (this.#dieSoon) {
      // The effects begin in this turn of the loop; some have gone further than others when it strikes.
      if (random.chance(0.5)) queueMicrotask(() => this.#die())
      else void tick(1 + random.below(2)).then(() => this.#die())
      return
    }
    if (random.chance(faults.seat)) {
      const seat = random.chance(0.5) ? 'left' : 'right'
      void tick(random.below(3)).then(() => {
        if (!this.#dead && this.#programs.kill(seat)) this.#hooks.seatKilled()
      })
    }
    void this.#human()
  }

  /** The disk is full: the human sees it, makes room, and presses Resume until it works. */
  #diskTold(pair: PairId, message: string | null): void {
    if (this.#dead || this.#over) return
    this.#hooks.trouble(message)
    if (message !== null) void this.#resumeWriting(pair)
  }

  async #resumeWriting(pair: PairId): Promise<void> {
    for (let works = false; !works && !this.#dead; ) {
      await tick(10)
      works = this.#engine.live(pair)?.storageTrouble() === null
      if (!works) await this.#engine.command(pair, { type: 'resume' })
    }
    void this.#human()
  }

  async #human(): Promise<void> {
    if (this.#busy) return
    this.#busy = true
    let refusedAt = -1
    for (let going = true; going; ) {
      await tick(2)
      const state = this.#state
      if (this.#dead || this.#over || this.pair === null || state === null || state.seq === refusedAt) break
      const { random, habits } = this.#deps
      const command = this.#deps.command?.(state) ?? wayOn(state) ?? whim(state, habits, random)
      going = command !== undefined
      if (!command) break
      const done = await this.#engine.command(this.pair, command)
      if (done.ok) this.#promise(command)
      else refusedAt = state.seq
    }
    this.#busy = false
  }

  #promise(command: Command): void {
    if (this.#dead) return
    if (command.type === 'steer' || command.type === 'editDelivery') this.#hooks.acknowledged(command.text)
    if (command.type === 'dropDelivery')
      this.#hooks.acknowledged(`"type":"deliveryDropped","id":"${command.id}"`)
  }

  #die(): void {
    if (this.#dead) return
    this.#dead = true
    this.#programs.killAll()
    this.#wake()
  }

  /** Reopened, a pair is where it was. */
  #compare(before: PairState): void {
    const at = this.told.findIndex(({ type }) => type === 'pairReopened')
    const state = this.#state
    if (at === -1 || state === null) return
    for (const { seat, resume } of this.#programs.launches.slice(0, 2)) {
      if (resume !== before.seats[seat].session)
        this.broken.push(`${seat} resumed ${resume}, not ${before.seats[seat].session}`)
    }
  }
}
