/** A piece of a file's lines. Added and removed are told by their sign; colour only repeats it. */
import { memo, type ReactNode, useMemo } from 'react'
import { type ChangeData, Diff, type DiffType, getChangeKey, type RenderGutter } from 'react-diff-view'
import type { FileDiff, FileStatus } from '../../shared/review/diff'
import type { ViewType } from './chunks'
import { FindingMarkers, type FindingsProps } from './diff-finding'
import type { Row } from './diff-rows'
import { editsOf } from './edits'
import { lineOf } from './patch'

interface Props extends FindingsProps {
  readonly file: FileDiff
  readonly row: Extract<Row, { type: 'lines' }>
  readonly view: ViewType
  /** There is no room for two columns of numbers. */
  readonly narrow: boolean
}

/** Rendered again only when something of its own changed: scrolling renders the list around it many times a second. */
export const DiffLines = memo(({ file, row, view, narrow, ...rest }: Props) => {
  const { findings, open, onToggle, onOpenFinding } = rest
  const tokens = useMemo(() => editsOf(row.hunk), [row.hunk])
  const hunks = useMemo(() => [row.hunk], [row.hunk])
  const widgets = useMemo(
    () => widgetsOf(row.hunk.changes, file, { findings, open, onToggle, onOpenFinding }),
    [row.hunk, file, findings, open, onToggle, onOpenFinding],
  )
  return (
    <>
      {row.gap && (
        <div className="diff-gap">
          <span aria-hidden="true">⋯</span>
          <span>{row.gap}</span>
        </div>
      )}
      <Diff
        diffType={typeOf(file.status)}
        viewType={view}
        hunks={hunks}
        tokens={tokens}
        widgets={widgets}
        renderGutter={narrow && view === 'unified' ? oneNumber : ownNumber}
        optimizeSelection
      />
    </>
  )
})

/** Only what decides how many columns there are. */
const typeOf = (status: FileStatus): DiffType =>
  status === 'added' ? 'add' : status === 'deleted' ? 'delete' : 'modify'

const ownNumber: RenderGutter = ({ renderDefault }) => renderDefault()

/** In the second column: the line's number in the new file, or in the old one if it is only there. */
const oneNumber: RenderGutter = ({ change, side, renderDefault }) => {
  if (side === 'old') return null
  return change.type === 'delete' ? change.lineNumber : renderDefault()
}

const widgetsOf = (changes: readonly ChangeData[], file: FileDiff, { findings, ...rest }: FindingsProps) => {
  const widgets: Record<string, ReactNode> = {}
  if (findings.length === 0) return widgets
  for (const change of changes) {
    const line = lineOf(change, file)
    const here = line > 0 ? findings.filter(finding => finding.line === line) : []
    if (here.length > 0) widgets[getChangeKey(change)] = <FindingMarkers findings={here} {...rest} />
  }
  return widgets
}
