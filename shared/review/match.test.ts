/**
 * The labelled pairs: `match.tuning.txt` is what the weights and word lists were set on; `match.unseen.txt` was written
 * before the final weights and nothing was changed for it. Add pairs to the first, never mend words for the second.
 */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asFindingId } from '../ids'
import type { Finding } from './finding'
import { matchFindings, repeats } from './match'

const finding = (file: string, line: number, text: string, more: Partial<Finding> = {}): Finding => ({
  id: asFindingId(`${file}:${line}`),
  severity: 'major',
  inScope: true,
  file,
  line,
  text,
  ...more,
})

const parsed = (line: string | undefined): Finding => {
  const [, file, at, text] = /^(\S*):(\d+) (.+)$/.exec(line ?? '') ?? []
  if (file === undefined || text === undefined) throw new Error(`Not a finding: ${line}`)
  return finding(file, Number(at), text)
}

const labelled = (name: string) =>
  readFileSync(new URL(name, import.meta.url), 'utf8')
    .trim()
    .split(/\n\n+/)
    .map(pair => {
      const [label, a, b] = pair.split('\n')
      if (label !== 'same' && label !== 'different') throw new Error(`Not a label: ${label}`)
      return { same: label === 'same', a: parsed(a), b: parsed(b) }
    })

type Judged = (a: Finding, b: Finding) => boolean
const matched: Judged = (a, b) => matchFindings([a], [b]).pairs.length === 1

const figures = (name: string, judged: Judged) => {
  const pairs = labelled(name).map(pair => ({ ...pair, found: judged(pair.a, pair.b) }))
  const count = (same: boolean, found: boolean) =>
    pairs.filter(pair => pair.same === same && pair.found === found).length
  const right = count(true, true)
  return {
    pairs: pairs.length,
    precision: right / (right + count(false, true)),
    recall: right / (right + count(true, false)),
  }
}

describe('labelled pairs', () => {
  it('agrees with the labels it was tuned on', () => {
    const { pairs, precision, recall } = figures('match.tuning.txt', matched)
    expect(pairs).toBeGreaterThanOrEqual(240)
    expect(precision).toBeGreaterThanOrEqual(0.95)
    expect(recall).toBeGreaterThanOrEqual(0.85)
  })

  it('pairs nothing wrongly, and finds half of the free rewordings, where it was not tuned', () => {
    const { pairs, precision, recall } = figures('match.unseen.txt', matched)
    expect(pairs).toBeGreaterThanOrEqual(30)
    expect(precision).toBeGreaterThanOrEqual(0.95)
    expect(recall).toBeGreaterThanOrEqual(0.5)
  })

  it('calls hardly anything a repetition that is not', () => {
    const again: Judged = (a, b) => repeats(a, [b]) !== null
    expect(figures('match.tuning.txt', again).precision).toBeGreaterThanOrEqual(0.97)
  })
})

describe('two reviews', () => {
  const leak = finding('src/a.ts', 10, 'The listener is never removed.')
  const race = finding('src/a.ts', 12, 'Race between load() and save(): the last write wins.')
  const docs = finding('', 0, 'The README does not mention the flag.')

  it('are sorted into both and one, with the reason', () => {
    const other = finding('./src/a.ts', 14, 'load() and save() race; the last write wins.')
    const result = matchFindings([leak, race], [docs, other])
    expect(result).toMatchObject({ pairs: [{ a: race, b: other }], onlyA: [leak], onlyB: [docs] })
    expect(result.pairs[0]?.why).toMatch(/^same file, lines 12 and 14, \d+ % of the words alike$/)
  })

  it('give a finding to the surest partner', () => {
    const twin = { ...leak, line: 11 }
    const { pairs, onlyB } = matchFindings([leak], [twin, leak])
    expect(pairs).toEqual([{ a: leak, b: leak, score: 1, why: 'same file, line 10, the same words' }])
    expect(onlyB).toEqual([twin])
  })

  it('know one path in many spellings', () => {
    for (const file of ['./src/a.ts', 'src\\a.ts', 'a/src/a.ts', 'b/src/a.ts', '/w/src/a.ts', 'pkg/src/a.ts'])
      expect(matchFindings([leak], [{ ...leak, file }]).pairs).toHaveLength(1)
    for (const file of ['src/b.ts', 'lib/a.ts', 'src/a.tsx', 'src/aa.ts', 'a.ts'])
      expect(matchFindings([leak], [{ ...leak, file }]).pairs).toEqual([])
  })

  it('match without a file only by much of their words', () => {
    expect(matchFindings([docs], [{ ...docs, file: 'README.md' }]).pairs[0]?.why).toBe(
      'file named by one, the same words',
    )
    expect(matchFindings([docs], [leak]).pairs).toEqual([])
  })
})

