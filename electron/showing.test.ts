import { expect, it } from 'vitest'
import { createShowing } from './showing'

it('gives a pair to one window at a time, until it is let go', () => {
  const showing = createShowing<string>()
  showing.opened('a')
  showing.opened('b')
  expect(showing.claim('a', 'p')).toBeNull()
  expect(showing.claim('a', 'p')).toBeNull()
  expect(showing.claim('b', 'q')).toBeNull()
  expect(showing.claim('b', 'p')).toBe('a')
  expect([showing.pairOf('a'), showing.pairOf('b')]).toEqual(['p', 'q'])
  expect(showing.claim('a', null)).toBeNull()
  expect(showing.claim('b', 'p')).toBeNull()
  expect([showing.windowOf('p'), showing.windowOf('q')]).toEqual(['b', undefined])
  showing.closed('b')
  expect([showing.windowOf('p'), showing.all()]).toEqual([undefined, ['a']])
})

it('knows which window was looked at last', () => {
  const showing = createShowing<string>()
  for (const window of ['a', 'b', 'c']) showing.opened(window)
  showing.focused('a')
  expect(showing.all()).toEqual(['a', 'c', 'b'])
})
