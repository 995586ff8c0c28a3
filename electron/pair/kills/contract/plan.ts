/** Which trials are made, in an order that a seed gives, and how their outcome is told. */
import type { Random } from '../../faults/random'
import type { Program } from './models'

/** `waiter`: Claude Code's long polls. `server`: Codex's app-server. `power`: the host and all that it started. */
export type Victim = 'nothing' | 'tui' | 'waiter' | 'server' | 'host' | 'power'
/** How the message goes: the human's to an idle or a busy agent, or the partner's handoff (to one that is idle). */
export type Way = 'idle' | 'busy' | 'handoff'

export interface Plan {
  readonly number: number
  readonly to: Program
  readonly way: Way
  readonly victim: Victim
  /** Milliseconds between the message and the kill. */
  readonly after: number
}

export interface TrialResult extends Plan {
  readonly struck: boolean
  readonly faults: readonly string[]
  readonly seconds: number
  /** What the journal tells of the message. */
  readonly trail: readonly string[]
}

const VICTIMS: Readonly<Record<Program, readonly Victim[]>> = {
  claude: ['nothing', 'tui', 'waiter', 'host', 'power'],
  codex: ['nothing', 'tui', 'server', 'host', 'power'],
}
const WAYS: readonly Way[] = ['idle', 'busy', 'handoff']
/** From the relay's word to the agent's own signal it takes some 30 to 300 ms. */
const WITHIN_MS = 350

export const planTrials = (count: number, random: Random): readonly Plan[] => {
  const cells = (['claude', 'codex'] as const).flatMap(to =>
    WAYS.flatMap(way => VICTIMS[to].map(victim => ({ to, way, victim }))),
  )
  const plans = Array.from({ length: count }, (_, number) => ({
    ...(cells[number % cells.length] ?? { to: 'claude', way: 'idle', victim: 'nothing' }),
    number,
    after: random.below(WITHIN_MS),
  })) as Plan[]
  for (let at = plans.length - 1; at > 0; at -= 1) {
    const other = random.below(at + 1)
    const [a, b] = [plans[at], plans[other]]
    if (a && b) [plans[at], plans[other]] = [b, a]
  }
  return plans
}

export const tableOf = (results: readonly TrialResult[]): string => {
  const rows = new Map<string, TrialResult[]>()
  for (const result of results) {
    const key = `${result.to.padEnd(7)}${result.way.padEnd(9)}${result.victim.padEnd(8)}`
    rows.set(key, [...(rows.get(key) ?? []), result])
  }
  const lines = [...rows]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([key, all]) => {
      const seconds = all.map(each => each.seconds.toFixed(1)).join(' ')
      const bad = all.filter(({ faults }) => faults.length > 0).length
      return `${key} ${String(all.length).padStart(6)} ${String(all.filter(({ struck }) => struck).length).padStart(3)} ${bad === 0 ? 'ok' : `${bad} FAILED`}  ${seconds} s`
    })
  return ['to     way      killed  trials hit', ...lines].join('\n')
}
