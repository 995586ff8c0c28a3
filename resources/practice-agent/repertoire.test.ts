import { describe, expect, test } from 'vitest'
import { blamedLine, PROBES } from './probes'
import { addTests, planFor, reshape, type Shape, shapeOf } from './repertoire'
import type { Cause } from './task'

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
const plainShape: Shape = { accents: false, separators: 'each', emoji: null, letters: false, tabs: false }
const wholeShape: Shape = { accents: true, separators: 'runs', emoji: 'keep', letters: true, tabs: true }
const from = (kind: Cause['from'], text: string): Cause => ({ from: kind, text })

/** The function that a source text defines, run as it stands. */
const slugifyOf = (source: string): ((title: string) => string) =>
  new Function('module', `${source}; return module.exports.slugify`)({})

describe('shapes', () => {
  test('the first source is known, and a reshaped one is known again', () => {
    expect(shapeOf(FIRST)).toEqual(plainShape)
    const source = reshape(FIRST, plainShape, wholeShape)
    expect(shapeOf(source)).toEqual(wholeShape)
    expect(reshape(source, wholeShape, plainShape)).toBe(FIRST)
  })

  test('a function that somebody changed is not known', () => {
    expect(shapeOf(FIRST.replace("'-'", "'_'"))).toBeNull()
  })

  test('the whole shape gives what all probes want, with emoji dropped or kept', () => {
    for (const emoji of ['strip', 'keep'] as const) {
      const slugify = slugifyOf(reshape(FIRST, plainShape, { ...wholeShape, emoji }))
      const probes = PROBES.filter(({ name }) => name === 'slugify')
      expect(probes.map(({ args }) => slugify(String(args[0])))).toEqual(probes.map(({ want }) => want))
      expect(slugify('Hello 🌍 World')).toBe(emoji === 'keep' ? 'hello-🌍-world' : 'hello-world')
    }
  })
})

describe('planFor', () => {
  test('takes failing tests at their word, so the first try leaves a flaw', () => {
    const causes = [from('test', 'accents are folded: …'), from('test', 'repeated separators become one: …')]
    const plan = planFor(plainShape, causes)
    expect(plan).toEqual({
      shape: { ...plainShape, accents: true, separators: 'spaces' },
      addTests: false,
      unanswered: [],
    })
    expect(slugifyOf(reshape(FIRST, plainShape, plan.shape))('one - two')).toBe('one---two')
  })

  test('gives a finding the whole answer, and tests where tests are missed', () => {
    const shape: Shape = { ...plainShape, accents: true, separators: 'spaces', emoji: 'strip' }
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
  const shape: Shape = { ...plainShape, accents: true, separators: 'runs', emoji: 'strip' }
  const once = addTests('', shape)
  expect(once.match(/^test\(/gm)).toHaveLength(4)
  expect(addTests(once, shape)).toBe(once)
})

test('blame falls on the expression, else on the function', () => {
  expect(blamedLine(FIRST, /toLowerCase/)).toBe(8)
  expect(blamedLine(FIRST, /nowhere/)).toBe(6)
  expect(blamedLine('', /nowhere/)).toBe(1)
})
