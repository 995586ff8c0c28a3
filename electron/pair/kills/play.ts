/**
 * For tests: a practice pair in a host process that is killed at random times and opened again, until the pair has
 * ended. The human acts from outside, as at the window; what was told or promised before a death is compared with the
 * journal after it.
 */
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { PairId } from '../../../shared/ids'
import type { StartRequest } from '../../../shared/ipc'
import { encodeLine } from '../../../shared/journal/line'
import { refusal } from '../../../shared/pair/actions'
import type { Stamped } from '../../../shared/pair/events'
import { fold } from '../../../shared/pair/evolve'
import type { Command } from '../../../shared/pair/inputs'
import type { PairState } from '../../../shared/pair/model'
import { type Habits, wayOn, whim } from '../faults/human'
import type { Random } from '../faults/random'
import { type Hosted, type KillKind, startHost } from './hosted'
import { journalOf } from './journal-of'
import { whereItStands } from './trail'

export interface PlayDeps {
  readonly bundle: string
  readonly env: Readonly<Record<string, string>>
  /** `DUOLOGUE_DATA` of that environment. */
  readonly data: string
  readonly request: StartRequest
  readonly random: Random
  readonly habits: Habits
  /** How likely a restore is at each event. */
  readonly restore: number
  /** False: the rest of the pair is left alone. */
  readonly mayKill: () => boolean
  readonly killed: () => void
}

export interface Played {
  readonly pair: PairId
  readonly dir: string
  readonly state: PairState
  readonly events: readonly Stamped[]
  readonly kills: Readonly<Record<KillKind, number>>
  /** What the pair was at when something was killed. */
  readonly killedIn: readonly string[]
  readonly broken: readonly string[]
}

/** Nothing happens for so long: it stalls. A message that is not taken is told of after half a minute. */
const STALL_MS = 60_000
const KINDS: readonly KillKind[] = ['host', 'power', 'program']

export const play = async (deps: PlayDeps): Promise<Played> => {
  const { random } = deps
  const kills = { host: 0, power: 0, program: 0 }
  const killedIn: string[] = []
  const broken: string[] = []
  const promised: string[] = []
  let pair: PairId | null = null
  let known: readonly Stamped[] = []
  for (let over = false; !over; ) {
    const life = liveOnce(deps, pair, known, promised, broken)
    for (let dead = false; !dead && deps.mayKill(); ) {
      const kind = KINDS[random.below(KINDS.length)] ?? 'host'
      const due = await life.moment(random)
      if (!due) break
      const phase = life.phase()
      if (!(await strike(life.host, kind, random))) continue
      dead = kind !== 'program'
      kills[kind] += 1
      killedIn.push(phase)
      deps.killed()
    }
    over = await life.ended
    pair = life.host.pair() ?? pair
    if (over) await life.host.close()
    else await life.host.gone
    if (pair !== null) known = await journalOf(deps.data, pair)
    checkTold(life.host.told, known, broken)
    if (life.host.stderr() !== '') broken.push(`stderr: ${life.host.stderr().slice(0, 500)}`)
  }
  if (pair === null) throw new Error('it never began')
  const text = known.map(event => encodeLine(event)).join('')
  for (const words of promised) if (!text.includes(words)) broken.push(`promised and not kept: ${words}`)
  return {
    pair,
    dir: join(deps.data, 'pairs', pair),
    state: fold(known),
    events: known,
    kills,
    killedIn,
    broken,
  }
}

const checkTold = (told: readonly Stamped[], known: readonly Stamped[], broken: string[]): void => {
  const lines = new Set(known.map(event => encodeLine(event)))
  for (const event of told)
    if (!lines.has(encodeLine(event))) broken.push(`told and not kept: ${event.seq} ${event.type}`)
}

const killPid = (pid: number): boolean => {
  try {
    return process.kill(pid, 'SIGKILL')
  } catch {
    return false // it ended by itself meanwhile
  }
}

/** False when there was nothing to kill. */
const strike = async (host: Hosted, kind: KillKind, random: Random): Promise<boolean> => {
  if (kind === 'host') host.kill()
  if (kind === 'host') return true
  const programs = await host.programs()
  if (kind === 'power') {
    host.kill()
    for (const { pid } of programs) killPid(pid)
    return true
  }
  const seats = programs.filter(({ command }) => command.includes('practice-agent.js'))
  const target = seats[random.below(seats.length)]
  return target !== undefined && killPid(target.pid)
}

