/** The soak (docs: reliability): fails for facts (lost, doubled, merged, orphans), never for times. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { answerDialogs, launchApp, test } from '../app'
import { familyOf } from '../family'
import { accountOfAll, linesOf } from './account'
import { chanceOf } from './chance'
import { deskOf } from './desk'
import { answerAll, disturb, hasEnded, letGoOn, type Pair } from './human'
import { cpuDuring, fdsOf, growthOf, type Memory, memoryOf } from './machine'
import { tableOf, writeReport } from './report'

const INTENT = 'Make slugify() handle accents and repeated separators; keep the API.'
/** Milliseconds: between looks, between samples of memory, until a pair is helped, and until it counts as stalled. */
const LOOK = 200
const SAMPLE = 3_000
const QUIET = 3_000
const STALL = 60_000

interface Plan {
  readonly minutes: number
  readonly pairs: number
  readonly seed: number
}
interface Kept {
  readonly id: string
  /** Nobody disturbs it: it runs to the end. */
  readonly calm: boolean
  seen: number
  movedAt: number
  helpedAt: number
}

test('soak', async ({ room }) => {
  const plan = JSON.parse(process.env.DUOLOGUE_SOAK ?? '{}') as Plan
  const chance = chanceOf(plan.seed)
  const pairsDir = join(room.data, 'pairs')
  const { app } = await launchApp(room.env)
  // Its page is killed more often than any page dies, and the human wants it back each time.
  await answerDialogs(app, 'Try again')
  const desk = deskOf(app)
  const main = app.process().pid ?? 0
  const begun = performance.now()
  const passed = () => performance.now() - begun
  const fdsAtBegin = fdsOf(main)
  const kept = new Map<string, Kept>()
  const deeds: Record<string, number> = {}
  const stalled: string[] = []
  const failed: string[] = []
  const samples: Memory[] = []

  const pairOf = (id: string): Pair => ({ id, main, events: linesOf(join(pairsDir, id, 'journal.jsonl')) })
  /** What goes wrong with a window that is just being killed is noted, and the soak goes on. */
  const attempt = async (what: string, work: () => Promise<unknown>): Promise<void> => {
    try {
      await work()
    } catch (error) {
      failed.push(`${(passed() / 1000).toFixed(0)} s ${what}: ${String(error).slice(0, 300)}`)
    }
  }
  const names = () => (existsSync(pairsDir) ? readdirSync(pairsDir) : [])
  const startPair = async (): Promise<void> => {
    const before = new Set(names())
    const refused = await desk.request('pairs.start', {
      folder: null,
      intent: INTENT,
      left: { agent: 'practice' },
      right: { agent: 'practice' },
      rounds: 5,
      proof: { command: 'node --test', limitSeconds: 120 },
      ...(chance.is(0.2) ? { doubleReview: true } : {}),
      ...(chance.is(0.2) ? { planFirst: 'reviewed' } : {}),
    })
    if (refused !== null) failed.push(`start: ${refused}`)
    for (const id of names().filter(name => !before.has(name)))
      kept.set(id, { id, calm: chance.is(0.4), seen: 0, movedAt: passed(), helpedAt: passed() })
    await desk.openNewest()
  }
  const finish = async (id: string): Promise<void> => {
    kept.delete(id)
    await desk.request('pairs.close', { pair: id })
  }
  /** One look at a pair: ended ones are closed, questions answered, one that stands still is helped on. */
  const look = async (each: Kept): Promise<void> => {
    const pair = pairOf(each.id)
    if (pair.events.length !== each.seen) {
      each.seen = pair.events.length
      each.movedAt = passed()
    }
    if (hasEnded(pair)) return finish(each.id)
    await answerAll(desk, pair, chance)
    const quiet = passed() - each.movedAt
    if (quiet > STALL) {
      const { type, seq } = pair.events.at(-1) ?? { type: 'nothing', seq: -1 }
      stalled.push(`${each.id} after ${seq} ${type}`)
      await desk.request('pair.command', { pair: each.id, command: { type: 'end' } })
      return finish(each.id)
    }
    if (quiet > QUIET && passed() - each.helpedAt > QUIET) {
      each.helpedAt = passed()
      await letGoOn(desk, pair)
    }
  }

  let sampledAt = -SAMPLE
  const sample = async (): Promise<void> => {
    if (passed() - sampledAt < SAMPLE) return
    sampledAt = passed()
    samples.push(await memoryOf(app, passed() / 1000))
  }

  const end = plan.minutes * 60_000
  while (passed() < end) {
    if (app.process().exitCode !== null) throw new Error(`the app ended after ${passed() / 1000} s`)
    if (kept.size < plan.pairs) await attempt('start', startPair)
    for (const each of [...kept.values()]) await attempt('look', () => look(each))
    const restless = [...kept.values()].filter(({ calm }) => !calm)
    if (restless.length > 0 && chance.is(0.5))
      await attempt('deed', async () => {
        const { deed, refused } = await disturb(desk, pairOf(chance.pick(restless).id), chance)
        const name = refused === null ? deed : `${deed}, refused`
        deeds[name] = (deeds[name] ?? 0) + 1
      })
    await attempt('sample', sample)
    await wait(LOOK)
  }
  // What is under way runs to its end, undisturbed.
  const drain = passed() + 90_000
  while (kept.size > 0 && passed() < drain) {
    for (const each of [...kept.values()]) await attempt('look', () => look(each))
    await wait(LOOK)
  }
  for (const id of [...kept.keys()]) {
    stalled.push(`${id} did not end in 90 s`)
    await attempt('end', () => finish(id))
  }
  await attempt('sample', sample)
  await wait(2_000)
  const fdsAtEnd = fdsOf(main)

  // Idle: a pair that waits for its human, so that both TUIs are up and do nothing.
  await attempt('start', startPair)
  await wait(8_000)
  const idleCpu = await cpuDuring(familyOf(main), () => wait(10_000))
  for (const id of [...kept.keys()]) await attempt('close', () => finish(id))

  await answerDialogs(app, 'Quit, go on later')
  await app.close()
  for (let tries = 0; tries < 50 && room.processes.left().length > 0; tries += 1) await wait(200)
  const orphans = room.processes.left()
  const log = join(room.data, 'logs', 'duologue.log')
  const steady = samples.filter(({ at }) => at > (plan.minutes * 60) / 3)
  const found = {
    ...accountOfAll(pairsDir),
    minutes: plan.minutes,
    pairsAtATime: plan.pairs,
    seed: plan.seed,
    deeds,
    stalled,
    growth: Object.fromEntries(['Browser', 'Tab', 'GPU'].map(kind => [kind, growthOf(steady, kind)])),
    memory: [samples[0]?.mb ?? {}, samples.at(-1)?.mb ?? {}] as const,
    idleCpu,
    fds: { begin: fdsAtBegin, end: fdsAtEnd },
    orphans,
    logged: existsSync(log) ? readFileSync(log, 'utf8').split('\n').filter(Boolean) : [],
    failed,
  }
  const path = writeReport(resolve(__dirname, '../..'), found)
  process.stdout.write(`\n${tableOf(found)}\n${path}\n`)
  const facts = { lost: found.lost, doubled: found.doubled, merged: found.merged, orphans }
  if (Object.values(facts).some(each => each.length > 0)) throw new Error(JSON.stringify(facts, null, 2))
})
