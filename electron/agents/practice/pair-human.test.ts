/** The practice pair with a human who has a say: rulings, promotions, plans, swaps, and an app that is closed. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Stamped } from '../../../shared/pair/events'
import type { PairState } from '../../../shared/pair/model'
import { PRACTICE_PROOF } from '../../../shared/pair/practice'
import { type FindingRecord, stateOf } from '../../../shared/review/finding'
import { bundleProgram } from './harness'
import { createPairBench, type PairBench, type Tell } from './pair-bench'
import { practiceProof } from './practice-proof'

// Several programs, one after the other, on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000 })

const program = bundleProgram()
let bench: PairBench

beforeEach(async () => {
  bench = await createPairBench(program())
})
afterEach(() => bench.clear())

const proof = { command: PRACTICE_PROOF, limitSeconds: 60 }
const task = 'truncate'
const source = (file: string) => readFile(join(bench.folder(), file), 'utf8')
const agreed = { phase: 'ended', reason: 'agreed' }
const about = (state: PairState, text: string): FindingRecord => {
  const found = state.findings.find(({ finding }) => finding.text.includes(text))
  if (found === undefined) throw new Error(`no finding says ${text}`)
  return found
}
/** Does it once, the first time that such an event comes. */
const once = (
  type: Stamped['type'],
  act: (state: PairState, tell: Tell) => void,
  when: (state: PairState) => boolean = () => true,
) => {
  let isDone = false
  return (added: readonly Stamped[], state: PairState, tell: Tell) => {
    if (isDone || !added.some(event => event.type === type) || !when(state)) return
    isDone = true
    act(state, tell)
  }
}

test('a follow-up that is brought into scope is done, and then they agree', async () => {
  const human = once('reviewed', (state, tell) =>
    tell({ type: 'promoteFinding', id: about(state, 'command line').finding.id }),
  )
  const state = await bench.run({ task, human })
  expect(state.stage).toMatchObject(agreed)
  expect(stateOf(about(state, 'command line'))).toBe('fixed')
  expect(await source('bin/slugify.js')).toContain('--max')
})

test('brought into scope after they agreed, it begins another round', async () => {
  const first = await bench.run({ task })
  expect(first.stage).toMatchObject(agreed)
  const state = await bench.goOn({ type: 'promoteFinding', id: about(first, 'command line').finding.id })
  expect(state.stage).toMatchObject(agreed)
  expect(state.round).toBe(first.round + 1)
  expect(stateOf(about(state, 'command line'))).toBe('fixed')
})

test('a rejected finding that the human upholds is mended, against what the README had decided', async () => {
  const human = once(
    'findingsAnswered',
    (state, tell) => {
      const { id } = about(state, 'longer than max').finding
      tell({ type: 'ruleFinding', id, ruling: 'upheld', reason: 'URLs have a limit here.' })
    },
    state => about(state, 'longer than max').answer?.answer === 'rejected',
  )
  const state = await bench.run({ task, human, terms: { proof } })
  expect(state.stage).toMatchObject(agreed)
  expect(stateOf(about(state, 'longer than max'))).toBe('fixed')
  expect(await source('src/truncate.js')).toContain('end > 0 ? end : max')
  expect(await source('README.md')).not.toContain('stays whole')
})

test('a finding that the human dismisses is left and not raised again', async () => {
  const human = once('reviewed', (state, tell) => {
    const { id } = about(state, 'just fit').finding
    tell({ type: 'ruleFinding', id, ruling: 'dismissed', reason: '' })
  })
  const state = await bench.run({ task, human })
  expect(state.stage).toMatchObject(agreed)
  expect(state.findings.filter(({ finding }) => finding.text.includes('just fit'))).toHaveLength(1)
})

test('a plan that the human edits is the plan they work by', async () => {
  const human = once('held', (state, tell) => {
    const items = state.plans.at(-1)?.items ?? []
    const readme = {
      id: 'docs',
      text: 'Say it in the README',
      why: 'people look there',
      files: ['README.md'],
    }
    tell({ type: 'editPlan', items: [...items, readme], reason: 'The README names every function.' })
    tell({ type: 'approvePlan' })
  })
  const state = await bench.run({ task, human, terms: { planFirst: 'approved', proof, holdUnplanned: true } })
  expect(state.stage).toMatchObject(agreed)
  expect(state.plans.map(({ by }) => by)).toEqual(['left', 'left', null])
})

