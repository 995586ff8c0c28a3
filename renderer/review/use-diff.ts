/** What is shown of a change: its rows, and what has been folded, opened and chosen by hand. */
import { useMemo, useState } from 'react'
import type { FileDiff } from '../../shared/review/diff'
import type { ViewType } from './chunks'
import { type DiffFinding, findingsByFile, type Row, rowsOf } from './diff-rows'
import { lineOf, parseFile } from './patch'
import { useToggles } from './use-toggles'

/** The same array each time, so that lines without findings are not rendered again. */
const NONE: readonly DiffFinding[] = []

export const useDiff = (
  files: readonly FileDiff[],
  findings: readonly DiffFinding[],
  roomForTwo: boolean,
) => {
  const [wanted, setView] = useState<ViewType>('unified')
  const view = roomForTwo ? wanted : 'unified'
  const { on: folded, toggle: foldPath, replace: foldThese } = useToggles()
  const { on: opened, toggle: openFinding } = useToggles()

  const parsed = useMemo(() => files.map(parseFile), [files])
  const byFile = useMemo(() => findingsByFile(files, findings), [files, findings])
  const rows = useMemo(
    () => rowsOf({ files, parsed, byFile, folded, view }),
    [files, parsed, byFile, folded, view],
  )
  const allFolded = files.every(file => folded.has(file.path))

  return {
    rows,
    view,
    setView,
    folded,
    allFolded,
    fold: (file: number) => foldPath(files[file]?.path ?? ''),
    foldAll: () => foldThese(allFolded ? [] : files.map(file => file.path)),
    opened,
    openFinding,
    /** Opens a finding and unfolds its file; false when its row comes with the next rendering. */
    reveal: (id: string): boolean => {
      if (!opened.has(id)) openFinding(id)
      const path = findings.find(each => each.id === id)?.file ?? ''
      if (folded.has(path)) foldPath(path)
      return !folded.has(path)
    },
    /** The row that holds the finding; -1: none does. */
    rowOf: (id: string): number => rows.findIndex(row => holds(row, files, findings, id)),
    findingsOf: (file: number) => byFile.get(file) ?? NONE,
    digitsOf: (file: number) => parsed[file]?.digits ?? 1,
  }
}

const holds = (
  row: Row,
  files: readonly FileDiff[],
  findings: readonly DiffFinding[],
  id: string,
): boolean => {
  if (row.type === 'findings') return row.findings.some(each => each.id === id)
  if (row.type !== 'lines') return false
  const found = findings.find(each => each.id === id)
  const file = files[row.file]
  if (!found || found.line < 1 || file?.path !== found.file) return false
  return row.hunk.changes.some(change => lineOf(change, file) === found.line)
}
