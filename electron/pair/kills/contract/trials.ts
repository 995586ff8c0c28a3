/**
 * One trial: a message goes to a program that is idle or busy, and something is killed within the next moments. It is
 * over when the pair's journal says what became of the message and the pair works on.
 */
import { setTimeout as wait } from 'node:timers/promises'
import type { World } from '../../../../e2e/contracts/world'
import type { Stamped } from '../../../../shared/pair/events'
import { otherSeat, type SeatId } from '../../../../shared/pair/seat'
import type { Random } from '../../faults/random'
import { isLife, lineOf } from '../trail'
import { heardBy } from './conversations'
import { type Gate, type Gates, MARK, type Program } from './models'
import type { Pairing, Plan, RoomPlan, TrialResult } from './plan'
import { enterRoom, type TrialRoom } from './room'
import { type Strike, strike } from './strike'

export interface TrialDeps {
  readonly world: World
  readonly bundle: string
  readonly gates: Gates
  /** Says who is in the seats from now on. */
  readonly cast: (pairing: Pairing) => void
  readonly random: Random
}

const NUDGE_MS = 4_000
/** The model may be asked before the host has written that the turn began. */
const EARLY_MS = 300

const otherSeatOf = (room: TrialRoom, program: Program): SeatId => otherSeat(room.seatOf(program))

/** The program that is in a turn and waits at its gate, now that it is the one whose turn it is. */
const atRest = (room: TrialRoom, gates: TrialDeps['gates']): Program | undefined =>
  room.programs.find(program => {
    const seat = room.seatOf(program)
    const { seats, outbox, holds, requests } = room.state()
    if (holds.length > 0 || requests.length > 0) return false
    if (outbox.some(({ status }) => status === 'sending')) return false
    if (seats[otherSeatOf(room, program)].status.type !== 'idle') return false
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

/** Runs them in the order in which the pair comes by; a pair that has run out of rounds is followed by another. */
export const runTrials = async (
  deps: TrialDeps,
  plans: readonly RoomPlan[],
): Promise<readonly TrialResult[]> => {
  const results: TrialResult[] = []
  for (const plan of plans) {
    let left = [...plan.rest]
    let opening = plan.opening
    do {
      deps.cast(plan.pairing)
      const room = await enterRoom(deps, plan.pairing)
      const mine: Judgeable[] = []
      try {
        if (opening !== null) mine.push(await runOpening(room, opening))
        opening = null
        while (left.length > 0 && room.state().round < 80) {
          const made = await runNext(room, deps, left)
          left = left.filter(({ number }) => number !== made?.result.number)
          if (made !== null) mine.push(made)
        }
        results.push(...(await judged(room, deps, mine)))
      } finally {
        for (const gate of Object.values(deps.gates)) gate.open()
        await room.leave()
        for (const gate of Object.values(deps.gates)) gate.close()
      }
    } while (left.length > 0)
  }
  return results
}

interface Judgeable {
  readonly result: TrialResult
  readonly id: string
}

/** Null: nothing is left for how they stand, and the busy one has handed over. */
const runNext = async (
  room: TrialRoom,
  deps: TrialDeps,
  left: readonly Plan[],
): Promise<Judgeable | null> => {
  const busy = await rest(room, deps)
  const plan = left.find(({ to, way }) => (way === 'busy' ? to === busy : to !== busy))
  if (plan !== undefined) return runOne(room, deps, plan, busy)
  pulse(deps.gates[busy])
  await rest(room, deps, busy)
  return null
}

/** The message that begins the pair, while its program starts, or right after it has taken it. */
const runOpening = async (room: TrialRoom, plan: Plan): Promise<Judgeable> => {
  const begun = performance.now()
  const { id, to } = (await room.until('the opening', () =>
    room.events().find(event => event.type === 'deliveryQueued' && event.kind === 'opening'),
  )) as Extract<Stamped, { type: 'deliveryQueued' }>
  const isReady = () => room.events().some(event => event.type === 'seatReady' && event.seat === to)
  if (plan.way === 'ready') await room.until('the program', isReady)
  if (plan.way === 'opened') await room.until('its acceptance', () => of(room, id, 'deliveryAccepted')[0])
  await wait(plan.after)
  return finish(room, plan, { id, begun, from: 0, early: isOpen(room, id) }, await strike(room, plan))
}

const isOpen = (room: TrialRoom, id: string): boolean => of(room, id, 'deliveryAccepted').length === 0

const runOne = async (
  room: TrialRoom,
  { gates, random }: TrialDeps,
  plan: Plan,
  busy: Program,
): Promise<Judgeable> => {
  const begun = performance.now()
  const from = room.events().length
  const seat = room.seatOf(plan.to)
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
  const early = isOpen(room, id)
  const killed = await strike(room, plan)
  gates[busy].open()
  const made = await finish(room, plan, { id, begun, from, early }, killed)
  gates[busy].close()
  return made
}

interface Begun {
  readonly id: string
  /** By `performance.now`. */
  readonly begun: number
  /** Events before it. */
  readonly from: number
  readonly early: boolean
}

/** A trial is over when all is up again and the message has been taken, or dropped. */
const finish = async (
  room: TrialRoom,
  plan: Plan,
  { id, begun, from, early }: Begun,
  { struck, recovered }: Strike,
): Promise<Judgeable> => {
  const fate = () => {
    const entry = room.state().outbox.find(each => each.id === id)
    return entry === undefined || entry.status === 'accepted'
  }
  try {
    await recovered
    await room.until('its fate', fate)
  } catch (error) {
    const trail = trailOf(room, id, from)
    throw new Error(JSON.stringify({ ...plan, id, fault: String(error), trail }, null, 1))
  }
  const seconds = (performance.now() - begun) / 1000
  return { result: { ...plan, struck, early, faults: [], seconds, trail: trailOf(room, id, from) }, id }
}

const fits = (event: Extract<Stamped, { type: 'deliveryQueued' }>, { way }: Plan, words: string): boolean =>
  way === 'handoff' ? event.kind === 'handoff' : event.text.includes(words)

const of = (room: TrialRoom, id: string, type: Stamped['type']): readonly Stamped[] =>
  room.events().filter(event => event.type === type && 'id' in event && event.id === id)

const trailOf = (room: TrialRoom, id: string, from: number): readonly string[] =>
  room
    .events()
    .slice(from)
    .filter(
      event => isLife(event) || /^(?:held|released)$/.test(event.type) || ('id' in event && event.id === id),
    )
    .map(lineOf)

/** Each agent is asked once more, and what its model is then told is looked through. */
const judged = async (
  room: TrialRoom,
  deps: TrialDeps,
  trials: readonly Judgeable[],
): Promise<readonly TrialResult[]> => {
  const { world, gates, random } = deps
  const faults = new Map<string, string[]>()
  const blame = (id: string, what: string): void => void faults.set(id, [...(faults.get(id) ?? []), what])
  for (const program of room.programs) {
    const seat = room.seatOf(program)
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