interface Life {
  readonly host: Hosted
  /** True: the pair has ended. False: the host is dead. */
  readonly ended: Promise<boolean>
  readonly phase: () => string
  /** Resolves at a random moment of this life; false when it is over before. */
  moment(random: Random): Promise<boolean>
}

const liveOnce = (
  deps: PlayDeps,
  pair: PairId | null,
  before: readonly Stamped[],
  promised: string[],
  broken: string[],
): Life => {
  const { random } = deps
  let state = fold(before)
  /** It is finished now: killed each time in its first moments, a pair would never come out of it. */
  const halfRestored = state.restoring?.keepAs
  let at = Date.now()
  let over: boolean | null = null
  let resolveEnded: (ended: boolean) => void = () => undefined
  let rejectEnded: (error: Error) => void = () => undefined
  const ended = new Promise<boolean>((resolve, reject) => {
    resolveEnded = resolve
    rejectEnded = reject
  })
  // It is awaited only after the last moment of this life.
  ended.catch(() => undefined)
  const finish = (how: boolean): void => {
    over ??= how
    clearInterval(stall)
    resolveEnded(how)
    for (const each of [...waiting]) each()
  }
  const waiting = new Set<() => void>()
  let acting = false
  let refusedAt = -1

  const ask = async (command: Command): Promise<void> => {
    const id = host.pair() ?? pair
    const { seq } = state
    if (id === null) return
    const reply = await host.request({ type: 'command', pair: id, command })
    if (reply === null) return
    if (reply.error !== null) refusedAt = seq
    else if (command.type === 'steer' || command.type === 'editDelivery') promised.push(command.text)
  }
  const act = async (): Promise<void> => {
    if (acting) return
    acting = true
    while (over === null && state.seq !== refusedAt) {
      const command = nextCommand(state, deps, random)
      if (command === undefined) break
      await ask(command)
    }
    acting = false
  }
  const host = startHost({
    bundle: deps.bundle,
    env: deps.env,
    onEvents: events => {
      at = Date.now()
      state = fold(events, state)
      for (const each of [...waiting]) each()
      if (state.stage.phase === 'ended') return finish(true)
      void act()
    },
  })
  const stall = setInterval(() => {
    if (Date.now() - at < STALL_MS) return
    host.kill()
    rejectEnded(new Error(`stalled: ${whereItStands(state, host.told)}`))
    finish(false)
  }, 1_000)
  void host.gone.then(() => finish(false))
  void host
    .request(
      pair === null
        ? { type: 'start', start: deps.request }
        : { type: 'command', pair, command: { type: 'reopen' } },
    )
    .then(reply => {
      if (reply !== null && reply.error !== null) {
        broken.push(`not opened: ${reply.error}`)
        host.kill()
      }
    })

  const moment = async (chance: Random): Promise<boolean> => {
    // Some while it starts, most of them around what happens then.
    if (chance.chance(0.15)) {
      await Promise.race([wait(chance.below(900)), ended])
      return over === null
    }
    const target = state.seq + 3 + chance.below(32)
    await new Promise<void>(resolve => {
      const look = (): void => {
        const restores = state.restoring !== null && state.restoring.keepAs !== halfRestored
        if (over === null && state.seq < target && !restores) return
        waiting.delete(look)
        resolve()
      }
      waiting.add(look)
      look()
    })
    // A restore takes some tenths of a second, the way of a message some milliseconds.
    await wait(chance.below(state.restoring === null ? 12 : 300))
    return over === null
  }
  return { host, ended, phase: () => (state.restoring ? 'restoring' : state.stage.phase), moment }
}

const nextCommand = (
  state: PairState,
  { habits, restore }: PlayDeps,
  random: Random,
): Command | undefined => {
  const open = state.requests.find(({ answered }) => !answered)?.request
  if (open?.type === 'question') {
    const answers = open.questions.map(({ id, options }) => [id, [options[0]?.label ?? 'yes']] as const)
    return { type: 'answer', id: open.id, answer: { type: 'question', answers: Object.fromEntries(answers) } }
  }
  const checkpoint = state.checkpoints[random.below(state.checkpoints.length || 1)]
  if (checkpoint && random.chance(restore)) {
    // Refused once, with nothing happening any more, the human would wait for ever.
    const command: Command = { type: 'restore', checkpoint: checkpoint.number }
    if (refusal(state, command) === undefined) return command
  }
  return wayOn(state) ?? whim(state, habits, random)
}
