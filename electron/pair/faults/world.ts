/**
 * For tests: one pair in a world where hosts die and are started again. The engine, the journal's file, the runner and
 * the effects are the real ones; the agents are scripted and outlive nothing but their own records.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { PairId } from '../../../shared/ids'
import { encodeLine, isKnown } from '../../../shared/journal/line'
import type { Stamped } from '../../../shared/pair/events'
import { fold } from '../../../shared/pair/evolve'
import type { PairState } from '../../../shared/pair/model'
import { readJournal } from '../../store/journal-read'
import { Life } from './life'
import type { Scenario } from './scenario'
import type { Launch } from './scripted-agent'

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

/** Plays until the pair has ended; throws when it stalls. */
export const play = async (deps: Scenario): Promise<Outcome> => {
  const world = new World(deps)
  return world.play()
}

class World {
  readonly #deps: Scenario
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

  constructor(deps: Scenario) {
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
