/**
 * For tests: one pair in a world where hosts die and are started again. The engine, the journal's file, the runner and
 * the effects are the real ones; the agents are scripted and outlive nothing but their own records.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { PairId } from '../../../shared/ids'
import type { StartRequest } from '../../../shared/ipc'
import { encodeLine, isKnown } from '../../../shared/journal/line'
import type { Stamped } from '../../../shared/pair/events'
import { fold } from '../../../shared/pair/evolve'
import type { Command } from '../../../shared/pair/inputs'
import type { PairState } from '../../../shared/pair/model'
import { readJournal } from '../../store/journal-read'
import { createEngine, type Engine } from '../engine'
import { type DiskFault, faultDisk, type Point } from './fault-disk'
import { type Habits, wayOn, whim } from './human'
import type { Random } from './random'
import type { Plot } from './script'
import { createPrograms, type Launch, type Programs, tick } from './scripted-agent'

export interface Faults {
  /** Where the host dies at this write of the journal, counted from 0 over the life of the pair; null: it does not. */
  readonly host: (write: number) => Point | null
  /** How the disk fails at this write. */
  readonly disk?: (write: number) => DiskFault | null
  /** Probability at each event that the program of a seat is killed. */
  readonly seat: number
  /** Probability that a message vanishes on its way while both ends live. */
  readonly loss: number
  /** Probability that a program cannot be resumed at the first try. */
  readonly refusal: number
}

export interface WorldDeps {
  readonly root: string
  readonly random: Random
  readonly plot: Plot
  readonly request: Omit<StartRequest, 'folder' | 'left' | 'right'>
  readonly faults: Faults
  readonly habits: Habits
  /** Further commands for a state; for what only some plots need. */
  readonly command?: (state: PairState) => Command | undefined
}

export interface Outcome {
  readonly state: PairState
  readonly events: readonly Stamped[]
  readonly records: string
  readonly launches: readonly Launch[]
  readonly writes: number
  readonly kills: { readonly host: number; readonly seat: number }
  /** Phases of the stage in which the host was killed. */
  readonly killedIn: readonly string[]
  readonly journal: string
  /** What was said about the disk, in order; null: it works again. */
  readonly troubles: readonly (string | null)[]
  readonly diskFaults: number
  /** What was promised and not kept, across a death. */
  readonly broken: readonly string[]
}

const STALL_MS = 12_000

/** Plays until the pair has ended; throws when it stalls. */
export const play = async (deps: WorldDeps): Promise<Outcome> => {
  const world = new World(deps)
  return world.play()
}

class World {
  readonly #deps: WorldDeps
  readonly #records: string
  readonly #folder: string
  readonly #launches: Launch[] = []
  readonly #broken: string[] = []
  readonly #killedIn: string[] = []
  readonly #troubles: (string | null)[] = []
  #diskFaults = 0
  #writes = 0
  #kills = { host: 0, seat: 0 }
  #pair: PairId | null = null
  /** Commands that the host said yes to, as text that the journal must hold. */
  readonly #acknowledged: string[] = []

  constructor(deps: WorldDeps) {
    this.#deps = deps
    this.#records = join(deps.root, 'records')
    this.#folder = join(deps.root, 'work')
    mkdirSync(this.#folder, { recursive: true })
  }

  async play(): Promise<Outcome> {
    let told: readonly Stamped[] = []
    for (;;) {
      const life = new Life(this.#deps, this.#records, this.#folder, {
        nextWrite: () => this.#writes++,
        seatKilled: () => {
          this.#kills = { ...this.#kills, seat: this.#kills.seat + 1 }
        },
        acknowledged: text => this.#acknowledged.push(text),
        trouble: message => this.#troubles.push(message),
        diskFailed: () => {
          this.#diskFaults += 1
        },
      })
      await this.#check(told)
      const ended = await life.live(this.#pair)
      this.#pair = life.pair ?? this.#pair
      told = life.told
      this.#launches.push(...life.launches)
      this.#broken.push(...life.broken)
      if (ended) break
      this.#kills = { ...this.#kills, host: this.#kills.host + 1 }
      this.#killedIn.push(life.phase)
    }
    const events = await this.#journal()
    await this.#check(told)
    return {
      state: fold(events),
      events,
      records: this.#records,
      launches: this.#launches,
      writes: this.#writes,
      kills: this.#kills,
      killedIn: this.#killedIn,
      journal: this.#journalPath(),
      troubles: this.#troubles,
      diskFaults: this.#diskFaults,
      broken: this.#broken,
    }
  }

  #journalPath(): string {
    return join(this.#deps.root, 'data', 'pairs', this.#pair ?? '', 'journal.jsonl')
  }

  async #journal(): Promise<readonly Stamped[]> {
    if (this.#pair === null) return []
    const read = await readJournal(this.#journalPath())
    if (!read.ok) throw new Error(read.error.message)
    return read.value.events.filter(isKnown)
  }

  /** What the host told or promised before it died stands in the journal. */
  async #check(told: readonly Stamped[]): Promise<void> {
    const stored = await this.#journal()
    const known = new Set(stored.map(event => encodeLine(event)))
    for (const event of told) {
      if (!known.has(encodeLine(event))) this.#broken.push(`told and not kept: ${event.seq} ${event.type}`)
    }
    const text = [...known].join('')
    for (const words of this.#acknowledged) {
      if (!text.includes(words)) this.#broken.push(`promised and not kept: ${words}`)
    }
  }
}

interface Hooks {
  readonly nextWrite: () => number
  readonly seatKilled: () => void
  readonly acknowledged: (text: string) => void
  readonly trouble: (message: string | null) => void
  readonly diskFailed: () => void
}

/** One host, from its start to its death or the end of the pair. */
class Life {
  pair: PairId | null = null
  phase = 'starting'
  readonly told: Stamped[] = []
  readonly broken: string[] = []
  readonly #deps: WorldDeps
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

  constructor(deps: WorldDeps, records: string, folder: string, hooks: Hooks) {
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
    if (before?.ok) this.#compare(fold(before.value.events.filter(isKnown)))
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
