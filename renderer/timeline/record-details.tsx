/** The exact record behind plans, reports, answers, proofs, rulings, restores and double reviews. */
import type { ReactNode } from 'react'
import { placeOf } from '../../shared/review/finding'
import { proofWords } from '../../shared/review/proof'
import { span } from '../../shared/score/format'
import type { EntryOf } from '../../shared/score/words'
import type { RecordEntry } from '../../shared/transcript/record-words'
import { voiceWords } from '../../shared/transcript/words'
import { PlanDiffList } from '../review/plan-diff-list'
import { PlanItems } from '../review/plan-items'
import { useOpenPair, useWindow } from '../store/context'
import { Button } from '../ui/button'
import { DiffOrText } from '../ui/diff-text'
import { moment } from '../ui/format'
import { Facts, Words } from './facts'
import { Findings } from './findings'

export const RecordDetails = ({ entry }: { entry: RecordEntry }) => {
  switch (entry.type) {
    case 'plan':
      return <PlanDetails entry={entry} />
    case 'report':
      return <ReportDetails entry={entry} />
    case 'followUps':
      return <Findings findings={entry.findings} />
    case 'answers':
      return <AnswerDetails entry={entry} />
    case 'proof':
      return <ProofDetails entry={entry} />
    case 'ruling':
      return (
        <>
          <TheFinding id={entry.id} />
          {entry.reason && <Words text={entry.reason} />}
          <Facts rows={[['Ruled', moment(entry.at)]]} />
        </>
      )
    case 'restore':
      return (
        <>
          {entry.problem && <Words text={entry.problem} />}
          <Facts
            rows={[
              ['Tree', entry.tree],
              ['What was there before', `kept as checkpoint ${entry.kept}`],
              ['At', moment(entry.at)],
            ]}
          />
        </>
      )
  }
}

const PlanDetails = ({ entry }: { entry: EntryOf<'plan'> }) => {
  const { commands } = useWindow()
  return (
    <>
      {entry.reason && <Words text={entry.reason} />}
      {entry.before === null ? (
        <PlanItems items={entry.items} />
      ) : (
        <PlanDiffList before={entry.before} after={entry.items} />
      )}
      <Facts
        rows={[
          ['By', entry.by === 'human' ? 'you' : voiceWords(entry.by)],
          ['At', moment(entry.at)],
        ]}
      />
      <Way label="Show the plan" onPress={() => commands.run('view.plan')} />
    </>
  )
}

const ReportDetails = ({ entry: { report, at } }: { entry: EntryOf<'report'> }) => (
  <>
    <Words text={report.summary} />
    {report.notDone && (
      <>
        <p className="label">Not done</p>
        <Words text={report.notDone} />
      </>
    )}
    <Facts
      rows={[
        ['Plan items', report.planItems.join(', ') || 'none named'],
        ['Files', report.files.join(', ') || 'none named'],
        ['At', moment(at)],
      ]}
    />
  </>
)

const AnswerDetails = ({ entry }: { entry: EntryOf<'answers'> }) => (
  <ul className="answers">
    {entry.answers.map(({ id, answer, reason }) => (
      <li key={id}>
        <p className="answer-head">
          <b>{id}</b> <span className={`answer ${answer}`}>{answer}</span>
        </p>
        <TheFinding id={id} />
        {reason && <Words text={reason} />}
      </li>
    ))}
  </ul>
)

/** What the finding said; the row alone names only its id. */
const TheFinding = ({ id }: { id: string }) => {
  const { state } = useOpenPair()
  const record = state.findings.find(({ finding }) => finding.id === id)
  if (!record) return null
  return (
    <p className="the-finding selectable">
      {record.finding.file && <code>{placeOf(record.finding)}</code>} {record.finding.text}
    </p>
  )
}

const ProofDetails = ({ entry }: { entry: EntryOf<'proof'> }) => {
  const { commands } = useWindow()
  const { result, command } = entry
  return (
    <>
      <DiffOrText text={command} />
      {result && result.tail.trim() !== '' && (
        <>
          <p className="label">The end of its output</p>
          <DiffOrText text={result.tail.trimEnd()} />
        </>
      )}
      <Facts
        rows={[
          ['Asked for', entry.by === 'human' ? 'by you' : 'by the driver’s report'],
          ['Began', moment(entry.at)],
          ['Result', result ? proofWords(result.outcome) : 'it runs'],
          ...(result
            ? ([
                ['Took', span(result.durationMs)],
                ['Tree', result.tree ?? 'none: outside git'],
              ] as const)
            : []),
          ...(result?.changed ? ([['Counts', 'no: files changed while it ran']] as const) : []),
          ...(entry.sentBack > 0
            ? ([['Sent back', `to the driver, ${entry.sentBack} in a row`]] as const)
            : []),
        ]}
      />
      <Way label="Show the whole output" onPress={() => commands.run('view.proof')} />
    </>
  )
}

const Way = ({ label, onPress }: { label: string; onPress: () => void }): ReactNode => (
  <div className="details-acts">
    <Button kind="key small" onPress={onPress}>
      {label}
    </Button>
  </div>
)

/** Both verdicts of a double review, and why two findings were taken for one. */
export const DoubleDetails = ({ entry: { verdicts, matches, voice } }: { entry: EntryOf<'review'> }) => {
  if (verdicts === null) return null
  const driver = voice.seat === 'left' ? 'right' : 'left'
  return (
    <>
      <Facts
        rows={[
          ['Driver', verdicts[driver]],
          ['Navigator', verdicts[voice.seat]],
        ]}
      />
      {matches.length > 0 && (
        <>
          <p className="label">Taken for one</p>
          <ul className="matches selectable">
            {matches.map(match => (
              <li key={`${match.navigator} ${match.driver}`}>
                <b>
                  {match.driver} = {match.navigator}
                </b>{' '}
                {match.why}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}
