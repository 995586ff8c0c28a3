/**
 * 100 trials of a delivery to the real Claude Code, Codex and opencode: to one that is idle, busy or being started, each
 * with something killed around it.
 * Judged is what the model server was asked: each message stands once, alone, in the conversation that lives on.
 * `DUOLOGUE_TRIALS` makes more or fewer, `DUOLOGUE_FAULT_SEED` other ones; it repeats the choices, not the timing.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { makeWorld, type World } from '../../../../e2e/contracts/world'
import { createRandom } from '../../faults/random'
import { bundleHost } from '../hosted'
import { type Program, scriptModels } from './models'
import { type Pairing, planTrials, tableOf } from './plan'
import { runTrials } from './trials'

const TRIALS = Number(process.env.DUOLOGUE_TRIALS ?? 100)
const SEED = Number(process.env.DUOLOGUE_FAULT_SEED ?? 1)

const LIMIT_MS = 300_000 + TRIALS * 15_000

vi.setConfig({ testTimeout: LIMIT_MS, hookTimeout: 60_000 })

let out: string
let world: World
let bundle: string
beforeAll(async () => {
  out = mkdtempSync(join(tmpdir(), 'trials-'))
  bundle = await bundleHost(out)
  world = await makeWorld({ lifetimeMs: LIMIT_MS })
})
afterAll(async () => {
  await world.leave()
  rmSync(out, { recursive: true, force: true })
})

test(`${TRIALS} trials: each message once, alone, in the exact session`, async () => {
  const random = createRandom(SEED)
  let driver: Program = 'claude'
  const gates = scriptModels(world, random, program => program === driver)
  const cast = ({ left }: Pairing): void => {
    driver = left
  }
  const begun = performance.now()
  const plans = planTrials(TRIALS, random)
  const results = await runTrials({ world, bundle, gates, cast, random }, plans).catch((error: unknown) => {
    throw new Error(`seed ${SEED}: ${String(error)}`)
  })
  const seconds = (performance.now() - begun) / 1000
  console.log(`${tableOf(results)}\n${results.length} trials in ${seconds.toFixed(0)} s, seed ${SEED}`)
  const failed = results.filter(({ faults }) => faults.length > 0)
  expect(failed.map(result => ({ seed: SEED, ...result }))).toEqual([])
  expect(world.strayed()).toEqual([])
})
