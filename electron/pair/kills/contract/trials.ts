/**
 * One trial: a message goes to a program that is idle or busy, and something is killed within the next moments. It is
 * over when the pair's journal says what became of the message and the pair works on.
 */
import { setTimeout as wait } from 'node:timers/promises'
import type { World } from '../../../../e2e/contracts/world'
import type { Stamped } from '../../../../shared/pair/events'
import type { Random } from '../../faults/random'
import { heardBy } from './conversations'
import { type Gate, MARK, type Program } from './models'
import type { Plan, TrialResult } from './plan'
import { enterRoom, SEAT_OF, type TrialRoom } from './room'
import { strike } from './strike'

export interface TrialDeps {
  readonly world: World
  readonly bundle: string
  readonly gates: Readonly<Record<Program, Gate>>
  readonly random: Random
}

const NUDGE_MS = 4_000
/** The model may be asked before the host has written that the turn began. */
const EARLY_MS = 300

const partnerOf = (program: Program): Program => (program === 'claude' ? 'codex' : 'claude')

/** The program that is in a turn and waits at its gate, now that it is the one whose turn it is. */
const atRest = (room: TrialRoom, gates: TrialDeps['gates']): Program | undefined =>
  (['claude', 'codex'] as const).find(program => {
    const seat = SEAT_OF[program]
    const { seats, outbox, holds, requests } = room.state()
    if (holds.length > 0 || requests.length > 0) return false
    if (outbox.some(({ status }) => status === 'sending')) return false
    if (seats[SEAT_OF[partnerOf(program)]].status.type !== 'idle') return false
    const { status } = seats[seat]
    if (status.type !== 'working') return false
    // Not what a turn that was killed has left at the gate.
    const since = Math.max(room.startedAt(seat), Date.parse(status.since) - EARLY_MS)
    return gates[program].waiting().some(at => at > since)
  })

const pulse = (gate: Gate): void => {
  gate.open()
  gate.close()
}

/** What reached the busy one beside the trial may wait for its next step: then it is let go on. */
const rest = async (room: TrialRoom, { gates }: TrialDeps, not?: Program): Promise<Program> => {
  const nudge = setInterval(() => Object.values(gates).forEach(pulse), NUDGE_MS)
  return room
    .until('rest', () => {
      const found = atRest(room, gates)
      return found !== not && found
    })
    .finally(() => clearInterval(nudge))
}

/** Runs them in the order in which the pair comes by; a pair that has ended is followed by another. */
export const runTrials = async (deps: TrialDeps, plans: readonly Plan[]): Promise<readonly TrialResult[]> => {
  const results: TrialResult[] = []
  let left = [...plans]
  while (left.length > 0) {
    const room = await enterRoom(deps.world, deps.bundle)
    const mine: { result: TrialResult; id: string }[] = []
    try {
      while (left.length > 0 && room.state().round < 80) {
        const busy = await rest(room, deps)
        const plan = left.find(({ to, way }) => (way === 'busy' ? to === busy : to !== busy))
        if (plan === undefined) {
          // Nothing is left for how they stand: the busy one hands over.
          pulse(deps.gates[busy])
          await rest(room, deps, busy)
          continue
        }
        left = left.filter(each => each !== plan)
        mine.push(await runOne(room, deps, plan, busy))
      }
      results.push(...(await judged(room, deps, mine)))
    } finally {
      for (const gate of Object.values(deps.gates)) gate.open()
      await room.leave()
      for (const gate of Object.values(deps.gates)) gate.close()
    }
  }
  return results
}

const runOne = async (
  room: TrialRoom,
  { gates, random }: TrialDeps,
  plan: Plan,
  busy: Program,
): Promise<{ result: TrialResult; id: string }> => {
  const begun = performance.now()
  const from = room.events().length
  const seat = SEAT_OF[plan.to]
  const words = `${MARK} ${plan.number} ${random.words(2)}`
  if (plan.way === 'handoff') gates[busy].open()
  else void room.command({ type: 'steer', to: seat, when: 'now', text: words })
  const queued = await room.until('the message', () =>
    room
      .events()
      .slice(from)
      .find(event => event.type === 'deliveryQueued' && event.to === seat && fits(event, plan, words)),
  )
  const { id } = queued as Extract<Stamped, { type: 'deliveryQueued' }>
  if (plan.way === 'handoff') await room.until('its sending', () => of(room, id, 'deliverySending')[0])
  await wait(plan.after)
  const killed = await strike(room, plan)
  gates[busy].open()
  const fate = () => {
    const entry = room.state().outbox.find(each => each.id === id)
    return entry === undefined || entry.status === 'accepted'
  }
  const faults: string[] = []
  try {
    await killed.recovered
    await room.until('its fate', fate)
  } catch (error) {
    faults.push(error instanceof Error ? error.message : String(error))
  }
  gates[busy].close()
  const seconds = (performance.now() - begun) / 1000
  if (faults.length > 0)
    throw new Error(JSON.stringify({ ...plan, id, faults, trail: trailOf(room, id, from) }, null, 1))
  return { result: { ...plan, struck: killed.struck, faults, seconds, trail: trailOf(room, id, from) }, id }
}

