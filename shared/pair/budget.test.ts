import { expect, test } from 'vitest'
import { budgetOf, minutesUsed } from './budget'
import { Story } from './story'

const used = (inputTokens: number) => ({
  type: 'usage' as const,
  usage: { inputTokens, cachedTokens: 0, outputTokens: 0 },
})

test('the nearest cap comes first, and only those that were set come', () => {
  const story = new Story(4, {}, { tokens: 1_000, minutes: 10 })
  story.take('left')
  story.agent('left', used(300))
  expect(budgetOf(story.state, 120_000)).toEqual([
    { cap: 'tokens', used: 300, of: 1_000, share: 0.3 },
    { cap: 'minutes', used: 2, of: 10, share: 0.2 },
    { cap: 'rounds', used: 0, of: 4, share: 0 },
  ])
  expect(budgetOf(new Story(3).state, 0)).toEqual([{ cap: 'rounds', used: 0, of: 3, share: 0 }])
})

test('a cap that was passed is full, and no more than full', () => {
  const story = new Story(4, {}, { tokens: 1_000 })
  story.take('left')
  story.agent('left', used(2_500))
  expect(budgetOf(story.state, 0)[0]).toEqual({ cap: 'tokens', used: 2_500, of: 1_000, share: 1 })
})

test('minutes are those in which the pair was open and the machine awake', () => {
  const story = new Story(4, {}, { minutes: 60 })
  story.at = '2026-01-01T00:10:00.000Z'
  story.give({ type: 'signal', signal: { type: 'notice', seat: null, text: 'still there' } })
  story.at = '2026-01-01T09:00:00.000Z'
  story.command({ type: 'reopen' })
  expect(minutesUsed(story.state, 0)).toBe(10)
  story.give({ type: 'signal', signal: { type: 'slept', ms: 240_000 } })
  expect(minutesUsed(story.state, 300_000)).toBe(11)
})
