/**
 * Hosts and programs die at random times, messages vanish on their way, and the human steers, edits, drops and pauses
 * meanwhile. `DUOLOGUE_FAULT_RELAYS` makes it longer, `DUOLOGUE_FAULT_SEED` another one.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { POINTS } from './fault-disk'
import { judge } from './judge'
import { createRandom } from './random'
import { takenIn } from './record'
import { type Outcome, play } from './world'

const RELAYS = Number(process.env.DUOLOGUE_FAULT_RELAYS ?? 500)
const SEED = Number(process.env.DUOLOGUE_FAULT_SEED ?? 1)
/** Pairs at a time: they wait for the disk most of the time. */
const WIDTH = 4

vi.setConfig({ testTimeout: 180_000 + RELAYS * 1_000 })

const good = { lost: [], doubled: [], merged: [], wrong: [] }

const onePair = (root: string, seed: number): Promise<Outcome> => {
  const random = createRandom(seed)
  return play({
    root,
    random,
    plot: { passAt: 8 },
    request: {
      intent: 'Make it right.',
      rounds: 40,
      planFirst: seed % 3 === 0 ? 'approved' : seed % 3 === 1 ? 'no' : 'reviewed',
      doubleReview: seed % 2 === 0,
      ...(seed % 4 < 2 ? { proof: { command: 'true', limitSeconds: 20 } } : {}),
    },
    faults: {
      host: write =>
        write > 0 && random.chance(0.03) ? (POINTS[random.below(POINTS.length)] ?? 'before') : null,
      seat: 0.01,
      loss: 0.05,
      refusal: 0.1,
    },
    habits: { steer: 0.12, pause: 0.03 },
  })
}

test(`${RELAYS} relays with kills at random times: none lost, doubled or merged`, async () => {
  const root = await mkdtemp(join(tmpdir(), 'faults-'))
  const sum = { pairs: 0, relays: 0, steers: 0, hostKills: 0, seatKills: 0 }
  const phases = new Map<string, number>()
  let next = SEED
  const worker = async (): Promise<void> => {
    while (sum.relays < RELAYS) {
      const seed = next++
      const outcome = await onePair(join(root, String(seed)), seed).catch((error: unknown) => {
        throw new Error(`seed ${seed}: ${String(error)}`)
      })
      const { relays, steers, ...faults } = judge(outcome.events, takenIn(outcome.records))
      expect({ seed, ...faults, broken: outcome.broken }).toEqual({ seed, ...good, broken: [] })
      sum.pairs += 1
      sum.relays += relays
      sum.steers += steers
      sum.hostKills += outcome.kills.host
      sum.seatKills += outcome.kills.seat
      for (const phase of outcome.killedIn) phases.set(phase, (phases.get(phase) ?? 0) + 1)
    }
  }
  await Promise.all(Array.from({ length: WIDTH }, worker))
  expect(sum.hostKills).toBeGreaterThan(0)
  expect(sum.seatKills).toBeGreaterThan(0)
  console.log('random kills', JSON.stringify({ ...sum, killedIn: Object.fromEntries(phases) }))
  await rm(root, { recursive: true, force: true })
})
