/** Blind double review: both review the same tree, neither sees the other's review, findings are matched. */
import { expect, test } from 'vitest'
import { Story } from './story'

const shared = { severity: 'major', file: 'src/retry.ts', line: 42, inScope: true } as const
const theirs = {
  verdict: 'changes',
  summary: 'Two things.',
  findings: [
    { ...shared, text: 'The timer is never cleared when the upload is aborted.' },
    { severity: 'minor', file: 'src/log.ts', line: 3, text: 'The token is logged.', inScope: true },
  ],
} as const
const own = {
  verdict: 'changes',
  summary: 'One.',
  findings: [
    { ...shared, line: 43, text: 'On abort the timer is never cleared, so the upload leaks it.' },
    { severity: 'major', file: 'README.md', line: 0, text: 'The option is not documented.', inScope: true },
  ],
} as const

const begin = (): Story => {
  const story = new Story(10, { doubleReview: true })
  story.sent()
  story.finish('c1')
  return story
}

test('both are asked about the same tree, without anybody’s words about it', () => {
  const story = begin()
  const asked = story.sent()
  expect(asked.map(({ seat }) => seat).sort()).toEqual(['left', 'right'])
  for (const { text } of asked) {
    expect(text).toContain('From: Duologue.')
    expect(text).toContain('Review target: b0..c1')
    expect(text).not.toContain('All done.')
  }
})

test('what both saw is one finding, and the rest says who saw it', () => {
  const story = begin()
  story.take('right')
  expect(story.call('right', 'submit_review', theirs)).toContain('Recorded')
  story.end('right')
  expect(story.events.some(({ type }) => type === 'reviewed')).toBe(false)
  story.take('left')
  story.call('left', 'submit_review', own)
  story.sent()
  story.end('left')
  const reviewed = story.events.find(event => event.type === 'reviewed')
  expect(reviewed).toMatchObject({
    by: 'both',
    verdict: 'changes',
    verdicts: { left: 'changes', right: 'changes' },
    findings: [
      { id: '1.1', seenBy: 'both' },
      { id: '1.2', seenBy: 'navigator' },
      { id: '1.d2', seenBy: 'driver' },
    ],
    matches: [{ navigator: '1.1', driver: '1.d1' }],
  })
  const [back] = story.sent()
  expect(back?.seat).toBe('left')
  expect(back?.text).toContain('(seen by both)')
  expect(back?.text).toContain('(seen by you)')
})

test('both passing the same tree is the strong agreement', () => {
  const story = begin()
  for (const seat of ['left', 'right'] as const) {
    story.take(seat)
    story.call(seat, 'submit_review', { verdict: 'pass', summary: 'Right.' })
    story.end(seat)
  }
  story.settled('c1')
  expect(story.state.stage).toMatchObject({ reason: 'agreed' })
  expect(story.state.stage).toHaveProperty('detail', expect.stringContaining('Both passed it, each alone.'))
})

test('one that gives no verdict is reminded, then held; a failed one is an error and no verdict', () => {
  const story = begin()
  story.take('left')
  story.end('left', 'Looks fine.')
  story.take('left')
  story.end('left', 'As I said.')
  expect(story.holds()).toEqual(['unclear'])
  story.take('right')
  story.end('right', '', { type: 'failed', cause: 'quota', detail: 'limit' })
  expect(story.events.filter(({ type }) => type === 'reviewed')).toMatchObject([
    { verdict: 'unclear' },
    { verdict: 'error' },
  ])
  story.command({ type: 'retry' })
  expect(story.kinds()).toContain('notice right waiting')
})

test('by the button the next review is a double one; again takes it back', () => {
  const story = new Story()
  story.command({ type: 'doubleReview' })
  story.command({ type: 'doubleReview' })
  expect(story.state.doubleRequested).toBe(false)
  story.command({ type: 'doubleReview' })
  story.drive()
  expect(story.state.stage.phase).toBe('doubleReview')
  expect(story.state.doubleRequested).toBe(false)
})
