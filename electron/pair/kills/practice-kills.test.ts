/**
 * Real hosts with practice agents in real terminals, killed with SIGKILL at random times: the host alone, the host with
 * all that it started, or one agent's program. `DUOLOGUE_KILLS` makes it longer, `DUOLOGUE_FAULT_SEED` another one.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { PRACTICE_INTENTS, PRACTICE_PROOF } from '../../../shared/pair/practice'
import { judge } from '../faults/judge'
import { createRandom } from '../faults/random'
import { bundleHost } from './hosted'
import { type PlayDeps, type Played, play } from './play'
import { practiceRecords } from './practice-record'

const KILLS = Number(process.env.DUOLOGUE_KILLS ?? 10)
const SEED = Number(process.env.DUOLOGUE_FAULT_SEED ?? 1)

vi.setConfig({ testTimeout: 120_000 + KILLS * 20_000, hookTimeout: 60_000 })

let root: string
let bundle: string
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'kills-'))
  bundle = await bundleHost(join(root, 'out'))
})
afterAll(() => rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }))

const onePair = (seed: number, kill: Pick<PlayDeps, 'mayKill' | 'killed'>): Promise<Played> => {
  const home = join(root, String(seed))
  mkdirSync(home)
  const data = join(home, 'data')
  return play({
    bundle,
    data,
    env: {
      PATH: process.env.PATH ?? '',
      HOME: home,
      LANG: 'C.UTF-8',
      SHELL: '/bin/sh',
      DUOLOGUE_DATA: data,
      DUOLOGUE_TEST_KILLS: root,
    },
    request: {
      folder: null,
      intent: PRACTICE_INTENTS.slugify,
      left: { agent: 'practice' },
      right: { agent: 'practice' },
      rounds: 20,
      planFirst: seed % 3 === 0 ? 'reviewed' : 'no',
      doubleReview: seed % 2 === 0,
      ...(seed % 4 < 3 ? { proof: { command: PRACTICE_PROOF, limitSeconds: 60 } } : {}),
    },
    random: createRandom(seed),
    habits: { steer: 0.1, pause: 0.02 },
    restore: 0.02,
    ...kill,
  })
}

/** Command lines of what still runs of these hosts. */
const left = (): readonly string[] =>
  readdirSync('/proc').flatMap(pid => {
    if (!/^\d+$/.test(pid) || pid === String(process.pid)) return []
    try {
      const marked = readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`DUOLOGUE_TEST_KILLS=${root}`)
      return marked ? [readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()] : []
    } catch {
      return [] // it ended while we looked, or is not ours to read
    }
  })

test(`${KILLS} kills of real processes: nothing lost, doubled or merged`, async () => {
  const sum = { pairs: 0, relays: 0, steers: 0, host: 0, power: 0, program: 0 }
  const phases = new Map<string, number>()
  const ends = new Map<string, number>()
  let killed = 0
  for (let seed = SEED; killed < KILLS; seed += 1) {
    const kill = {
      mayKill: () => killed < KILLS,
      killed: () => {
        killed += 1
      },
    }
    const played = await onePair(seed, kill).catch((error: unknown) => {
      throw new Error(`seed ${seed}: ${String(error)}`)
    })
    const { taken, again } = practiceRecords(played.dir)
    const { relays, steers, ...faults } = judge(played.events, taken)
    const stuck = played.events.filter(event => event.type === 'held' && event.why.type === 'noPlan')
    const found = { seed, ...faults, again, stuck, broken: played.broken }
    const none = { lost: [], doubled: [], merged: [], wrong: [], again: [], stuck: [], broken: [] }
    expect(found).toEqual({ seed, ...none })
    sum.pairs += 1
    sum.relays += relays
    sum.steers += steers
    for (const kind of ['host', 'power', 'program'] as const) sum[kind] += played.kills[kind]
    for (const phase of played.killedIn) phases.set(phase, (phases.get(phase) ?? 0) + 1)
    const end = played.state.stage.phase === 'ended' ? played.state.stage.reason : 'open'
    ends.set(end, (ends.get(end) ?? 0) + 1)
    // What outlives a killed host ends by itself.
    await expect.poll(left, { timeout: 20_000 }).toEqual([])
  }
  console.log(sum, Object.fromEntries(phases), Object.fromEntries(ends))
})
