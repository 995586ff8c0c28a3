/** What changed from one version of a plan to the next: a sign and the words first, colour last. */
import { diffPlans, type PlanRow } from '../../shared/pair/plan-diff'
import type { TextPart } from '../../shared/pair/word-diff'
import type { PlanItem } from '../../shared/review/plan'
import { PlanFiles } from './plan-items'
import type { PlanCounts } from './plan-story'

const SIGNS: Readonly<Record<PlanRow['type'], string>> = {
  same: '',
  moved: '↕',
  added: '+',
  removed: '−',
  changed: '~',
}

/** `+2 ~1 −1`; nothing of what is zero. */
export const Counts = ({ counts: { added, changed, removed } }: { counts: PlanCounts }) => (
  <span className="plan-counts">
    {added > 0 && (
      <span className="plus" title={`${added} added`}>
        +{added}
      </span>
    )}
    {changed > 0 && (
      <span className="changed" title={`${changed} changed`}>
        ~{changed}
      </span>
    )}
    {removed > 0 && (
      <span className="minus" title={`${removed} removed`}>
        −{removed}
      </span>
    )}
  </span>
)

export const PlanDiffList = ({
  before,
  after,
}: {
  before: readonly PlanItem[]
  after: readonly PlanItem[]
}) => (
  <ol className="plan-diff selectable">
    {diffPlans(before, after).map((row, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: rows of two fixed versions
      <li key={index} className={row.type}>
        <span className="plan-sign" aria-hidden="true">
          {SIGNS[row.type]}
        </span>
        <span className="plan-id">{row.id}</span>
        <div>
          {row.type !== 'same' && <span className="visually-hidden">{row.type}: </span>}
          <RowBody row={row} />
        </div>
      </li>
    ))}
  </ol>
)

const RowBody = ({ row }: { row: PlanRow }) => {
  switch (row.type) {
    case 'same':
      return <p className="plan-text">{row.after.text}</p>
    case 'moved':
      return (
        <>
          <p className="plan-text">{row.after.text}</p>
          <span className="moved-note">stands elsewhere now</span>
        </>
      )
    case 'added':
      return <Whole item={row.after} />
    case 'removed':
      return <Whole item={row.before} />
    case 'changed':
      return (
        <>
          <p className="plan-text">
            <Parts parts={row.text} />
          </p>
          {row.why.length > 0 && (
            <p className="plan-why">
              <Parts parts={row.why} />
            </p>
          )}
          <FileChanges row={row} />
          {row.moved && <span className="moved-note">stands elsewhere now</span>}
        </>
      )
  }
}

const Whole = ({ item }: { item: PlanItem }) => (
  <>
    <p className="plan-text">{item.text}</p>
    {item.why && <p className="plan-why">{item.why}</p>}
    <PlanFiles files={item.files} />
  </>
)

const FileChanges = ({ row: { after, files } }: { row: Extract<PlanRow, { type: 'changed' }> }) => {
  const kept = after.files.filter(file => !files.added.includes(file))
  if (kept.length + files.added.length + files.removed.length === 0) return null
  return (
    <span className="plan-files">
      {kept.map(file => (
        <code key={file}>{file}</code>
      ))}
      {files.added.map(file => (
        <code key={file}>
          <ins>+ {file}</ins>
        </code>
      ))}
      {files.removed.map(file => (
        <code key={file}>
          <del>− {file}</del>
        </code>
      ))}
    </span>
  )
}

const Parts = ({ parts }: { parts: readonly TextPart[] }) =>
  parts.map(({ type, text }, index) => {
    // biome-ignore-start lint/suspicious/noArrayIndexKey: parts of a fixed text
    if (type === 'added') return <ins key={index}>{text}</ins>
    if (type === 'removed') return <del key={index}>{text}</del>
    return <span key={index}>{text}</span>
    // biome-ignore-end lint/suspicious/noArrayIndexKey: parts of a fixed text
  })
