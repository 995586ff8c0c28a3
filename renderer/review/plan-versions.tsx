/** Who changed what in the plan, and why; and what the reviewer said of each version. Newest first. */
import { useState } from 'react'
import { roleName } from '../../shared/pair/names'
import { agentName } from '../../shared/pair/seat'
import { plural } from '../../shared/score/format'
import { Findings } from '../timeline/findings'
import { VerdictPill } from '../timeline/verdict-pill'
import { moment } from '../ui/format'
import { ChevronIcon, RoleMark } from '../ui/icons'
import { Counts, PlanDiffList } from './plan-diff-list'
import { PlanItems } from './plan-items'
import { type PlanStep, planCounts } from './plan-story'

export const PlanVersions = ({ steps }: { steps: readonly PlanStep[] }) => (
  <ol className="plan-versions">
    {[...steps].reverse().map((step, index) => (
      <Version key={step.entry.seq} step={step} first={index === 0} />
    ))}
  </ol>
)

const Version = ({ step: { entry, verdicts }, first }: { step: PlanStep; first: boolean }) => {
  const [open, setOpen] = useState(first && entry.before !== null)
  return (
    <li className="plan-version">
      <button type="button" className="plan-version-head" aria-expanded={open} onClick={() => setOpen(!open)}>
        <ChevronIcon open={open} />
        <b>Version {entry.version}</b>
        <By by={entry.by} />
        {entry.before === null ? (
          <span className="quiet">{plural(entry.items.length, 'item')}</span>
        ) : (
          <Counts counts={planCounts(entry)} />
        )}
        <span className="grow" />
        <time dateTime={entry.at}>{moment(entry.at)}</time>
      </button>
      {entry.reason && <p className="plan-reason selectable">{entry.reason}</p>}
      {verdicts.map(review => (
        <div key={review.seq} className="plan-verdict">
          <VerdictPill entry={review} />
          {review.summary && <p className="selectable">{review.summary}</p>}
          {open && <Findings findings={review.findings} />}
        </div>
      ))}
      {open &&
        (entry.before === null ? (
          <PlanItems items={entry.items} />
        ) : (
          <PlanDiffList before={entry.before} after={entry.items} />
        ))}
    </li>
  )
}

const By = ({ by }: { by: PlanStep['entry']['by'] }) =>
  by === 'human' ? (
    <span className="by">by you</span>
  ) : (
    <span className={`by ${by.role}`} title={agentName(by.agent)}>
      <RoleMark of={by.role} size={12} />
      {roleName(by.role)}
    </span>
  )
