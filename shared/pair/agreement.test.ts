/** How a pair agrees, converges or is held before it does: rule 5, done is evidence. */
import { expect, test } from 'vitest'
import { asFindingId } from '../ids'
import type { Review } from '../review/finding'
import { pass, Story } from './story'

const changes = (id: string, text: string, line = 3): Review => ({
  verdict: 'changes',
  summary: '',
  findings: [{ id: asFindingId(id), severity: 'major', file: 'a.ts', line, text, inScope: true }],
})

const endOf = (story: Story) => {
  const { stage } = story.state
  return stage.phase === 'ended' ? stage : null
}

test('reported done and passed on the same tree is agreed, after one more look at the workspace', () => {
  const story = new Story()
  story.finish()
  story.judge(pass)
  expect(story.state.stage).toEqual({ phase: 'settling' })
  expect(story.effects.at(-1)).toEqual({ type: 'settle' })
  story.settled('c1')
  expect(endOf(story)).toMatchObject({ reason: 'agreed' })
})

test('a pass of work that was not reported done asks the driver to report; then nobody reviews the same tree again', () => {
  const story = new Story()
  story.drive()
  story.judge(pass)
  const [message] = story.sent().slice(-1)
  expect(message?.seat).toBe('left')
  expect(message?.text).toContain('You have not reported done')
  story.finish('c1')
  story.settled('c1')
  expect(endOf(story)).toMatchObject({ reason: 'agreed' })
  expect(story.sent().filter(({ seat }) => seat === 'right')).toEqual([])
})

test('an edit after the review makes it stale: the work is measured, proven and reviewed again', () => {
  const story = new Story()
  story.finish('c1')
  story.judge(pass)
  story.settled('c2')
  expect(story.state.stage).toMatchObject({ phase: 'driving' })
  story.measured('c2')
  expect(story.kinds()).toEqual(['handoff right sending'])
  story.judge(pass)
  story.settled('c2')
  expect(endOf(story)).toMatchObject({ reason: 'agreed' })
})

test('a driver that works on while the workspace is read has not agreed to anything', () => {
  const story = new Story()
  story.finish()
  story.judge(pass)
  story.humanTurn('left')
  story.settled('c1')
  expect(endOf(story)).toBeNull()
  expect(story.state.report).toBeNull()
})

test('two reviews in a row with nothing new end the pair as converged, and say what was missing', () => {
  const story = new Story()
  story.drive('first', 'c1')
  story.judge(changes('1.1', 'The timer is never cleared when the upload is aborted.'))
  story.drive('I do not think so.', 'c2')
  story.judge(changes('2.1', 'The timer is never cleared when the upload is aborted.'))
  expect(endOf(story)).toBeNull()
  story.drive('Still no.', 'c3')
  story.judge(changes('3.1', 'The timer is never cleared when the upload is aborted.', 4))
  expect(endOf(story)).toMatchObject({ reason: 'converged' })
  expect(endOf(story)?.detail).toContain('the last review asked for changes')
  expect(endOf(story)?.detail).toContain('not reported done')
})

test('a pass of new work is news, though it finds nothing', () => {
  const story = new Story()
  for (const tree of ['c1', 'c2', 'c3', 'c4']) {
    story.drive('step by step', tree)
    story.judge(pass)
    expect(endOf(story)).toBeNull()
  }
})

test('files that no plan item names hold the pair before it agrees; the human accepts them or sends them back', () => {
  const begin = (): Story => {
    const story = new Story(10, { holdUnplanned: true })
    story.take('left')
    story.call('left', 'propose_plan', {
      items: [{ id: '1', text: 'Fix it', why: 'asked', files: ['src/'] }],
    })
    story.report()
    story.end('left')
    story.measured('c1', 'other.ts')
    expect(story.sent().at(-1)?.text).toContain('other.ts +4 −2 (unplanned)')
    story.judge(pass)
    story.settled('c1')
    expect(story.holds()).toEqual(['unplanned'])
    return story
  }
  const accepted = begin()
  accepted.command({ type: 'acceptUnplanned' })
  accepted.settled('c1')
  expect(endOf(accepted)).toMatchObject({ reason: 'agreed' })
  // Reopened while they wait, the workspace is read again; other work is reviewed first.
  const changed = begin()
  changed.settled('c2')
  expect(changed.holds()).toEqual([])
  expect(changed.refusalOf({ type: 'acceptUnplanned' })).toBeDefined()
  expect(endOf(changed)).toBeNull()
  const returned = begin()
  returned.command({ type: 'returnUnplanned' })
  expect(returned.sent().at(-1)?.text).toContain('> other.ts')
  expect(endOf(returned)).toBeNull()
})

test('a pair that is given up in trouble has failed, and keeps the cause', () => {
  const story = new Story()
  story.drive()
  story.take('right')
  story.end('right', '', { type: 'failed', cause: 'quota', detail: 'limit reached' })
  story.command({ type: 'end' })
  expect(endOf(story)).toEqual({ phase: 'ended', reason: 'failed', detail: 'limit reached' })
})

test('near-identical turns hold at the third, and courtesy at once; the human lets them go', () => {
  const story = new Story()
  story.take('left')
  story.end('left', 'Thank you, that looks great!')
  story.measured('b0')
  story.judge(changes('1.1', 'Off by one.'))
  expect(story.state.round).toBe(2)
  story.take('left')
  story.end('left', 'Thank you so much, wonderful!')
  story.measured('b0')
  expect(story.holds()).toEqual(['repetition'])
  expect(story.kinds()).toEqual(['handoff right waiting'])
  story.command({ type: 'resume' })
  expect(story.kinds()).toEqual(['handoff right sending'])
})

test('the cap on tokens ends the pair when the turn has ended, not in its middle', () => {
  const story = new Story(10, {}, { tokens: 1_000 })
  story.take('left')
  const usage = { inputTokens: 2_000, cachedTokens: 500, outputTokens: 10 }
  story.agent('left', { type: 'usage', usage })
  expect(story.state.capReached).toBe('tokens')
  expect(endOf(story)).toBeNull()
  story.end('left')
  story.measured()
  expect(endOf(story)).toEqual({ phase: 'ended', reason: 'cap', detail: '1000 tokens' })
})

test('the cap on minutes is a timer of the host; it counts only the time that the pair was open', () => {
  const story = new Story(10, {}, { minutes: 5 })
  expect(story.effects).toContainEqual({ type: 'wake', afterMs: 300_000 })
  story.at = '2026-01-01T00:02:00.000Z'
  story.take('left')
  story.at = '2026-01-02T00:00:00.000Z'
  story.effects = []
  story.command({ type: 'reopen' })
  expect(story.effects).toContainEqual({ type: 'wake', afterMs: 180_000 })
  story.give({ type: 'signal', signal: { type: 'timeIsUp' } })
  expect(story.state.capReached).toBe('minutes')
})
