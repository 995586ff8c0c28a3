import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createFeed } from './feed'
import { createPrecedence } from './precedence'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const [left, right] = [{}, {}]

/** Two terminals that have parsed what they are given when they are told so. */
const room = () => {
  const precedence = createPrecedence()
  const given: string[] = []
  const parsing: (() => void)[] = []
  const feeds = { left: createFeed(left, precedence), right: createFeed(right, precedence) }
  const write = (to: 'left' | 'right', text: string, chars = text.length) =>
    feeds[to].output(chars, parsed => {
      given.push(text)
      parsing.push(parsed)
    })
  return { precedence, feeds, given, write, parsed: () => parsing.shift()?.() }
}

it('what is typed into goes first, and the others go on in order once the answer is drawn', () => {
  const { precedence, feeds, given, write } = room()
  write('right', 'before')
  precedence.typed(left)
  write('right', 'a')
  feeds.right.then(() => given.push('resized'))
  write('right', 'b')
  write('left', 'echo')
  expect(given).toEqual(['before', 'echo'])
  precedence.answered(right)
  expect(given).toEqual(['before', 'echo'])
  precedence.answered(left)
  write('right', 'c')
  expect(given).toEqual(['before', 'echo', 'a', 'resized', 'b', 'c'])
})

it('a key without an answer holds the others for a moment only, counted from the last key', () => {
  const { precedence, given, write } = room()
  precedence.typed(left)
  write('right', 'a')
  vi.advanceTimersByTime(40)
  precedence.typed(left)
  vi.advanceTimersByTime(40)
  expect(given).toEqual([])
  vi.advanceTimersByTime(20)
  expect(given).toEqual(['a'])
})

it('typing in the other one lets go what waited for the first', () => {
  const { precedence, given, write } = room()
  precedence.typed(left)
  write('right', 'a')
  precedence.typed(right)
  write('left', 'b')
  write('right', 'c')
  expect(given).toEqual(['a', 'c'])
})

it('a flood is given little at a time, and the next as soon as that is parsed', () => {
  const { feeds, given, write, parsed } = room()
  for (const text of ['1', '2', '3', '4']) write('right', text, 20_000)
  expect(given).toEqual(['1', '2'])
  parsed()
  expect(given).toEqual(['1', '2', '3'])
  feeds.right.stop()
  parsed()
  expect(given).toEqual(['1', '2', '3'])
})
