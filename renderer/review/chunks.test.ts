import fc from 'fast-check'
import type { ChangeData, HunkData } from 'react-diff-view'
import { expect, it } from 'vitest'
import { besideEachOther, heightOf, piecesOf, type ViewType } from './chunks'

/** Lines as a patch has them: in every run the removed ones come before the added ones. */
const hunkOf = (runs: readonly (readonly [number, number, number])[]): HunkData => {
  const changes: ChangeData[] = []
  let before = 1
  let now = 1
  for (const [removed, added, same] of runs) {
    for (let at = 0; at < removed; at += 1)
      changes.push({ type: 'delete', isDelete: true, content: 'old', lineNumber: before++ })
    for (let at = 0; at < added; at += 1)
      changes.push({ type: 'insert', isInsert: true, content: 'new', lineNumber: now++ })
    for (let at = 0; at < same; at += 1)
      changes.push({
        type: 'normal',
        isNormal: true,
        content: '',
        oldLineNumber: before++,
        newLineNumber: now++,
      })
  }
  return {
    content: '@@ -1 +1 @@',
    oldStart: 1,
    newStart: 1,
    oldLines: before - 1,
    newLines: now - 1,
    changes,
  }
}

const anyRuns = fc.array(fc.tuple(fc.nat(90), fc.nat(90), fc.integer({ min: 1, max: 60 })), { maxLength: 6 })
const anyView = fc.constantFrom<ViewType>('unified', 'split')

it('has every line once, in the order of its view, in bounded pieces', () => {
  fc.assert(
    fc.property(anyRuns, anyView, (runs, view) => {
      const hunk = hunkOf(runs)
      const pieces = piecesOf(hunk, view)
      expect(pieces.flatMap(piece => piece.changes)).toEqual(
        view === 'split' ? besideEachOther(hunk.changes) : hunk.changes,
      )
      expect(pieces.every(({ changes }) => changes.length > 0 && changes.length <= 61)).toBe(true)
    }),
  )
})

it('never parts two lines that stand side by side', () => {
  fc.assert(
    fc.property(anyRuns, runs => {
      const pieces = piecesOf(hunkOf(runs), 'split')
      const parted = pieces.filter(
        ({ changes }, at) =>
          changes[0]?.type === 'insert' && pieces[at - 1]?.changes.at(-1)?.type === 'delete',
      )
      expect(parted).toEqual([])
    }),
  )
})

it('puts removed and added lines side by side, the rest of the longer side below', () => {
  const { changes } = hunkOf([[3, 1, 1]])
  expect(besideEachOther(changes).map(change => change.type)).toEqual([
    'delete',
    'insert',
    'delete',
    'delete',
    'normal',
  ])
  expect([heightOf(changes, 'unified'), heightOf(besideEachOther(changes), 'split')]).toEqual([5, 4])
})
