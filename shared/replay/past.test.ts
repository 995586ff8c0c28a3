import fc from 'fast-check'
import { expect, test } from 'vitest'
import { emptyTimeline, entriesOf, foldTimeline } from '../journal/timeline'
import { fold } from '../pair/evolve'
import { Story } from '../pair/story'
import { millisOf } from '../time'
import { createPast } from './past'

/** A pair of some hundred events, some seconds apart; some share a moment. */
const longPair = () => {
  const story = new Story()
  const began = millisOf(story.at)
  for (let index = 0; index < 400; index++) {
    story.at = new Date(began + Math.floor(index / 2) * 3_000).toISOString()
    story.give({ type: 'signal', signal: { type: 'notice', seat: null, text: `notice ${index}` } })
  }
  return { events: story.events, began }
}

test('a moment is the fold of the events until then', () => {
  const { events, began } = longPair()
  const past = createPast(events.slice(0, 100))
  past.append(events.slice(90))
  fc.assert(
    fc.property(fc.integer({ min: -5_000, max: 700_000 }), after => {
      const at = began + after
      const until = events.filter(event => millisOf(event.at) <= at)
      const wanted = until.length === 0 ? events.slice(0, 1) : until
      const { state, timeline, count } = past.until(at)
      expect(count).toBe(wanted.length)
      expect(state).toEqual(fold(wanted))
      expect(entriesOf(timeline)).toEqual(entriesOf(wanted.reduce(foldTimeline, emptyTimeline)))
      expect(past.nextAfter(at)).toBe(
        Math.min(...events.map(event => millisOf(event.at)).filter(each => each > at)),
      )
    }),
  )
  expect([past.first, past.last()]).toEqual([began, began + 199 * 3_000])
})
