/**
 * The faces of what is evidence: plan, report, answers, proof, rulings. What a seat gave stands at its lane; the proof
 * is Duologue's own and crosses both, for it is about the work of both.
 */
import type { ReactNode } from 'react'
import { plural } from '../../shared/score/format'
import {
  answerCounts,
  followUpsTitle,
  type ProofFace,
  proofFace,
  reportMeta,
  restoreTitle,
  rulingTitle,
  seenCounts,
} from '../../shared/score/record-words'
import { type EntryOf, firstLine } from '../../shared/score/words'
import { Counts } from '../review/plan-diff-list'
import { planCounts } from '../review/plan-story'
import { AlertIcon, CheckIcon, FlagIcon, ListIcon, PenIcon, UndoIcon } from '../ui/icons'
import { useNow } from '../ui/use-now'
import { clip } from './clip'

/** A mark on the lane of whoever gave it, and its words beside it. */
const AtLane = ({
  entry: { voice },
  mark,
  title,
  children,
}: {
  entry: Pick<EntryOf<'report'>, 'voice'>
  mark: ReactNode
  title: ReactNode
  children?: ReactNode
}) => (
  <span className={`request ${voice.seat} ${voice.role} record`}>
    <i className="request-mark">{mark}</i>
    <span className="request-text">
      <span className="record-head">{title}</span>
      {children}
    </span>
  </span>
)

const Between = ({ children }: { children: ReactNode }) => (
  <span className="middle-line">
    <span className="said human">{children}</span>
  </span>
)

export const PlanFace = ({ entry, lines }: { entry: EntryOf<'plan'>; lines: number }) => {
  const { by, before, items, version, reason } = entry
  const title = (
    <>
      <b>Plan v{version}</b>
      {before === null ? (
        <small>{plural(items.length, 'item')}</small>
      ) : (
        <Counts counts={planCounts(entry)} />
      )}
    </>
  )
  if (by === 'human')
    return (
      <Between>
        <PenIcon />
        <span>You:</span>
        {title}
      </Between>
    )
  return (
    <AtLane entry={{ voice: by }} mark={<ListIcon />} title={title}>
      {lines > 0 && (
        <span className="record-text" style={clip(lines)}>
          {firstLine(reason)}
        </span>
      )}
    </AtLane>
  )
}

export const ReportFace = ({ entry, lines }: { entry: EntryOf<'report'>; lines: number }) => (
  <AtLane
    entry={entry}
    mark={<CheckIcon />}
    title={
      <>
        <b>Reports done</b>
        <small>{reportMeta(entry)}</small>
      </>
    }
  >
    {lines > 0 && (
      <span className="record-text" style={clip(lines)}>
        {firstLine(entry.report.summary)}
      </span>
    )}
  </AtLane>
)

export const AnswersFace = ({ entry }: { entry: EntryOf<'answers'> }) => (
  <AtLane
    entry={entry}
    mark={<PenIcon />}
    title={
      <>
        <b>Answers</b>
        <small>{answerCounts(entry)}</small>
      </>
    }
  />
)

export const FollowUpsFace = ({ entry }: { entry: EntryOf<'followUps'> }) => (
  <AtLane entry={entry} mark={<FlagIcon />} title={<b>{followUpsTitle(entry)}</b>} />
)

export const ProofRow = ({ entry }: { entry: EntryOf<'proof'> }) =>
  entry.result === null ? (
    <RunningProof entry={entry} />
  ) : (
    <ProofBar face={proofFace(entry, entry.at)} command={entry.command} />
  )

const RunningProof = ({ entry }: { entry: EntryOf<'proof'> }) => (
  <ProofBar face={proofFace(entry, useNow())} command={entry.command} />
)

const PROOF_MARKS: Readonly<Record<ProofFace['tone'], () => ReactNode>> = {
  running: () => <i className="proof-dot" />,
  passed: CheckIcon,
  failed: () => <AlertIcon size={12} />,
  void: () => <AlertIcon size={12} />,
}

const ProofBar = ({ face: { tone, text, meta }, command }: { face: ProofFace; command: string }) => {
  const Mark = PROOF_MARKS[tone]
  return (
    <span className={`proof-row ${tone}`}>
      <span className="proof-plate">
        <span className="proof-head">
          <Mark />
          <b>Proof {text}</b>
          <small>{meta}</small>
        </span>
        <code>{firstLine(command)}</code>
      </span>
    </span>
  )
}

export const RulingFace = ({ entry }: { entry: EntryOf<'ruling'> }) => (
  <Between>
    <PenIcon />
    {rulingTitle(entry)}
  </Between>
)

export const RestoreFace = ({ entry }: { entry: EntryOf<'restore'> }) => (
  <Between>
    <UndoIcon />
    {restoreTitle(entry)}
  </Between>
)

/** Both verdicts, each at the lane of whoever gave it, and between them who saw what. */
export const DoubleReviewFace = ({ entry, lines }: { entry: EntryOf<'review'>; lines: number }) => {
  const { verdicts, summary } = entry
  if (verdicts === null) return null
  return (
    <span className="double">
      <span className="double-line">
        <OwnVerdict verdict={verdicts.left} />
        <span className="double-rule" />
        <small>both reviewed</small>
        <span className="double-rule" />
        <OwnVerdict verdict={verdicts.right} />
      </span>
      <b>{seenCounts(entry)}</b>
      {lines > 0 && (
        <span className="review-text" style={clip(lines)}>
          {firstLine(summary)}
        </span>
      )}
    </span>
  )
}

const OwnVerdict = ({ verdict }: { verdict: 'pass' | 'changes' }) => (
  <span className={`verdict ${verdict}`}>
    {verdict === 'pass' ? <CheckIcon /> : <PenIcon />}
    {verdict === 'pass' ? 'Pass' : 'Changes'}
  </span>
)
