import { expect, test } from 'vitest'
import { fitting, mentionAt, mentionOf, pathFrom } from './paths'

test.each([
  ['@', 1, { at: 0, query: '' }],
  ['look at @src/a', 14, { at: 8, query: 'src/a' }],
  ['look at @src/a and go', 14, { at: 8, query: 'src/a' }],
  ['(@a', 3, { at: 1, query: 'a' }],
  ['one\n@two', 8, { at: 4, query: 'two' }],
  ['see @"my fi', 11, { at: 4, query: 'my fi' }],
  ['mail a@b.c', 10, null],
  ['see @a and', 10, null],
  ['see @"my file" ', 15, null],
  ['@a', 0, null],
])('what is asked for in %j at %i', (text, caret, found) => {
  expect(mentionAt(text, caret)).toEqual(found)
})

test('a path that is written into the text is read there as the same path', () => {
  for (const path of ['a.ts', 'src/deep/b.ts', 'with some spaces.txt']) {
    const text = `see ${mentionOf(path)}`
    expect(mentionAt(text, text.replace(/"$/, '').length)?.query).toBe(path)
  }
})

test('a path of the workspace is told from there, any other as it is', () => {
  expect(pathFrom('/w/p', '/w/p/src/a.ts')).toBe('src/a.ts')
  expect(pathFrom('/w/p/', '/w/p/a')).toBe('a')
  expect(pathFrom('/w/p', '/w/pq/a')).toBe('/w/pq/a')
  expect(pathFrom('/w/p', '/w/p')).toBe('/w/p')
  expect(pathFrom('C:\\w\\p', 'C:\\w\\p\\src\\a.ts')).toBe('src/a.ts')
})

const FILES = ['README.md', 'src/upload.ts', 'src/upload.test.ts', 'src/net/retry.ts', 'docs/upload/notes.md']

test('the name counts more than its folders, the beginning more than the middle', () => {
  expect(fitting(FILES, 'upload', 9)).toEqual(['src/upload.ts', 'src/upload.test.ts', 'docs/upload/notes.md'])
  expect(fitting(FILES, 'upload.ts', 9)[0]).toBe('src/upload.ts')
  expect(fitting(FILES, 'NET/', 9)).toEqual(['src/net/retry.ts'])
  expect(fitting(FILES, 'srtry', 9)).toEqual(['src/net/retry.ts'])
  expect(fitting(FILES, 'nothing', 9)).toEqual([])
})

test('with nothing typed the files of the top come first, and never more than asked for', () => {
  expect(fitting(FILES, '', 2)).toEqual(['README.md', 'src/upload.ts'])
})