describe('a repetition', () => {
  const earlier = finding('src/a.ts', 40, '`retry` swallows the last error and returns undefined.')

  it('is known although its line moved and its words changed a little', () => {
    const later = finding('src/a.ts', 95, 'retry() still swallows the last error: it returns undefined.')
    expect(repeats(later, [finding('src/b.ts', 1, 'Other.'), earlier])?.b).toBe(earlier)
  })

  it('is the latest of equals', () => {
    const again = { ...earlier, id: asFindingId('2.1') }
    expect(repeats(earlier, [earlier, again])?.b).toBe(again)
  })

  it('is not another problem at the same place', () => {
    expect(repeats(finding('src/a.ts', 40, '`retry` waits without jitter.'), [earlier])).toBeNull()
    expect(repeats(earlier, [])).toBeNull()
  })
})

describe('any two reviews', () => {
  const words = fc.constantFrom(
    'leak',
    'retry',
    '`save`',
    'race',
    'maxRetries',
    'the',
    'never',
    'removed',
    '1',
    '',
  )
  const text = fc.oneof(
    fc.array(words, { maxLength: 6 }).map(all => all.join(' ')),
    fc.string({ unit: 'grapheme' }),
  )
  const anyFinding = fc
    .record({
      file: fc.constantFrom('', 'src/a.ts', './src/a.ts', 'x/src/a.ts', 'src/b.ts'),
      line: fc.nat(30),
      text,
    })
    .map(({ file, line, text }) => finding(file, line, text))
  /** Ids by place, so that equal findings can be told apart. */
  const review = (name: string) =>
    fc
      .array(anyFinding, { maxLength: 8 })
      .map(all => all.map((one, index) => ({ ...one, id: asFindingId(`${name}${index}`) })))

  it('hold each finding in exactly one place', () => {
    fc.assert(
      fc.property(review('a'), review('b'), (a, b) => {
        const { pairs, onlyA, onlyB } = matchFindings(a, b)
        const ids = (all: readonly Finding[]) => all.map(({ id }) => id).sort()
        expect(ids([...pairs.map(pair => pair.a), ...onlyA])).toEqual(ids(a))
        expect(ids([...pairs.map(pair => pair.b), ...onlyB])).toEqual(ids(b))
        expect(pairs.every(({ score }) => score >= 0.5 && score <= 1)).toBe(true)
      }),
    )
  })

  it('mirror', () => {
    fc.assert(
      fc.property(review('a'), review('b'), (a, b) => {
        const there = matchFindings(a, b).pairs.map(pair => `${pair.a.id} ${pair.b.id} ${pair.score}`)
        const back = matchFindings(b, a).pairs.map(pair => `${pair.b.id} ${pair.a.id} ${pair.score}`)
        expect(back.sort()).toEqual(there.sort())
      }),
    )
  })

  it('match whole when they are the same, in any order', () => {
    const shuffled = review('a').chain(a =>
      fc.tuple(fc.constant(a), fc.shuffledSubarray(a, { minLength: a.length, maxLength: a.length })),
    )
    fc.assert(
      fc.property(shuffled, ([a, b]) => {
        const { pairs, onlyA, onlyB } = matchFindings(a, b)
        expect([onlyA, onlyB]).toEqual([[], []])
        expect(pairs.every(pair => pair.a.text === pair.b.text && pair.a.line === pair.b.line)).toBe(true)
      }),
    )
  })

  it('never match across two known files', () => {
    const one = anyFinding.map(found => ({ ...found, file: 'src/a.ts' }))
    const two = anyFinding.map(found => ({ ...found, file: 'src/b.ts' }))
    fc.assert(
      fc.property(fc.array(one), fc.array(two), (a, b) => {
        expect(matchFindings(a, b).pairs).toEqual([])
        expect(a.every(found => repeats(found, b) === null)).toBe(true)
      }),
    )
  })
})