test('stopped in the middle of its findings, the driver goes through them again', async () => {
  let state = 'before'
  const human = (added: readonly Stamped[], now: PairState, tell: Tell) => {
    const isAtFindings = added.some(event => event.type === 'said' && event.text.includes('2 findings'))
    if (state === 'before' && isAtFindings) {
      state = 'paused'
      tell({ type: 'pause', now: true })
    } else if (state === 'paused' && now.holds.some(({ type }) => type === 'interrupted')) {
      state = 'resumed'
      tell({ type: 'resume' })
    }
  }
  const end = await bench.run({ task, human, terms: { proof } })
  expect(state).toBe('resumed')
  expect(end.stage).toMatchObject(agreed)
  expect(end.findings.map(stateOf)).toEqual(['fixed', 'rejected', 'followUp'])
})

test('work that the human puts back is done again', async () => {
  const isPaused = ({ holds }: PairState) => holds.some(({ type }) => type === 'paused')
  const steps = [
    once('reviewSubmitted', (_state, tell) => tell({ type: 'pause', now: false })),
    once('reviewed', (_state, tell) => tell({ type: 'restore', checkpoint: 0 }), isPaused),
    once('restored', (_state, tell) => tell({ type: 'resume' })),
  ]
  const human = (added: readonly Stamped[], state: PairState, tell: Tell) => {
    for (const step of steps) step(added, state, tell)
  }
  const state = await bench.run({ task, human, terms: { proof } })
  expect(state.stage).toMatchObject(agreed)
  const types = bench.events().map(({ type }) => type)
  expect(types.filter(type => type === 'doneReported').length).toBeGreaterThan(2)
  expect(types).toContain('restored')
})

test('a driver that may not run the tests goes by what the proof printed', async () => {
  const state = await bench.run({ task, approve: false, terms: { proof } })
  expect(state.stage).toMatchObject(agreed)
  expect(bench.events().filter(({ type }) => type === 'proofSentBack')).toHaveLength(2)
  expect(state.report?.notDone).toBe('the tests were not run')
})

test('a driver that dies in the middle of its work comes back and does it', async () => {
  const steps = [
    once('turnStarted', (_state, tell) => tell({ type: 'steer', to: 'left', when: 'now', text: 'crash' })),
    once('held', (_state, tell) => tell({ type: 'restartSeat', seat: 'left' })),
  ]
  const human = (added: readonly Stamped[], state: PairState, tell: Tell) => {
    for (const step of steps) step(added, state, tell)
  }
  const state = await bench.run({ task, human, terms: { proof } })
  expect(state.stage).toMatchObject(agreed)
  expect(bench.events().some(({ type }) => type === 'seatExited')).toBe(true)
})

test('swapped roles: the other one takes the findings over', async () => {
  const human = once('turnStarted', (_state, tell) => tell({ type: 'swap' }))
  const state = await bench.run({ task, human, terms: { proof } })
  expect(state.stage).toMatchObject(agreed)
  expect(state.driver).toBe('right')
})

test('closed while the proof runs, and again while both review: it comes to its end', async () => {
  const terms = { proof, doubleReview: true }
  await bench.run({ task, terms }, ({ stage }) => stage.phase === 'proving')
  await bench.closeApp()
  const both = ({ stage, seats }: PairState) =>
    stage.phase === 'doubleReview' &&
    seats.left.status.type === 'working' &&
    seats.right.status.type === 'working'
  await bench.reopen({ task, terms }, both)
  await bench.closeApp()
  const state = await bench.reopen({ task, terms })
  expect(state.stage).toMatchObject(agreed)
})

test('without a Node the program itself is the proof', async () => {
  const command = practiceProof({ file: process.execPath, args: [program()] }, { PATH: '/nowhere' })
  const state = await bench.run({ task, terms: { proof: { command, limitSeconds: 60 } } })
  expect(state.stage).toMatchObject(agreed)
  expect(state.proof?.proof.command).toBe(command)
  expect(practiceProof({ file: '/opt/My App/x', args: ['--a', '--'] }, { PATH: '/nowhere' }, 'linux')).toBe(
    "'/opt/My App/x' --a -- test",
  )
})
