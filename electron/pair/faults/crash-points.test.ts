/** The host is killed at every write of the journal, in every way that a write can be cut. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { POINTS } from './fault-disk'
import { judge } from './judge'
import { createRandom } from './random'
import { takenIn } from './record'
import type { Faults } from './scenario'
import { type Outcome, play } from './world'

vi.setConfig({ testTimeout: 300_000 })

const WIDTH = 8

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'faults-'))
})
afterEach(() => rm(root, { recursive: true, force: true }))

const request = {
  intent: 'Make it right.',
  rounds: 20,
  planFirst: 'reviewed',
  proof: { command: 'true', limitSeconds: 20 },
  doubleReview: true,
  minutes: 500,
} as const

const once = (name: string, seed: number, host: Faults['host']): Promise<Outcome> =>
  play({
    root: join(root, name),
    random: createRandom(seed),
    plot: { passAt: 4 },
    request,
    faults: { host, seat: 0, loss: 0, refusal: 0 },
    habits: { steer: 0, pause: 0 },
  })

const good = { lost: [], doubled: [], merged: [], wrong: [] }

describe('a host that is killed', () => {
  test('without a fault, it agrees', async () => {
    const outcome = await once('none', 1, () => null)
    expect(outcome.state.stage).toMatchObject({ phase: 'ended', reason: 'agreed' })
    expect(judge(outcome.events, takenIn(outcome.records))).toMatchObject({ ...good, relays: 10 })
    expect(outcome.broken).toEqual([])
  })

  for (const point of POINTS) {
    test(`at every write: ${point}`, async () => {
      const { writes } = await once('count', 1, () => null)
      const phases = new Map<string, number>()
      const check = async (at: number): Promise<void> => {
        const outcome = await once(`${point}-${at}`, at, write => (write === at ? point : null)).catch(
          (error: unknown) => {
            throw new Error(`${point} at ${at}: ${String(error)}`)
          },
        )
        const verdict = judge(outcome.events, takenIn(outcome.records))
        expect({ at, ...verdict, broken: outcome.broken }).toMatchObject({ ...good, broken: [] })
        expect(outcome.state.stage).toMatchObject({ phase: 'ended', reason: 'agreed' })
        for (const phase of outcome.killedIn) phases.set(phase, (phases.get(phase) ?? 0) + 1)
      }
      // Some at a time: they wait for the disk mostly.
      for (let at = 1; at < writes; at += WIDTH)
        await Promise.all(Array.from({ length: Math.min(WIDTH, writes - at) }, (_, more) => check(at + more)))
      console.log(point, writes, Object.fromEntries(phases))
    })
  }
})
