import { describe, expect, test } from 'vitest'
import { addTests, blamedLine, type Cause, PROBES, planFor, reshape, type Shape, shapeOf } from './repertoire'

const FIRST = `'use strict'

/**
 * Turns a title into the part of a URL that names it: "Hello World" → "hello-world".
 */
function slugify(title) {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9 -]/g, '')
    .replace(/ /g, '-')
}

module.exports = { slugify }
`
const plainShape: Shape = { accents: false, separators: 'each', emoji: null }
const from = (kind: Cause['from'], text: string): Cause => ({ from: kind, text })

/** The function that a source text defines, run as it stands. */
const slugifyOf = (source: string): ((title: string) => string) =>
  new Function('module', `${source}; return module.exports.slugify`)({})

describe('shapes', () => {
  test('the first source is known, and a reshaped one is known again', () => {
    expect(shapeOf(FIRST)).toEqual(plainShape)
    const whole: Shape = { accents: true, separators: 'runs', emoji: 'keep' }
    const source = reshape(FIRST, plainShape, whole)
    expect(shapeOf(source)).toEqual(whole)
    expect(reshape(source, whole, plainShape)).toBe(FIRST)
  })

  test('a function that somebody changed is not known', () => {
    expect(shapeOf(FIRST.replace("'-'", "'_'"))).toBeNull()
  })

  test('the whole shape gives what the probes in scope want, with emoji dropped or kept', () => {
    for (const emoji of ['strip', 'keep'] as const) {
      const slugify = slugifyOf(reshape(FIRST, plainShape, { accents: true, separators: 'runs', emoji }))
      const inScope = PROBES.filter(probe => probe.inScope)
      expect(inScope.map(({ input }) => slugify(input))).toEqual(inScope.map(({ want }) => want))
      expect(slugify('Hello 🌍 World')).toBe(emoji === 'keep' ? 'hello-🌍-world' : 'hello-world')
    }
  })
})

describe('planFor', () => {
  test('takes failing tests at their word, so the first try leaves a flaw', () => {
    const causes = [from('test', 'accents are folded: …'), from('test', 'repeated separators become one: …')]
    const plan = planFor(plainShape, causes)
    expect(plan).toEqual({
      shape: { accents: true, separators: 'spaces', emoji: null },
      addTests: false,
      unanswered: [],
    })
    expect(slugifyOf(reshape(FIRST, plainShape, plan.shape))('one - two')).toBe('one---two')
  })

  test('gives a finding the whole answer, and tests where tests are missed', () => {
    const shape: Shape = { accents: true, separators: 'spaces', emoji: 'strip' }
    const causes = [
      from('finding', '1.1 mixed separators are not folded into one dash'),
      from('finding', '1.2 leading and trailing separators stay as dashes'),
      from('finding', '1.3 The code was changed without a changed test.'),
    ]
    expect(planFor(shape, causes)).toEqual({
      shape: { ...shape, separators: 'runs' },
      addTests: true,
      unanswered: [],
    })
  })

  test('says what it cannot answer', () => {
    const odd = from('finding', '1.1 the cache is never emptied')
    expect(planFor(plainShape, [odd])).toEqual({ shape: plainShape, addTests: false, unanswered: [odd] })
  })
})

test('tests are added once', () => {
  const shape: Shape = { accents: true, separators: 'runs', emoji: 'strip' }
  const once = addTests('', shape)
  expect(once.match(/^test\(/gm)).toHaveLength(4)
  expect(addTests(once, shape)).toBe(once)
})

test('blame falls on the expression, else on the function', () => {
  expect(blamedLine(FIRST, /toLowerCase/)).toBe(8)
  expect(blamedLine(FIRST, /nowhere/)).toBe(6)
  expect(blamedLine('', /nowhere/)).toBe(1)
})
