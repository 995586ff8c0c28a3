import type { TokenNode } from 'react-diff-view'
import { expect, it } from 'vitest'
import { editsOf } from './edits'
import { parseFile } from './patch'

const hunkOf = (...lines: string[]) => {
  const patch = ['diff --git a/f b/f', '--- a/f', '+++ b/f', ...lines, ''].join('\n')
  const [hunk] = parseFile({
    path: 'f',
    oldPath: null,
    status: 'modified',
    added: 1,
    removed: 1,
    binary: false,
    patch,
    tooLarge: false,
    submodule: false,
  }).hunks
  if (!hunk) throw new Error('no hunk')
  return hunk
}

it('marks the part that changed, at the numbers the lines have in the file', () => {
  const edits = editsOf(
    hunkOf(
      '@@ -9000,3 +9500,4 @@',
      ' same',
      "-list({ sort: 'date' })",
      "+list({ sort: 'date', limit: 9 })",
      '+more',
    ),
  )
  const marked = (line: readonly TokenNode[] | undefined) =>
    line
      ?.filter(token => token.type === 'edit')
      .map(token => token.children?.map(child => child.value as unknown).join(''))
  expect(Object.keys(edits?.new ?? {})).toEqual(['9500'])
  expect(marked(edits?.new[9500])).toEqual([', limit: 9'])
  expect(edits?.old).toEqual([])
})

it('marks nothing where a line is another one altogether, or only one side has lines', () => {
  const rewritten = editsOf(hunkOf('@@ -1 +1 @@', '-return true', '+throw new Error(`no answer`)'))
  expect([rewritten?.old, rewritten?.new]).toEqual([[], []])
  expect(editsOf(hunkOf('@@ -1 +1,2 @@', ' same', '+more'))).toBeNull()
})
