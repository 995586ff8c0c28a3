/** One row of the change, by its kind. */
import type { CSSProperties } from 'react'
import type { FileDiff } from '../../shared/review/diff'
import type { ViewType } from './chunks'
import { FindingMarkers, type FindingsProps } from './diff-finding'
import { DiffLines } from './diff-lines'
import type { Row } from './diff-rows'
import { FileHead } from './file-head'

interface Props {
  readonly row: Row
  /** Null only for findings outside the change. */
  readonly file: FileDiff | null
  /** Those of the file. */
  readonly marks: FindingsProps
  readonly unplanned: boolean
  readonly collapsed: boolean
  readonly current: boolean
  readonly view: ViewType
  readonly narrow: boolean
  /** Of the file's longest line number. */
  readonly digits: number
  readonly onFold: () => void
}

export const DiffRow = ({ row, file, marks, view, narrow, digits, onFold, ...head }: Props) => {
  if (row.type === 'findings')
    return (
      <div className="diff-strays">
        <h4>{row.title}</h4>
        <FindingMarkers {...marks} findings={row.findings} withPlace />
      </div>
    )
  if (!file) return null
  switch (row.type) {
    case 'file':
      return <FileHead file={file} findings={marks.findings.length} onToggle={onFold} {...head} />
    case 'note':
      return <p className="diff-note selectable">{row.text}</p>
    case 'lines':
      return (
        <div style={{ '--digits': digits } as CSSProperties}>
          <DiffLines file={file} row={row} view={view} narrow={narrow} {...marks} />
        </div>
      )
  }
}
