/** The head of a file in the diff: what happened to it, and the handle that folds it away. */
import type { FileDiff } from '../../shared/review/diff'
import { count, plural } from '../../shared/score/format'
import { AlertIcon } from '../ui/icons'
import { LETTERS, partsOf, STATUS_WORDS } from './file-words'

interface Props {
  readonly file: FileDiff
  readonly unplanned: boolean
  readonly findings: number
  readonly collapsed: boolean
  /** One is at this file: moving on starts from here. */
  readonly current: boolean
  readonly onToggle: () => void
}

export const FileHead = ({ file, unplanned, findings, collapsed, current, onToggle }: Props) => {
  const { folder, name } = partsOf(file.path)
  return (
    <h3 className={current ? 'diff-file current' : 'diff-file'}>
      <button type="button" aria-expanded={!collapsed} onClick={onToggle} title={file.path}>
        <span className="diff-chevron" aria-hidden="true">
          {collapsed ? '▸' : '▾'}
        </span>
        <StatusLetter file={file} />
        <span className="diff-path">
          {folder && <span className="diff-folder">{folder}</span>}
          <b>{name}</b>
        </span>
        {unplanned && <Unplanned />}
        {findings > 0 && <span className="diff-count">{plural(findings, 'finding')}</span>}
        <LineCounts file={file} />
      </button>
    </h3>
  )
}

export const StatusLetter = ({ file }: { file: FileDiff }) => (
  <span className={`diff-status ${file.status}`} title={STATUS_WORDS[file.status]}>
    <span aria-hidden="true">{LETTERS[file.status]}</span>
    <span className="visually-hidden">{STATUS_WORDS[file.status]}</span>
  </span>
)

const Unplanned = () => (
  <span className="diff-unplanned" title="No item of the plan names this file">
    <AlertIcon size={11} />
    unplanned
  </span>
)

export const LineCounts = ({ file }: { file: FileDiff }) => (
  <span className="diff-counts">
    {file.binary && 'binary'}
    {file.added > 0 && <span className="plus">+{count(file.added)}</span>}
    {file.removed > 0 && <span className="minus">−{count(file.removed)}</span>}
  </span>
)