const fits = (event: Extract<Stamped, { type: 'deliveryQueued' }>, { way }: Plan, words: string): boolean =>
  way === 'handoff' ? event.kind === 'handoff' : event.text.includes(words)

const of = (room: TrialRoom, id: string, type: Stamped['type']): readonly Stamped[] =>
  room.events().filter(event => event.type === type && 'id' in event && event.id === id)

const trailOf = (room: TrialRoom, id: string, from: number): readonly string[] =>
  room
    .events()
    .slice(from)
    .flatMap(event => {
      const own = 'id' in event && event.id === id
      const life =
        /^(seat(Starting|Ready|Exited|Failed)|pairReopened|turn(Started|Ended)|held|released|noticed)$/
      if (!own && !life.test(event.type)) return []
      const seat = 'seat' in event ? ` ${event.seat}` : ''
      const why = 'why' in event ? ` ${JSON.stringify(event.why).slice(0, 80)}` : ''
      return [`${event.at.slice(17, 23)} ${event.type}${seat}${own ? ` ${id}` : ''}${why}`]
    })

/** Each agent is asked once more, and what its model is then told is looked through. */
const judged = async (
  room: TrialRoom,
  deps: TrialDeps,
  trials: readonly { readonly result: TrialResult; readonly id: string }[],
): Promise<readonly TrialResult[]> => {
  const { world, gates, random } = deps
  const faults = new Map<string, string[]>()
  const blame = (id: string, what: string): void => void faults.set(id, [...(faults.get(id) ?? []), what])
  for (const program of ['claude', 'codex'] as const) {
    const seat = SEAT_OF[program]
    const words = `${MARK} count ${random.words(2)}`
    await rest(room, deps)
    const refused = await room.command({ type: 'steer', to: seat, when: 'now', text: words })
    if (refused !== null) throw new Error(refused)
    gates[program].open()
    await room.until('the count', () => asked(world, program, words))
    gates[program].close()
    const { times, merged } = heardBy(world, program, words)
    for (const both of merged) for (const id of both.split(' with ')) blame(id, `merged: ${both}`)
    for (const [id, what] of fates(room, seat)) {
      const count = times.get(id) ?? 0
      const wanted = what === 'accepted' ? 1 : 0
      if (what !== 'open' && count !== wanted) blame(id, `${what}, and ${count} times in the conversation`)
    }
    const sessions = new Set(
      room
        .events()
        .flatMap(event => (event.type === 'seatReady' && event.seat === seat ? [event.session] : [])),
    )
    if (sessions.size > 1) blame('session', `${program} had ${[...sessions].join(', ')}`)
  }
  const known = new Set(trials.map(({ id }) => id))
  const others = [...faults].filter(([id]) => !known.has(id))
  if (others.length > 0)
    throw new Error(
      `beside the trials: ${JSON.stringify(
        others.map(([id, what]) => ({ id, what, trail: trailOf(room, id, 0) })),
        null,
        1,
      )}`,
    )
  return trials.map(({ result, id }) => ({ ...result, faults: faults.get(id) ?? [] }))
}

const asked = (world: World, program: Program, words: string): boolean => {
  try {
    heardBy(world, program, words)
    return true
  } catch {
    return false
  }
}

/** What the journal says became of each message to this seat, those left out that travelled in another. */
const fates = (room: TrialRoom, seat: string): ReadonlyMap<string, 'accepted' | 'dropped' | 'open'> => {
  const found = new Map<string, 'accepted' | 'dropped' | 'open'>()
  for (const event of room.events()) {
    if (event.type === 'deliveryQueued' && event.to === seat) found.set(event.id, 'open')
    if (event.type === 'deliveryAccepted' && found.has(event.id)) found.set(event.id, 'accepted')
    if (event.type === 'deliveryDropped' && found.has(event.id)) found.set(event.id, 'dropped')
    if (event.type === 'deliverySending') for (const id of event.carries) found.delete(id)
  }
  return found
}
