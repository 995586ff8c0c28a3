/** Which part of a changed line changed. A line that is mostly new says nothing by being marked all over. */
import {
  type ChangeData,
  type HunkData,
  type HunkTokens,
  markEdits,
  type TokenNode,
  tokenize,
} from 'react-diff-view'
import { besideEachOther } from './chunks'

/** Share of a line's characters above which the marks are left out. */
const TOO_MUCH = 0.6

/** null: nothing to mark. The result has holes: only this piece's line numbers are set. */
export const editsOf = (hunk: HunkData): HunkTokens | null => {
  const types = new Set(hunk.changes.map(change => change.type))
  if (!types.has('delete') || !types.has('insert')) return null
  const oldBefore = firstOf(hunk.changes, 'old') - 1
  const newBefore = firstOf(hunk.changes, 'new') - 1
  // Counted from line 1: the library makes one array entry for every line up to the last.
  const changes = besideEachOther(hunk.changes).map(change => moved(change, oldBefore, newBefore))
  const piece = { ...hunk, changes }
  const tokens = tokenize([piece], { enhancers: [markEdits([piece], { type: 'line' })] })
  return { old: placed(tokens.old, oldBefore), new: placed(tokens.new, newBefore) }
}

const numberOf = (change: ChangeData, side: 'old' | 'new'): number | null => {
  if (change.type === 'normal') return side === 'old' ? change.oldLineNumber : change.newLineNumber
  return (change.type === 'delete') === (side === 'old') ? change.lineNumber : null
}

const firstOf = (changes: readonly ChangeData[], side: 'old' | 'new'): number => {
  for (const change of changes) {
    const number = numberOf(change, side)
    if (number !== null) return number
  }
  return 1
}

const moved = (change: ChangeData, oldBefore: number, newBefore: number): ChangeData => {
  switch (change.type) {
    case 'normal':
      return {
        ...change,
        oldLineNumber: change.oldLineNumber - oldBefore,
        newLineNumber: change.newLineNumber - newBefore,
      }
    case 'delete':
      return { ...change, lineNumber: change.lineNumber - oldBefore }
    case 'insert':
      return { ...change, lineNumber: change.lineNumber - newBefore }
  }
}

const placed = (lines: readonly TokenNode[][], before: number): TokenNode[][] => {
  const result: TokenNode[][] = []
  lines.forEach((line, index) => {
    if (worthMarking(line)) result[before + index] = line
  })
  return result
}

const worthMarking = (line: readonly TokenNode[]): boolean => {
  const marked = line.filter(token => token.type === 'edit').reduce((sum, token) => sum + lengthOf(token), 0)
  const all = line.reduce((sum, token) => sum + lengthOf(token), 0)
  return marked > 0 && marked <= all * TOO_MUCH
}

const lengthOf = (token: TokenNode): number =>
  typeof token.value === 'string'
    ? token.value.length
    : (token.children ?? []).reduce((sum, child) => sum + lengthOf(child), 0)
