import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type Bundles,
  bundleWords,
  GATHER_MS,
  gather,
  noBundles,
  raise,
  settle,
  TOGETHER_MS,
  type Told,
} from './bundle'

const told = (name: string, pair = 'p'): Told => ({
  key: name,
  title: `Codex asks: ${name}`,
  body: `the whole of ${name}`,
  place: { type: 'card', key: name },
  pair,
  intent: `Intent of ${pair}`,
})

test('the first is shown at once and in its own words', () => {
  const { show } = raise(noBundles, told('a'), 0)
  expect(show).toEqual({ told: [told('a')], replaces: false })
  expect(bundleWords(show?.told ?? [])).toEqual({ title: 'Codex asks: a', body: 'the whole of a' })
})

test('what follows closely becomes one that tells how many, in place of the first', () => {
  let { bundles } = raise(noBundles, told('a'), 0)
  for (const name of ['b', 'c', 'd', 'e']) bundles = raise(bundles, told(name), 100).bundles
  const { show } = gather(bundles, 100 + GATHER_MS)
  expect(show?.replaces).toBe(true)
  expect(bundleWords(show?.told ?? [])).toEqual({
    title: '5 things wait for you',
    body: 'Codex asks: a\nCodex asks: b\nCodex asks: c\nCodex asks: d\nand 1 more',
  })
})

test('of several pairs each line says which', () => {
  expect(bundleWords([told('a', 'p'), told('b', 'q')]).body).toBe(
    'Codex asks: a · Intent of p\nCodex asks: b · Intent of q',
  )
  const ended = (pair: string): Told => ({ ...told('ended', pair), title: 'The pair has agreed' })
  expect(bundleWords([ended('p'), ended('q')]).title).toBe('2 pairs have ended')
})

test('after a while, or when nothing of before waits any more, the next is news of its own', () => {
  const first = raise(noBundles, told('a'), 0).bundles
  expect(raise(first, told('b'), TOGETHER_MS).show?.told).toEqual([told('b')])
  const settled = settle(first, ({ key }) => key !== 'a')
  expect(raise(settled, told('b'), 1).show).toEqual({ told: [told('b')], replaces: false })
})

test('what is settled before it was told is not told', () => {
  const first = raise(noBundles, told('a'), 0).bundles
  const second = raise(first, told('b'), 10).bundles
  const settled = settle(second, ({ key }) => key !== 'b')
  expect(gather(settled, 10 + GATHER_MS).show).toBeNull()
})

test('what is told anew waits once, and takes the place of what was told of it', () => {
  const again = { ...told('a'), title: 'The limit is over' }
  const first = raise(noBundles, told('a'), 0).bundles
  expect(raise(first, again, TOGETHER_MS).show).toEqual({ told: [again], replaces: true })
  const more = raise(raise(first, told('b'), 10).bundles, told('b'), 20).bundles
  expect(gather(more, GATHER_MS).show).toEqual({ told: [told('a'), told('b')], replaces: true })
  const both = raise(more, again, 30).bundles
  expect(gather(both, GATHER_MS).show).toEqual({ told: [told('b'), again], replaces: true })
})

/** A human's day: something comes, something is settled, time goes by. */
const dayArb = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.constant({ type: 'comes' as const }) },
    fc.record({ type: fc.constant('settled' as const), which: fc.nat(5) }),
    fc.record({ type: fc.constant('waits' as const), ms: fc.integer({ min: 1, max: 7_000 }) }),
  ),
  { maxLength: 60 },
)

test('on any day each is told exactly once, within the gathering time, unless it was settled before', () => {
  fc.assert(
    fc.property(dayArb, day => {
      let at = 0
      let bundles: Bundles = noBundles
      let due: number | null = null
      const raised = new Map<string, number>()
      const settled = new Map<string, number>()
      const toldAt = new Map<string, number>()
      let onScreen: readonly Told[] = []
      const take = (step: ReturnType<typeof raise>) => {
        bundles = step.bundles
        if (!step.show) return
        const before = step.show.replaces ? onScreen.map(({ key }) => key) : []
        for (const { key } of step.show.told) {
          if (before.includes(key)) continue
          expect(toldAt.has(key), `${key} is told again`).toBe(false)
          expect(settled.has(key), `${key} was settled`).toBe(false)
          toldAt.set(key, at)
        }
        onScreen = step.show.told
      }
      const until = (end: number) => {
        if (due !== null && due <= end) {
          at = due
          due = null
          take(gather(bundles, at))
        }
        at = end
      }
      for (const [index, step] of day.entries()) {
        if (step.type === 'waits') until(at + step.ms)
        if (step.type === 'comes') {
          raised.set(`n${index}`, at)
          take(raise(bundles, told(`n${index}`), at))
          if (bundles.gathered.length > 0) due ??= at + GATHER_MS
        }
        if (step.type === 'settled') {
          const open = [...raised.keys()].filter(key => !settled.has(key))
          const key = open[step.which % Math.max(1, open.length)]
          if (key === undefined) continue
          settled.set(key, at)
          bundles = settle(bundles, each => each.key !== key)
        }
      }
      until(at + GATHER_MS)
      for (const [key, from] of raised) {
        const was = toldAt.get(key)
        if (was === undefined)
          expect(settled.get(key) ?? Number.POSITIVE_INFINITY).toBeLessThanOrEqual(from + GATHER_MS)
        else expect(was - from).toBeLessThanOrEqual(GATHER_MS)
      }
    }),
    { numRuns: 500 },
  )
})
