/** Pairs that would not end by themselves: each meets its bound, also when it was closed and opened again meanwhile. */
import { expect, test } from 'vitest'
import { asFindingId } from '../ids'
import type { Review } from '../review/finding'
import { fold } from './evolve'
import type { SeatId } from './seat'
import { Story } from './story'
import { tokensUsed } from './view'

const used = (inputTokens: number, cachedTokens = 0, outputTokens = 0) => ({
  type: 'usage' as const,
  usage: { inputTokens, cachedTokens, outputTokens },
})
const back = (story: Story, seat: SeatId, session: string): void =>
  story.agent(seat, { type: 'ready', session, version: '1' })

const another = (round: number): Review => ({
  verdict: 'changes',
  summary: `Round ${round} is not right yet.`,
  findings: [
    {
      id: asFindingId(`${round}.1`),
      severity: 'major',
      file: `src/part-${round}.ts`,
      line: round,
      text: `Subject ${'abcdefghij'[round]} of file ${round} is wrong.`,
      inScope: true,
    },
  ],
})

test('a navigator that always asks for changes stops at the cap', () => {
  const story = new Story(4)
  for (let round = 1; round <= 4; round += 1) {
    story.drive(`I changed part ${'abcdefghij'[round]} in file-${round}.`, `c${round}`)
    story.judge(another(round))
  }
  expect(story.state.stage).toMatchObject({ phase: 'ended', reason: 'cap' })
  expect(story.state.round).toBe(4)
  expect(story.events.filter(({ type }) => type === 'reviewed')).toHaveLength(4)
})

test('a driver that only says thanks holds before it costs a review', () => {
  const story = new Story()
  story.drive('I fixed it.', 'c1')
  story.judge(another(1))
  story.take('left')
  story.end('left', 'Thanks, agreed!')
  story.measured('c1')
  expect(story.holds()).toEqual(['repetition'])
  expect(story.kinds().filter(each => each.includes('right'))).not.toContain('handoff right sending')
})

test('tokens of a session that ended stay counted when the seat gets another one', () => {
  const story = new Story(10, {}, { tokens: 1_000 })
  story.take('left')
  story.agent('left', used(700, 100))
  back(story, 'left', 's-other')
  expect(tokensUsed(story.state)).toBe(600)
  story.agent('left', used(300))
  expect(tokensUsed(story.state)).toBe(900)
  story.agent('left', used(450))
  expect(tokensUsed(story.state)).toBe(1_050)
  expect(story.state.capReached).toBe('tokens')
})

test('a session that is resumed tells its whole again, and is counted once', () => {
  const story = new Story(10, {}, { tokens: 10_000 })
  story.take('left')
  story.agent('left', used(700))
  back(story, 'left', 's-other')
  story.agent('left', used(300))
  back(story, 'left', 's-left')
  story.agent('left', used(800))
  expect(tokensUsed(story.state)).toBe(1_100)
})

test('money is summed over sessions, and only where an agent tells it', () => {
  const story = new Story(10)
  const spent = (costUsd: number) => ({ ...used(100), usage: { ...used(100).usage, costUsd } })
  story.take('left')
  story.agent('left', spent(0.25))
  back(story, 'left', 's-other')
  story.agent('left', spent(0.5))
  story.agent('left', used(120))
  story.agent('right', used(100))
  expect(story.state.seats.left.usage).toMatchObject({ inputTokens: 220, costUsd: 0.75 })
  expect(story.state.seats.right.usage).not.toHaveProperty('costUsd')
})

test('a figure that falls within a session takes nothing back', () => {
  const story = new Story(10)
  story.take('left')
  story.agent('left', used(700))
  back(story, 'left', 's-left')
  story.agent('left', used(300))
  expect(tokensUsed(story.state)).toBe(700)
  story.agent('left', used(750))
  expect(tokensUsed(story.state)).toBe(750)
})

test('after a restart the count is what it was', () => {
  const story = new Story(10, {}, { tokens: 1_000 })
  story.take('left')
  story.agent('left', used(400))
  back(story, 'left', 's-other')
  story.agent('left', used(500))
  story.command({ type: 'reopen' })
  expect(tokensUsed(story.state)).toBe(900)
  expect(tokensUsed(fold(story.events))).toBe(900)
  back(story, 'left', 's-other')
  story.agent('left', used(500))
  expect(tokensUsed(story.state)).toBe(900)
  story.agent('right', used(200))
  expect(story.state.capReached).toBe('tokens')
})
