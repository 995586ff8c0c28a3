/** The practice pair as a whole, in both its tasks: what it agrees on is what is in the repository. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Stamped } from '../../../shared/pair/events'
import { PRACTICE_PROOF } from '../../../shared/pair/practice'
import { stateOf } from '../../../shared/review/finding'
import { bundleProgram } from './harness'
import { createPairBench, type PairBench } from './pair-bench'

// Several programs, one after the other, on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000 })

const program = bundleProgram()
let bench: PairBench

beforeEach(async () => {
  bench = await createPairBench(program())
})
afterEach(() => bench.clear())

const proof = { command: PRACTICE_PROOF, limitSeconds: 60 }
const typesOf = (events: readonly Stamped[], ...types: readonly Stamped['type'][]) =>
  events.filter(event => types.includes(event.type)).map(event => event.type)
const only = <T extends Stamped['type']>(type: T) =>
  bench.events().filter((event): event is Extract<Stamped, { type: T }> => event.type === type)
const source = (file: string) => readFile(join(bench.folder(), file), 'utf8')

describe('the first task', () => {
  test('it agrees in the second round, by its own work', async () => {
    const state = await bench.run({ terms: { proof } })
    expect(state.stage).toMatchObject({ phase: 'ended', reason: 'agreed' })
    expect(state.round).toBe(2)
    expect(typesOf(bench.events(), 'reviewed', 'requestOpened')).toEqual([
      'requestOpened',
      'requestOpened',
      'reviewed',
      'reviewed',
    ])
    expect(only('deliveryAccepted')).toHaveLength(4)
    expect(only('proofEnded').map(({ result }) => result.outcome)).toEqual([
      { type: 'exited', code: 0 },
      { type: 'exited', code: 0 },
    ])
    expect(state.findings.map(stateOf).sort()).toEqual(['fixed', 'fixed', 'fixed', 'followUp'])
  })

  test('plan first: the plan is asked to name tests, and then the work begins', async () => {
    const state = await bench.run({ terms: { planFirst: 'reviewed', holdUnplanned: true } })
    expect(state.stage).toMatchObject({ reason: 'agreed' })
    expect(state.plans.map(({ items }) => items.length)).toEqual([2, 3])
    expect(state.plans[1]?.reason).toContain('adds a test')
  })

  test('closed in the middle of a turn, it is reopened with the same sessions and comes to its end', async () => {
    await bench.run(
      {},
      ({ stage, seats }) => stage.phase === 'reviewing' && seats.right.status.type === 'working',
    )
    await bench.closeApp()
    const state = await bench.reopen({})
    expect(state.stage).toMatchObject({ reason: 'agreed' })
    const sessions = only('seatReady').map(({ session }) => session)
    expect(new Set(sessions).size).toBe(2)
    expect(sessions.length).toBe(4)
  })
})

describe('the second task', () => {
  test('a proof that fails once, a finding rejected for a reason, a follow-up, and agreement', async () => {
    const state = await bench.run({ task: 'truncate', terms: { proof } })
    expect(state.stage).toMatchObject({ phase: 'ended', reason: 'agreed' })
    expect(state.round).toBe(2)
    expect(only('proofEnded').map(({ result }) => result.outcome)).toEqual([
      { type: 'exited', code: 1 },
      { type: 'exited', code: 0 },
      { type: 'exited', code: 0 },
    ])
    expect(only('proofSentBack').map(({ count }) => count)).toEqual([1, 0])
    expect(state.findings.map(record => [stateOf(record), record.finding.file])).toEqual([
      ['fixed', 'src/truncate.js'],
      ['rejected', 'src/truncate.js'],
      ['followUp', 'bin/slugify.js'],
    ])
    expect(state.findings[1]?.answer?.reason).toMatch(/README\.md:\d+ decides it/)
    expect(await source('test/truncate.test.js')).toContain('a first word that is too long stays whole')
  })

  test('plan first: what the proof brings up goes into the plan, with its reason', async () => {
    const terms = { planFirst: 'reviewed', proof, holdUnplanned: true } as const
    const state = await bench.run({ task: 'truncate', terms })
    expect(state.stage).toMatchObject({ reason: 'agreed' })
    expect(state.plans.map(({ items }) => items.flatMap(({ files }) => files))).toEqual([
      ['src/truncate.js'],
      ['src/truncate.js', 'test/truncate.test.js'],
      ['src/truncate.js', 'test/truncate.test.js', 'README.md'],
    ])
    expect(state.plans[2]?.reason).toContain('no section for truncate()')
  })
})

describe('blind double review', () => {
  for (const task of ['slugify', 'truncate'] as const) {
    test(`each finds what the other does not: ${task}`, async () => {
      const state = await bench.run({ task, terms: { doubleReview: true, proof } })
      expect(state.stage).toMatchObject({
        reason: 'agreed',
        detail: expect.stringContaining('Both passed it'),
      })
      const seen = only('reviewed')[0]?.findings.map(({ seenBy }) => seenBy) ?? []
      expect(new Set(seen)).toEqual(new Set(['both', 'navigator', 'driver']))
      // What was matched says the same.
      const review = only('reviewed')[0]
      const submitted = only('reviewSubmitted').flatMap(event => event.review.findings)
      const saying = (id: string) =>
        submitted
          .find(each => each.id === id)
          ?.text.split(': ')
          .at(-1)
      expect(review?.matches?.length).toBeGreaterThan(0)
      for (const match of review?.matches ?? []) expect(saying(match.navigator)).toBe(saying(match.driver))
    })
  }
})
