/**
 * Lines in pieces small enough to be rendered one piece at a time. A piece never parts a removed line from the line
 * that stands beside it, so that pairs stay pairs.
 */
import type { ChangeData, HunkData } from 'react-diff-view'

export type ViewType = 'unified' | 'split'

/** Lines in a piece: enough that few tables make a screen, few enough that one is cheap. */
const PIECE = 40
/** A run of changed lines longer than this is parted nevertheless. */
const LONGEST = 60

/** The hunk as one or more hunks, in the order in which the view wants its lines. */
export const piecesOf = (hunk: HunkData, view: ViewType): HunkData[] => {
  const changes = view === 'split' ? besideEachOther(hunk.changes) : hunk.changes
  const pieces: ChangeData[][] = []
  let piece: ChangeData[] = []
  for (const change of changes) {
    if (piece.length >= LONGEST || (piece.length >= PIECE && mayStart(change, piece.at(-1)))) {
      if (!(view === 'split' && change.type === 'insert' && piece.at(-1)?.type === 'delete')) {
        pieces.push(piece)
        piece = []
      }
    }
    piece.push(change)
  }
  if (piece.length > 0) pieces.push(piece)
  return pieces.map(part => ({ ...hunk, changes: part }))
}

const mayStart = (change: ChangeData, before: ChangeData | undefined): boolean =>
  change.type === 'normal' ||
  before?.type === 'normal' ||
  (change.type === 'delete' && before?.type === 'insert')

/** Every run of removed and added lines becomes pairs, the rest of the longer side follows. */
export const besideEachOther = (changes: readonly ChangeData[]): ChangeData[] => {
  const result: ChangeData[] = []
  let removed: ChangeData[] = []
  let added: ChangeData[] = []
  const flush = () => {
    for (let index = 0; index < Math.max(removed.length, added.length); index += 1) {
      const pair = [removed[index], added[index]]
      result.push(...pair.filter(change => change !== undefined))
    }
    removed = []
    added = []
  }
  for (const change of changes) {
    if (change.type === 'normal') {
      flush()
      result.push(change)
    } else if (change.type === 'delete') removed.push(change)
    else added.push(change)
  }
  flush()
  return result
}

/** Rows a piece takes on the screen when no line wraps. */
export const heightOf = (changes: readonly ChangeData[], view: ViewType): number => {
  if (view === 'unified') return changes.length
  return changes.filter(
    (change, index) => !(change.type === 'insert' && changes[index - 1]?.type === 'delete'),
  ).length
}
