/** For tests: a whole practice pair – the relay's own machine and host, two seats in real terminals, real git. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asPairId } from '../../../shared/ids'
import type { Stamped } from '../../../shared/pair/events'
import type { Command, Start } from '../../../shared/pair/inputs'
import { noTerms, type PairState, type Terms } from '../../../shared/pair/model'
import { PRACTICE_INTENTS, type PracticeTask } from '../../../shared/pair/practice'
import { hashOfIntent } from '../../pair/intent'
import { createLivePair, type LivePair } from '../../pair/live'
import { spawnNodePty } from '../../pty/node-pty'
import { snapshotBase } from '../../workspace/measure'
import { createPairWork } from '../../workspace/pair-work'
import { makeScratch } from '../../workspace/scratch'
import type { Agent } from '../agent'
import { createPractice } from './practice'

export type Tell = (command: Command) => void

export interface Plot {
  readonly task?: PracticeTask
  readonly terms?: Partial<Terms>
  readonly rounds?: number
  /** Whether the tests may be run; yes when not said. */
  readonly approve?: boolean
  /** What the human does; called with what is new. Requests are answered by themselves. */
  readonly human?: (added: readonly Stamped[], state: PairState, tell: Tell) => void
}

export interface PairBench {
  readonly folder: () => string
  events(): readonly Stamped[]
  /** Settles when `until` says so; an unexpected hold is an error. */
  run(plot: Plot, until?: (state: PairState) => boolean): Promise<PairState>
  /** After `closeApp`: the same pair from its journal. */
  reopen(plot: Plot, until?: (state: PairState) => boolean): Promise<PairState>
  /** After the end: one command, and on to the next end. */
  goOn(command: Command): Promise<PairState>
  closeApp(): Promise<void>
  clear(): Promise<void>
}

const PAIR = asPairId('p1')
const hasEnded = ({ stage }: PairState): boolean => stage.phase === 'ended'

export async function createPairBench(program: string): Promise<PairBench> {
  const root = await mkdtemp(join(tmpdir(), 'practice-pair-'))
  const env = { PATH: process.env.PATH ?? '', HOME: root, LANG: 'C.UTF-8' }
  let live: LivePair | null = null
  /** Who waits for the pair's next end, beside what `run` waits for. */
  let onNextEnd: ((state: PairState) => void) | null = null
  let folder = ''

  const begin = async ({ task = 'slugify', terms, rounds = 5 }: Plot): Promise<Start> => {
    const scratch = await makeScratch(root, env, task)
    if (!scratch.ok) throw new Error(scratch.error.message)
    folder = scratch.value
    const intent = PRACTICE_INTENTS[task]
    return {
      ...{ pair: PAIR, salt: 'abcd', intent, folder, branch: 'main', git: true },
      base: await snapshotBase(folder, PAIR, root),
      seats: { left: { agent: 'practice' }, right: { agent: 'practice' } },
      driver: 'left',
      caps: { rounds },
      intentHash: hashOfIntent(intent),
      terms: { ...noTerms, ...terms },
    }
  }

  const open = (
    start: Start | null,
    plot: Plot,
    until: (state: PairState) => boolean,
  ): Promise<PairState> => {
    const events = live?.events() ?? []
    return new Promise((resolve, reject) => {
      const tell: Tell = command =>
        void pair.command(command).then(result => {
          if (!result.ok) reject(new Error(`${command.type}: ${result.error.message}`))
        })
      const onEvents = (added: readonly Stamped[], state: PairState) => {
        if (onNextEnd !== null && added.some(({ type }) => type === 'ended')) onNextEnd(state)
        if (until(state)) return resolve(state)
        plot.human?.(added, state, tell)
        const stuck = state.holds.find(({ type }) => type !== 'paused' && type !== 'planApproval')
        if (stuck !== undefined && start !== null && plot.human === undefined)
          return reject(new Error(JSON.stringify(stuck)))
        for (const event of added) answer(event, start === null, plot.approve ?? true, tell)
      }
      const pair = createPair(events, root, env, onEvents)
      live = pair
      const input =
        start === null
          ? ({ type: 'command', command: { type: 'reopen' } } as const)
          : ({ type: 'start', start } as const)
      void pair.submit(input).then(result => {
        if (!result.ok) reject(new Error(result.error.message))
      })
    })

    function createPair(
      before: readonly Stamped[],
      dir: string,
      seatEnv: Readonly<Record<string, string>>,
      onEvents: (added: readonly Stamped[], state: PairState) => void,
    ): LivePair {
      const practice: Agent = createPractice({
        program: { file: process.execPath, args: [program], env: { DUOLOGUE_PRACTICE_PACE: '0' } },
        version: '1.2.3',
      })
      return createLivePair(
        {
          ...{ pair: PAIR, dir, events: before, nextSeq: before.length, env: seatEnv, onEvents },
          journal: {
            append: () => Promise.resolve({ ok: true, value: undefined }),
            close: () => Promise.resolve(),
          },
          agents: { practice, claude: practice, codex: practice, opencode: practice, command: practice },
          spawn: spawnNodePty,
          size: () => ({ cols: 100, rows: 30 }),
          makeDir: async path => void (await mkdir(path, { recursive: true, mode: 0o700 })),
          work: createPairWork({ pair: PAIR, dir, env: seatEnv, onProofOutput: () => undefined }),
          quietMs: () => 600_000,
          restore: { left: '', right: '' },
          now: () => new Date(),
          onStorageTrouble: () => undefined,
          log: () => undefined,
        },
        'left',
      )
    }
  }

  return {
    folder: () => folder,
    events: () => live?.events() ?? [],
    run: async (plot, until = hasEnded) => open(await begin(plot), plot, until),
    reopen: (plot, until = hasEnded) => open(null, plot, until),
    goOn: command =>
      new Promise((resolve, reject) => {
        onNextEnd = resolve
        void live?.command(command).then(result => {
          if (!result.ok) reject(new Error(result.error.message))
        })
      }),
    closeApp: async () => void (await live?.close()),
    async clear() {
      await live?.close()
      await rm(root, { recursive: true, force: true })
    },
  }
}

/** Answers whatever is asked, as a human would from the inbox; a pair that was reopened is let go on. */
function answer(event: Stamped, reopened: boolean, approve: boolean, tell: Tell): void {
  if (reopened && event.type === 'held' && event.why.type === 'paused') tell({ type: 'resume' })
  if (event.type !== 'requestOpened') return
  const { id, type } = event.request
  tell({
    type: 'answer',
    id,
    answer:
      type === 'approval'
        ? { type, choice: approve ? 'allow' : 'deny' }
        : { type, answers: { q1: ['Strip'] } },
  })
}
