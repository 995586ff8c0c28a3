import { expect, test } from 'vitest'
import { emptyTimeline, entriesOf, foldTimeline } from '../journal/timeline'
import { pass, Story } from '../pair/story'
import { handoffsOf, marksOf, momentOfEntry } from './marks'

test('rounds, handoffs and holds stand out', () => {
  const story = new Story()
  const second = (n: number) => Date.UTC(2026, 0, 1, 0, 0, n)
  const at = (n: number) => {
    story.at = new Date(second(n)).toISOString()
  }
  at(10)
  story.take('left')
  at(20)
  story.command({ type: 'pause', now: false })
  at(30)
  story.end('left')
  story.measured()
  at(50)
  story.command({ type: 'resume' })
  at(60)
  story.take('right')
  story.review({ ...pass, verdict: 'changes' })
  at(70)
  story.end('right')
  const entries = entriesOf(story.events.reduce(foldTimeline, emptyTimeline))
  const marks = marksOf(entries)
  expect(marks).toEqual(
    expect.arrayContaining([
      { type: 'round', round: 1, at: second(0) },
      { type: 'handoff', round: 1, at: second(0), to: 'driver' },
      { type: 'hold', at: second(20), until: second(50) },
      { type: 'handoff', round: 1, at: second(50), to: 'navigator' },
    ]),
  )
  expect(handoffsOf(marks).slice(0, 2)).toEqual([second(0), second(50)])
  // A message is shown when it left, a turn when it had ended.
  const moments = entries.flatMap(entry =>
    entry.type === 'turn' || (entry.type === 'delivery' && entry.to.role === 'navigator')
      ? [[entry.type, momentOfEntry(entry)] as const]
      : [],
  )
  expect(moments).toEqual([
    ['turn', new Date(second(30)).toISOString()],
    ['delivery', new Date(second(50)).toISOString()],
    ['turn', new Date(second(70)).toISOString()],
  ])
})
