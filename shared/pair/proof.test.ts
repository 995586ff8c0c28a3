/** The proof: run when the driver reports done; failures go back to the driver, at most twice in a row. */
import { expect, test } from 'vitest'
import { pass, Story } from './story'

const proof = { command: 'npm test', limitSeconds: 60 }
const failed = { type: 'exited', code: 1 } as const
const passed = { type: 'exited', code: 0 } as const

test('runs after the work was measured, and goes to the navigator with the handoff', () => {
  const story = new Story(10, { proof })
  story.finish('c1')
  expect(story.state.stage).toEqual({ phase: 'proving', run: 1 })
  expect(story.effects.at(-1)).toEqual({ type: 'prove', run: 1, proof })
  expect(story.kinds()).toEqual([])
  story.sent()
  story.proofEnds(passed)
  const [message] = story.sent()
  expect(message?.seat).toBe('right')
  expect(message?.text).toContain('Proof, run by Duologue: `npm test` passed after 1.2 s on tree c1.')
  expect(message?.text).toContain('> the end')
  story.judge(pass)
  story.settled('c1')
  expect(story.state.stage).toMatchObject({ reason: 'agreed', detail: 'Proof: npm test.' })
})

test('a turn without a claim is not proven', () => {
  const story = new Story(10, { proof })
  story.drive()
  expect(story.state.proof).toBeNull()
  expect(story.kinds()).toEqual(['handoff right sending'])
})

test('fails twice to the driver without a turn of the navigator, then on to the navigator', () => {
  const story = new Story(10, { proof })
  for (const round of [1, 2]) {
    story.finish(`c${round}`)
    story.sent()
    story.proofEnds(failed, `c${round}`)
    const [message] = story.sent()
    expect(message?.seat).toBe('left')
    expect(message?.text).toContain('From: Duologue.')
    expect(message?.text).toContain('exit 1')
    expect(story.state.round).toBe(1)
  }
  story.finish('c3')
  story.proofEnds(failed, 'c3')
  const [message] = story.sent()
  expect(message?.seat).toBe('right')
  expect(message?.text).toContain('exit 1')
  story.judge(pass)
  expect(story.state.stage.phase).not.toBe('ended')
  expect(story.sent().at(-1)?.text).toContain('The proof has not passed on this work')
})

test('a later turn of the driver makes it stale', () => {
  const story = new Story(10, { proof })
  story.finish('c1')
  story.proofEnds(passed, 'c1')
  story.take('right')
  story.end('right', '', { type: 'failed', cause: 'server', detail: 'no answer' })
  story.command({ type: 'handOver' })
  story.finish('c2')
  expect(story.state.stage).toEqual({ phase: 'proving', run: 2 })
})

test('when files change while it runs it is run once more on what is there', () => {
  const story = new Story(10, { proof })
  story.finish('c1')
  story.proofEnds(passed, 'c1', true)
  expect(story.state.stage).toEqual({ phase: 'proving', run: 2 })
  story.proofEnds(passed, 'c1', true)
  expect(story.sent().at(-1)?.text).toContain('Files changed while it ran, so it does not count.')
})

test('a driver that goes on working takes its claim back, and the run is stopped', () => {
  const story = new Story(10, { proof })
  story.finish()
  story.humanTurn('left')
  expect(story.effects.at(-1)).toEqual({ type: 'stopProof', run: 1 })
  expect(story.state.stage).toEqual({ phase: 'driving', measuring: null })
  story.proofEnds({ type: 'stopped' })
  expect(story.kinds()).toEqual([])
})

test('a run that the human stopped goes to the navigator as it is, not back to the driver', () => {
  const story = new Story(10, { proof })
  story.finish()
  story.command({ type: 'stopProof' })
  story.proofEnds({ type: 'stopped' })
  expect(story.kinds()).toEqual(['handoff right sending'])
})

test('by the button it runs at any time and decides nothing by itself', () => {
  const story = new Story(10, { proof })
  story.take('left')
  story.command({ type: 'runProof' })
  expect(story.effects.at(-1)).toEqual({ type: 'prove', run: 1, proof })
  expect(story.refusalOf({ type: 'runProof' })).toBe('The proof is running.')
  story.proofEnds(failed)
  expect(story.state.stage.phase).toBe('driving')
  expect(story.kinds()).toEqual(['opening left accepted'])
})

test('after a restart of the app it begins again', () => {
  const story = new Story(10, { proof })
  story.finish()
  story.effects = []
  story.command({ type: 'reopen' })
  expect(story.effects).toContainEqual({ type: 'prove', run: 1, proof })
})
