/** The practice pair as a whole: the relay's own machine and host, two seats in real terminals, a real repository. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { asPairId } from '../../../shared/ids'
import type { Stamped } from '../../../shared/pair/events'
import type { Start } from '../../../shared/pair/inputs'
import type { PairState } from '../../../shared/pair/model'
import { PRACTICE_INTENT } from '../../../shared/pair/practice'
import { createLivePair, type LivePair } from '../../pair/live'
import { spawnNodePty } from '../../pty/node-pty'
import { snapshotBase } from '../../workspace/measure'
import { createPairWork } from '../../workspace/pair-work'
import { makeScratch } from '../../workspace/scratch'
import type { Agent } from '../agent'
import { bundleProgram } from './harness'
import { createPractice } from './practice'

let out: string
let program: string
let root: string
let folder: string
let base: string | null
let live: LivePair | null = null
const env = () => ({ PATH: process.env.PATH ?? '', HOME: root, LANG: 'C.UTF-8' })

beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), 'practice-bundle-'))
  program = await bundleProgram(out)
}, 60_000)
afterAll(() => rm(out, { recursive: true, force: true }))
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'practice-pair-'))
  const scratch = await makeScratch(root, env())
  if (!scratch.ok) throw new Error(scratch.error.message)
  folder = scratch.value
  base = await snapshotBase(folder, asPairId('p1'), root)
})
afterEach(async () => {
  await live?.close()
  await rm(root, { recursive: true, force: true })
})

/** Answers whatever is asked, as a human would from the inbox, and settles when `until` says so. */
function run(events: readonly Stamped[], until: (state: PairState) => boolean): Promise<PairState> {
  const practice: Agent = createPractice({
    program: { file: process.execPath, args: [program], env: { DUOLOGUE_PRACTICE_PACE: '0' } },
    version: '1.2.3',
  })
  const answered = new Set<string>()
  return new Promise((resolve, reject) => {
    const onEvents = (added: readonly Stamped[], state: PairState) => {
      if (until(state)) return resolve(state)
      const reopened = events.length > 0
      if (state.holds.length > 0 && !reopened) return reject(new Error(JSON.stringify(state.holds)))
      if (added.some(event => event.type === 'held' && event.why.type === 'paused'))
        void pair.command({ type: 'resume' })
      for (const event of added) {
        if (event.type !== 'requestOpened' || answered.has(event.request.id)) continue
        answered.add(event.request.id)
        const { id, type } = event.request
        const answer =
          type === 'approval'
            ? ({ type, choice: 'allow' } as const)
            : ({ type, answers: { q1: ['Strip'] } } as const)
        void pair.command({ type: 'answer', id, answer })
      }
    }
    const pair = createLivePair(
      {
        ...{ pair: asPairId('p1'), dir: root, events, nextSeq: events.length, env: env(), onEvents },
        journal: {
          append: () => Promise.resolve({ ok: true, value: undefined }),
          close: () => Promise.resolve(),
        },
        agents: { practice, claude: practice, codex: practice },
        spawn: spawnNodePty,
        size: () => ({ cols: 100, rows: 30 }),
        makeDir: async path => void (await mkdir(path, { recursive: true, mode: 0o700 })),
        work: createPairWork({ pair: asPairId('p1'), dir: root, env: env(), onProofOutput: () => undefined }),
        now: () => new Date(),
        onStorageTrouble: () => undefined,
        log: () => undefined,
      },
      'left',
    )
    live = pair
    const input =
      events.length === 0
        ? ({ type: 'start', start: start() } as const)
        : ({ type: 'command', command: { type: 'reopen' } } as const)
    void pair.submit(input).then(result => {
      if (!result.ok) reject(new Error(result.error.message))
    })
  })
}

const start = (): Start => ({
  ...{ pair: asPairId('p1'), salt: 'abcd', intent: PRACTICE_INTENT, folder, branch: 'main', git: true, base },
  seats: { left: { agent: 'practice' }, right: { agent: 'practice' } },
  driver: 'left',
  caps: { rounds: 5 },
})

const typesOf = (events: readonly Stamped[], ...types: readonly Stamped['type'][]) =>
  events.filter(event => types.includes(event.type)).map(event => event.type)

test('it agrees in the second round, by its own work', async () => {
  const state = await run([], ({ stage }) => stage.phase === 'ended')
  expect(state.stage).toMatchObject({ phase: 'ended', reason: 'agreed' })
  expect(state.round).toBe(2)
  const events = live?.events() ?? []
  expect(typesOf(events, 'reviewed', 'requestOpened')).toEqual([
    'requestOpened',
    'requestOpened',
    'reviewed',
    'reviewed',
  ])
  expect(events.filter(({ type }) => type === 'deliveryAccepted')).toHaveLength(4)
})

test('closed in the middle of a turn, it is reopened with the same sessions and comes to its end', async () => {
  await run([], ({ stage, seats }) => stage.phase === 'reviewing' && seats.right.status.type === 'working')
  const first = live
  await first?.close()
  const before = first?.events() ?? []
  const state = await run(before, ({ stage }) => stage.phase === 'ended')
  expect(state.stage).toMatchObject({ reason: 'agreed' })
  const sessions = (live?.events() ?? []).flatMap(event =>
    event.type === 'seatReady' ? [event.session] : [],
  )
  expect(new Set(sessions).size).toBe(2)
  expect(sessions.length).toBe(4)
})
