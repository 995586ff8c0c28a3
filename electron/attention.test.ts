import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Place } from '../shared/attention/notice'
import type { Waiting } from '../shared/attention/waiting'
import { asPairId, asRequestId } from '../shared/ids'
import { Story } from '../shared/pair/story'
import { createAttention } from './attention'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const P = asPairId('p')
const Q = asPairId('q')

/** A host with a human who looks at `shown` while the window has the focus. */
const bench = () => {
  const human = { focused: false, shown: '' as string, notifications: true, sound: false }
  const live = new Set<string>([P, Q])
  const shown: { title: string; body: string; click: () => void; gone: boolean }[] = []
  const went: { pair: string; place: Place }[] = []
  const badges: number[] = []
  let sounds = 0
  let waiting: readonly Waiting[] = []
  const attention = createAttention({
    now: () => Date.now(),
    live: pair => live.has(pair),
    looking: pair => human.focused && human.shown === pair,
    wants: () => human,
    show: (words, click) => {
      const one = { ...words, click, gone: false }
      shown.push(one)
      return () => {
        one.gone = true
      }
    },
    sound: () => {
      sounds += 1
    },
    badge: count => badges.push(count),
    go: (pair, place) => went.push({ pair, place }),
    tell: now => {
      waiting = now
    },
  })
  const story = new Story()
  /** What the story has decided since it was last told. */
  let told = 0
  const tell = (pair = P) => {
    attention.events(pair, story.events.slice(told), story.state)
    told = story.events.length
  }
  tell()
  const ask = (id: string, pair = P) => {
    const request = { type: 'question', id: asRequestId(id), questions: [] } as const
    story.agent('right', { type: 'requestOpened', request })
    tell(pair)
  }
  const answer = (id: string) => {
    story.agent('right', { type: 'requestClosed', id: asRequestId(id), by: 'terminal', summary: '' })
    tell()
  }
  const standing = () => shown.filter(({ gone }) => !gone).map(({ title }) => title)
  return {
    human,
    live,
    shown,
    went,
    badges,
    attention,
    story,
    tell,
    ask,
    answer,
    standing,
    sounds: () => sounds,
    waiting: () => waiting,
  }
}

test('the first call is shown at once, others as one, and each goes when it is settled', () => {
  const b = bench()
  b.ask('a')
  expect(b.standing()).toEqual(['Codex (navigator) asks you'])
  b.ask('b')
  b.ask('c')
  expect(b.shown).toHaveLength(1)
  vi.runAllTimers()
  expect(b.standing()).toEqual(['3 things wait for you'])
  expect(b.badges.at(-1)).toBe(3)
  b.answer('a')
  b.answer('b')
  expect(b.standing()).toHaveLength(1)
  b.answer('c')
  expect(b.standing()).toEqual([])
  expect(b.badges.at(-1)).toBe(0)
})

test('a click leads to the oldest that still waits', () => {
  const b = bench()
  b.ask('a')
  b.ask('b')
  vi.runAllTimers()
  b.answer('a')
  b.shown.at(-1)?.click()
  expect(b.went).toEqual([{ pair: P, place: { type: 'card', key: 'request b' } }])
})

test('who looks at the pair is not called, and what calls is taken away when they come', () => {
  const b = bench()
  Object.assign(b.human, { focused: true, shown: P })
  b.ask('a')
  vi.runAllTimers()
  expect(b.shown).toEqual([])
  expect(b.waiting()).toEqual([{ pair: P, intent: 'Fix the upload.', count: 1, ended: false }])
  b.human.shown = Q
  b.ask('b')
  expect(b.standing()).toEqual(['Codex (navigator) asks you'])
  b.human.shown = P
  b.attention.looked()
  expect(b.standing()).toEqual([])
})

test('an end counts until it was looked at; one that the human made counts not at all', () => {
  const b = bench()
  b.story.agent('right', { type: 'exited', code: 1, signal: null, resumable: true })
  b.tell()
  b.story.command({ type: 'end' })
  b.tell()
  vi.runAllTimers()
  expect(b.waiting()).toEqual([{ pair: P, intent: 'Fix the upload.', count: 0, ended: true }])
  Object.assign(b.human, { focused: true, shown: P })
  b.attention.looked()
  expect(b.waiting()).toEqual([])
  const mine = bench()
  mine.story.command({ type: 'end' })
  mine.tell()
  expect(mine.shown).toEqual([])
  expect(mine.waiting()).toEqual([])
})

test('sound and notifications are wanted or not, each for itself', () => {
  const b = bench()
  b.ask('a')
  expect(b.sounds()).toBe(0)
  b.answer('a')
  Object.assign(b.human, { notifications: false, sound: true })
  b.ask('b')
  expect(b.sounds()).toBe(1)
  expect(b.shown).toHaveLength(1)
})

test('of two limits that hold a pair, the one that stays does not call again when the other is over', () => {
  const b = bench()
  const refused = { type: 'failed', cause: 'quota', detail: 'no more' } as const
  b.story = new Story(10, { doubleReview: true })
  b.story.finish()
  for (const seat of ['right', 'left'] as const) b.story.take(seat)
  for (const seat of ['right', 'left'] as const) b.story.end(seat, '', refused)
  b.attention.events(P, b.story.events, b.story.state)
  vi.runAllTimers()
  expect(b.standing()).toEqual(['2 things wait for you'])
  const [calls, seen] = [b.shown.length, b.story.events.length]
  b.story.command({ type: 'retry' })
  b.attention.events(P, b.story.events.slice(seen), b.story.state)
  vi.runAllTimers()
  expect(b.waiting()).toMatchObject([{ count: 1 }])
  expect(b.shown).toHaveLength(calls)
})

test('a journal that cannot be written calls once, until it can be again', () => {
  const b = bench()
  for (const message of ['The disk is full.', 'The disk is full still.'])
    b.attention.trouble(P, b.story.state, message)
  expect(b.standing()).toEqual(['The journal cannot be written; the pair is paused'])
  expect(b.badges.at(-1)).toBe(1)
  b.attention.trouble(P, b.story.state, null)
  expect(b.standing()).toEqual([])
  expect(b.badges.at(-1)).toBe(0)
})

test('a pair that was closed waits for nobody', () => {
  const b = bench()
  b.ask('a')
  b.live.delete(P)
  b.attention.changed()
  expect(b.standing()).toEqual([])
  expect(b.waiting()).toEqual([])
  expect(b.badges.at(-1)).toBe(0)
})
