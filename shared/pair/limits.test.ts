/** A provider's limit holds where the turn ended, says until when, and goes on only as the human chose. */
import { expect, test } from 'vitest'
import { AT, pass, Story } from './story'

const RESET = '2026-01-01T03:00:00.000Z'
const refused = { type: 'failed', cause: 'quota', detail: 'You’ve hit your limit.' } as const

/** The navigator is refused in its review; `told`: until when, before its turn ends. */
const refusedReview = (told: boolean): Story => {
  const story = new Story()
  story.finish()
  story.take('right')
  if (told) story.agent('right', { type: 'limit', resetsAt: RESET })
  story.end('right', '', refused)
  story.sent()
  return story
}

const timeComes = (story: Story, resetsAt = RESET): void => {
  story.at = resetsAt
  story.give({ type: 'signal', signal: { type: 'limitEnded', seat: 'right', resetsAt } })
}

test('a refused review is no verdict and no round; the hold says whose limit it is and until when', () => {
  const story = refusedReview(true)
  expect(story.state.holds).toEqual([
    { type: 'quota', seat: 'right', detail: refused.detail, resetsAt: RESET, since: AT },
  ])
  expect(story.events.filter(({ type }) => type === 'reviewed')).toMatchObject([{ verdict: 'error' }])
  expect(story.state.round).toBe(1)
})

test('the host is told to wait for that time once, and again when the pair is opened again', () => {
  const story = new Story()
  story.finish()
  story.take('right')
  story.effects = []
  story.agent('right', { type: 'limit', resetsAt: RESET })
  story.agent('right', { type: 'limit', resetsAt: RESET })
  const wait = { type: 'awaitReset', seat: 'right', resetsAt: RESET }
  expect(story.effects).toEqual([wait])
  story.end('right', '', refused)
  story.effects = []
  story.command({ type: 'reopen' })
  expect(story.effects).toContainEqual(wait)
})

test('told after the turn has ended, the time stands in the hold all the same', () => {
  const story = refusedReview(false)
  expect(story.state.holds).toMatchObject([{ type: 'quota', resetsAt: null }])
  expect(story.refusalOf({ type: 'goOnAtReset' })).toContain('did not say when')
  story.agent('right', { type: 'limit', resetsAt: RESET })
  expect(story.state.holds).toMatchObject([{ type: 'quota', resetsAt: RESET }])
  expect(story.refusalOf({ type: 'goOnAtReset' })).toBeUndefined()
})

test('when the time comes nothing goes on by itself unless the human let it', () => {
  const story = refusedReview(true)
  timeComes(story)
  expect(story.sent()).toEqual([])
  expect(story.holds()).toEqual(['quota'])
  expect(story.events.at(-1)).toMatchObject({ type: 'limitOver', seat: 'right' })
  expect(story.refusalOf({ type: 'goOnAtReset' })).toContain('go on now')
  story.command({ type: 'retry' })
  expect(story.sent()).toMatchObject([{ seat: 'right', mode: 'message' }])
})

test('let go on by itself, the seat gets its task again at that time, and the review goes on', () => {
  const story = refusedReview(true)
  story.command({ type: 'goOnAtReset' })
  expect(story.sent()).toEqual([])
  timeComes(story)
  expect(story.holds()).toEqual([])
  expect(story.sent()).toMatchObject([{ seat: 'right', text: expect.stringContaining('submit_review') }])
  story.judge(pass)
  story.settled()
  expect(story.state.stage).toMatchObject({ phase: 'ended', reason: 'agreed' })
})

test('the choice can be taken back', () => {
  const story = refusedReview(true)
  story.command({ type: 'goOnAtReset' })
  story.command({ type: 'goOnAtReset' })
  timeComes(story)
  expect(story.holds()).toEqual(['quota'])
})

test('a pause holds what was let go on by itself', () => {
  const story = refusedReview(true)
  story.command({ type: 'goOnAtReset' })
  story.command({ type: 'pause', now: false })
  timeComes(story)
  expect(story.sent()).toEqual([])
  story.command({ type: 'resume' })
  expect(story.sent()).toMatchObject([{ seat: 'right' }])
})

test('over a restart the choice stands: one message goes out, when the time has come and the human resumed', () => {
  const story = refusedReview(true)
  story.command({ type: 'goOnAtReset' })
  story.command({ type: 'reopen' })
  for (const seat of ['left', 'right'] as const) {
    story.agent(seat, { type: 'ready', session: `s-${seat}`, version: '1' })
  }
  story.command({ type: 'resume' })
  expect(story.sent()).toEqual([])
  timeComes(story)
  expect(story.sent()).toMatchObject([{ seat: 'right', text: expect.stringContaining('submit_review') }])
  expect(story.kinds()).toHaveLength(1)
})

test('a wait for an earlier time, and for a limit that is no more, comes to nothing', () => {
  const story = refusedReview(true)
  story.command({ type: 'goOnAtReset' })
  const later = '2026-01-01T05:00:00.000Z'
  story.agent('right', { type: 'limit', resetsAt: later })
  timeComes(story)
  expect(story.holds()).toEqual(['quota'])
  story.command({ type: 'retry' })
  story.take('right')
  const seen = story.events.length
  timeComes(story, later)
  expect(story.events).toHaveLength(seen)
})

test('a time that has passed is not one to wait for', () => {
  const story = refusedReview(false)
  story.at = '2026-01-01T04:00:00.000Z'
  story.agent('right', { type: 'limit', resetsAt: RESET })
  expect(story.state.holds).toMatchObject([{ resetsAt: null }])
})

test('both reviewers refused: each goes on at its own time', () => {
  const story = new Story(10, { doubleReview: true })
  story.finish()
  story.take('right')
  story.take('left')
  const later = '2026-01-01T05:00:00.000Z'
  story.agent('left', { type: 'limit', resetsAt: later })
  story.agent('right', { type: 'limit', resetsAt: RESET })
  story.end('left', '', refused)
  story.end('right', '', refused)
  story.sent()
  story.command({ type: 'goOnAtReset' })
  timeComes(story)
  expect(story.state.holds).toMatchObject([{ type: 'quota', seat: 'left', resetsAt: later }])
  story.give({ type: 'signal', signal: { type: 'limitEnded', seat: 'left', resetsAt: later } })
  expect(story.holds()).toEqual([])
})

test('a turn that the human begins there releases it; the driver’s work can be handed over instead', () => {
  const story = refusedReview(true)
  story.humanTurn('right')
  expect(story.holds()).toEqual([])
  const driver = new Story()
  driver.take('left')
  driver.end('left', '', refused)
  driver.command({ type: 'handOver' })
  expect(driver.holds()).toEqual([])
  expect(driver.state.stage).toMatchObject({ phase: 'driving', measuring: expect.anything() })
})

test('a pair that is ended at a limit has failed, for that reason', () => {
  const story = refusedReview(true)
  story.command({ type: 'end' })
  expect(story.state.stage).toEqual({ phase: 'ended', reason: 'failed', detail: refused.detail })
})

test('a pair that has ended is told of no limit’s end', () => {
  const story = refusedReview(true)
  story.command({ type: 'goOnAtReset' })
  story.command({ type: 'end' })
  const seen = story.events.length
  timeComes(story)
  expect(story.events).toHaveLength(seen)
})
