import fc from 'fast-check'
import { expect, it } from 'vitest'
import { bestIn, docOf, foundIn, indexOf, wordsOf } from './find'
import type { Part } from './parts'

const part = (seq: number, text: string): Part => ({ kind: 'handoff', seq, id: '', text })
const find = (texts: readonly string[], query: string) => {
  const doc = docOf(texts.map((text, seq) => part(seq, text)))
  const words = wordsOf(query)
  const best = bestIn(indexOf(doc), words)
  return best && foundIn(doc, best, words)
}
const marked = (texts: readonly string[], query: string) =>
  find(texts, query)?.excerpt.flatMap(({ text, hit }) => (hit ? [text] : []))

it('wants every word, in any order, case and part; and shows the part that has most of them', () => {
  const texts = ['the Upload retries', 'retry the upload twice', 'twice']
  expect(find(texts, 'TWICE upload')).toMatchObject({ part: { seq: 1 }, others: 2 })
  expect(marked(texts, 'TWICE upload')).toEqual(['upload', 'twice'])
  expect(find(texts, 'upload thrice')).toBeNull()
  expect(find(texts, '')).toBeNull()
})

it('takes every sign as it is, and no two parts for one text', () => {
  expect(marked(['a.c (x|y) [z]* \\d $'], '(x|y) [z]*')).toEqual(['(x|y)', '[z]*'])
  expect(marked(['abc'], 'a.c')).toBeUndefined()
  expect(find(['up', 'load'], 'upload')).toBeNull()
})

it('finds letters however they are composed, and marks the right ones beside those that change length', () => {
  expect(marked(['cafe\u0301 society'], 'CAF\u00c9')).toEqual(['caf\u00e9'])
  expect(marked(['\u0130\u0130 Zebra \u0130'], 'zebra')).toEqual(['Zebra'])
})

it('shows the place of the first hit in a long text, without line ends', () => {
  const found = find([`${'lorem ipsum '.repeat(200)}the\n\nneedle ${'dolor sit '.repeat(200)}`], 'needle')
  const text = found?.excerpt.map(each => each.text).join('') ?? ''
  expect(text).toMatch(/^… .*the needle dolor.* …$/)
  expect(text.length).toBeLessThan(230)
})

it('finds what is there, and the marks are the words', () => {
  const word = fc.string({ minLength: 1, maxLength: 8, unit: 'grapheme' }).filter(text => /^\S+$/.test(text))
  const texts = fc.array(fc.array(word, { minLength: 1, maxLength: 30 }), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(texts, fc.nat(), fc.nat(), (all, i, j) => {
      const line = all[i % all.length] ?? []
      const wanted = line[j % line.length] ?? ''
      const hits = marked(
        all.map(each => each.join(' ')),
        wanted,
      )
      expect(hits?.length).toBeGreaterThan(0)
    }),
  )
})
