/** A plan as it stands: what is to be done, why, and where. */
import type { ReactNode } from 'react'
import type { PlanItem } from '../../shared/review/plan'

export const PlanFiles = ({ files }: { files: readonly string[] }) =>
  files.length === 0 ? null : (
    <span className="plan-files">
      {files.map(file => (
        <code key={file}>{file}</code>
      ))}
    </span>
  )

interface Props {
  readonly items: readonly PlanItem[]
  /** What became of an item; drawn below it. */
  readonly more?: (item: PlanItem) => ReactNode
}

export const PlanItems = ({ items, more }: Props) => (
  <ol className="plan-items selectable">
    {items.map((item, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: agents do give one id twice, and the list is never reordered
      <li key={`${index} ${item.id}`} className="plan-item">
        <span className="plan-id">{item.id}</span>
        <div>
          <p className="plan-text">{item.text}</p>
          {item.why && <p className="plan-why">{item.why}</p>}
          <PlanFiles files={item.files} />
          {more?.(item)}
        </div>
      </li>
    ))}
  </ol>
)
