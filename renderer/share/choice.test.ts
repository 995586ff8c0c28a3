import { expect, it } from 'vitest'
import type { SecretHit } from '../../shared/ipc'
import { choiceOf, sizeWords, wordsIn } from './choice'

const hit = (value: string): SecretHit => ({
  found: { start: 0, end: value.length, kind: 'token', value },
  count: 1,
  places: ['text'],
  before: '',
  after: '',
})

it('keeps what the human keeps, and replaces what else was found wherever it stands', () => {
  const hits = [hit('aB3dE6gH9'), hit('short1'), hit('kept-value-1')]
  expect(choiceOf(hits, new Set(['kept-value-1']), 'Falcon\n\n x \nAda')).toEqual({
    keep: ['kept-value-1'],
    words: ['Falcon', 'Ada', 'aB3dE6gH9'],
  })
})

it('takes a word a line, and sizes as people read them', () => {
  expect(wordsIn(' one two \nno\n\nthree')).toEqual(['one two', 'three'])
  expect([10, 12_345, 3_400_000].map(sizeWords)).toEqual(['1 KB', '12 KB', '3.4 MB'])
})
