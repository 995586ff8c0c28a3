/** Which trials are made, in an order that a seed gives, in which rooms, and how their outcome is told. */
import type { SeatId } from '../../../../shared/pair/seat'
import type { Random } from '../../faults/random'
import type { Program } from './models'

/** `waiter`: Claude Code's long polls. `server`: Codex's app-server, opencode's server. `power`: the host and all that it started. */
export type Victim = 'nothing' | 'tui' | 'waiter' | 'server' | 'host' | 'power'
/**
 * How the message goes: the human's to an idle or a busy agent, the partner's handoff (to one that is idle), or the
 * opening, counted from when its program is begun to be started, is ready, or has taken it.
 */
export type Way = 'idle' | 'busy' | 'handoff' | 'starting' | 'ready' | 'opened'

export interface Plan {
  readonly number: number
  readonly to: Program
  readonly way: Way
  readonly victim: Victim
  /** Milliseconds between the message, or what the way counts from, and the kill. */
  readonly after: number
}

export interface TrialResult extends Plan {
  readonly struck: boolean
  /** The agent had not said yet that it took the message. */
  readonly early: boolean
  readonly faults: readonly string[]
  readonly seconds: number
  /** What the journal tells of the message. */
  readonly trail: readonly string[]
}

export type Pairing = Readonly<Record<SeatId, Program>>

/** The trials of one pair: its opening, when that is one, and those that follow. */
export interface RoomPlan {
  readonly pairing: Pairing
  readonly opening: Plan | null
  readonly rest: readonly Plan[]
}

type Cell = Pick<Plan, 'to' | 'way' | 'victim'>

const VICTIMS: Readonly<Record<Program, readonly Victim[]>> = {
  claude: ['nothing', 'tui', 'waiter', 'host', 'power'],
  codex: ['nothing', 'tui', 'server', 'host', 'power'],
  opencode: ['host', 'tui', 'server', 'power', 'nothing'],
}
const WAYS: readonly Way[] = ['idle', 'busy', 'handoff']
/** From the relay's word to the agent's own signal it takes some 30 to 300 ms. */
const WITHIN_MS = 350
/** A program of a seat is ready after one to some seconds. */
const START_MS = 1_500
/** Of all trials: those of an opening, and those of opencode beside them. Starting costs, opencode's most. */
const OPENINGS = 1 / 6
const OPENCODE = 1 / 6

/** Each agent has each victim before any has a victim twice, by a way that changes. */
const cellsOf = (programs: readonly Program[]): readonly Cell[] =>
  WAYS.flatMap((_, turn) =>
    [0, 1, 2, 3, 4].flatMap(at =>
      programs.flatMap(to => {
        const [way, victim] = [WAYS[(at + turn) % WAYS.length], VICTIMS[to][at]]
        return way && victim ? [{ to, way, victim }] : []
      }),
    ),
  )

/** All ways of an opening with all programs and their victims, evenly mixed from the first one on. */
const openingCells = (): readonly Cell[] => {
  const programs = ['claude', 'codex', 'opencode'] as const
  const ways = ['starting', 'ready', 'opened'] as const
  return Array.from({ length: 36 }, (_, at) => {
    const to = programs[at % 3] ?? 'claude'
    const victims = ['host', 'power', 'tui', to === 'claude' ? 'waiter' : 'server'] as const
    return {
      to,
      way: ways[(at + Math.floor(at / 3)) % 3] ?? 'ready',
      victim: victims[at % 4] ?? 'host',
    }
  })
}

const shuffle = <T>(list: readonly T[], random: Random): readonly T[] => {
  const shuffled = [...list]
  for (let at = shuffled.length - 1; at > 0; at -= 1) {
    const other = random.below(at + 1)
    const [a, b] = [shuffled[at], shuffled[other]]
    if (a !== undefined && b !== undefined) [shuffled[at], shuffled[other]] = [b, a]
  }
  return shuffled
}

/** A pair for each trial of an opening; the other trials are shared out among those pairs. */
export const planTrials = (count: number, random: Random): readonly RoomPlan[] => {
  let number = 0
  const make = (cells: readonly Cell[], many: number): readonly Plan[] =>
    Array.from({ length: many }, (_, at) => {
      const cell = cells[at % cells.length] ?? { to: 'claude', way: 'idle', victim: 'nothing' }
      const after = random.below(cell.way === 'starting' ? START_MS : WITHIN_MS)
      number += 1
      return { ...cell, number: number - 1, after }
    })
  const openings = make(openingCells(), Math.floor(count * OPENINGS))
  const opencode = make(cellsOf(['opencode']), Math.floor(count * OPENCODE))
  const others = make(cellsOf(['claude', 'codex']), count - openings.length - opencode.length)
  return [
    ...shareOut(
      openings.filter(({ to }) => to !== 'opencode'),
      shuffle(others, random),
      { left: 'claude', right: 'codex' },
    ),
    ...shareOut(
      openings.filter(({ to }) => to === 'opencode'),
      shuffle(opencode, random),
      { left: 'opencode', right: 'codex' },
    ),
  ]
}

const shareOut = (
  openings: readonly Plan[],
  others: readonly Plan[],
  usual: Pairing,
): readonly RoomPlan[] => {
  if (openings.length === 0)
    return others.length === 0 ? [] : [{ pairing: usual, opening: null, rest: others }]
  return openings.map((opening, at) => ({
    pairing: opening.to === usual.left ? usual : { left: usual.right, right: usual.left },
    opening,
    rest: others.filter((_, index) => index % openings.length === at),
  }))
}

export const tableOf = (results: readonly TrialResult[]): string => {
  const rows = new Map<string, TrialResult[]>()
  for (const result of results) {
    const key = `${result.to.padEnd(9)}${result.way.padEnd(9)}${result.victim.padEnd(8)}`
    rows.set(key, [...(rows.get(key) ?? []), result])
  }
  const lines = [...rows]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([key, all]) => {
      const seconds = all.map(each => each.seconds.toFixed(1)).join(' ')
      const bad = all.filter(({ faults }) => faults.length > 0).length
      const counts = [all.length, all.filter(hit => hit.struck).length, all.filter(hit => hit.early).length]
      return `${key} ${counts.map(n => String(n).padStart(6)).join('')} ${bad === 0 ? 'ok' : `${bad} FAILED`}  ${seconds} s`
    })
  return ['to       way      killed  trials   hit early', ...lines].join('\n')
}
