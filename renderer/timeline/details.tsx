/** The exact record behind a row: whole texts, times of each station, files, findings. All of it can be selected. */

import type { ReactNode } from 'react'
import type { Entry } from '../../shared/journal/entry'
import type { Measure } from '../../shared/pair/model'
import type { Carried } from '../../shared/score/carries'
import { span } from '../../shared/score/format'
import type { ScoreRow } from '../../shared/score/page'
import { type EntryOf, reviewerWords } from '../../shared/score/words'
import { whyNot } from '../relay-commands'
import { ShowMoment } from '../replay/show-moment'
import { useOpenPair, useUi, useWindow } from '../store/context'
import { Button } from '../ui/button'
import { DiffOrText } from '../ui/diff-text'
import { moment } from '../ui/format'
import { CarriedDetails } from './carried-details'
import { Facts, spentRows, Words } from './facts'
import { Findings } from './findings'
import { DoubleDetails, RecordDetails } from './record-details'
import { Trail } from './trail'

export const Details = ({ row }: { row: ScoreRow }) => {
  const body = bodyOf(row.entry, row.carried)
  if (!body) return null
  return (
    <div className="details">
      {body}
      <ShowMoment entry={row.entry} />
    </div>
  )
}

const bodyOf = (entry: Entry, carried: Carried | null): ReactNode => {
  switch (entry.type) {
    case 'intent':
      return (
        <>
          <Words text={entry.text} />
          <Facts
            rows={[
              ['Folder', entry.folder],
              ['Branch', entry.branch ?? 'no branch'],
              ['Started', moment(entry.at)],
            ]}
          />
        </>
      )
    case 'turn':
      return <TurnDetails entry={entry} />
    case 'delivery':
      return (
        <>
          <DeliveryDetails entry={entry} />
          {carried && <CarriedDetails carried={carried} />}
        </>
      )
    case 'review':
      return (
        <>
          {entry.summary && <Words text={entry.summary} />}
          <DoubleDetails entry={entry} />
          <Findings findings={entry.findings} />
          <Facts
            rows={[
              ['Given', moment(entry.at)],
              ['By', reviewerWords(entry)],
              ['About', entry.plan === null ? 'the work' : `version ${entry.plan} of the plan`],
              ...(entry.nothingNew ? ([['New', 'nothing that was not said before']] as const) : []),
            ]}
          />
        </>
      )
    case 'plan':
    case 'report':
    case 'followUps':
    case 'answers':
    case 'proof':
    case 'ruling':
    case 'restore':
      return <RecordDetails entry={entry} />
    case 'request':
      return <RequestDetails entry={entry} />
    case 'hold':
      return (
        <>
          {'detail' in entry.why && entry.why.detail && <DiffOrText text={entry.why.detail} />}
          <Facts
            rows={[
              ['Held', moment(entry.at)],
              ['Released', entry.releasedAt ? moment(entry.releasedAt) : 'not yet'],
            ]}
          />
        </>
      )
    case 'seat':
      return <SeatDetails entry={entry} />
    case 'notice':
      return (
        <>
          <Words text={entry.text} />
          <Facts rows={[['At', moment(entry.at)]]} />
        </>
      )
    case 'ended':
      return (
        <>
          {entry.detail && <Words text={entry.detail} />}
          <Facts rows={[['Ended', moment(entry.at)]]} />
        </>
      )
    case 'round':
    case 'swap':
    case 'unknown':
      return null
  }
}

const SeatDetails = ({ entry: { ready, text, at } }: { entry: EntryOf<'seat'> }) => (
  <>
    {!ready && <Words text={text} />}
    <Facts
      rows={[
        ...(ready
          ? ([
              ['Version', ready.version || 'not told'],
              ['Model', ready.model ?? 'its own default'],
              ['Session', ready.session],
            ] as const)
          : []),
        ['At', moment(at)],
      ]}
    />
  </>
)

const TurnDetails = ({ entry }: { entry: EntryOf<'turn'> }) => {
  const took = entry.endedAt ? span(Date.parse(entry.endedAt) - Date.parse(entry.at)) : 'goes on'
  return (
    <>
      {entry.said.map((text, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: said in this order, never reordered
        <Words key={index} text={text} />
      ))}
      {entry.text && !entry.said.includes(entry.text) && <Words text={entry.text} />}
      {entry.outcome?.type === 'failed' && (
        <DiffOrText text={`${entry.outcome.cause}: ${entry.outcome.detail}`} />
      )}
      <Files measure={entry.measure} />
      <Facts
        rows={[
          ['Began', moment(entry.at)],
          ['Took', took],
          ...spentRows(entry),
          [
            'Because of',
            entry.cause === 'human' ? 'you, in its terminal' : `message ${entry.cause.delivery}`,
          ],
        ]}
      />
    </>
  )
}

const DeliveryDetails = ({ entry }: { entry: EntryOf<'delivery'> }) => {
  const { ui, commands } = useWindow()
  const view = useOpenPair()
  const editing = useUi(store => store.editing)
  const why = whyNot(view, { type: 'dropDelivery', id: entry.id })
  return (
    <>
      {entry.status === 'waiting' && (
        <div className="details-acts">
          <Button
            kind="key"
            why={why}
            pressed={editing?.pair === view.pair && editing.id === entry.id}
            onPress={() => ui.getState().edit({ pair: view.pair, id: entry.id, original: entry.text })}
          >
            Edit
          </Button>
          <Button
            kind="key"
            why={why}
            onPress={() => void commands.send({ type: 'dropDelivery', id: entry.id })}
          >
            Drop
          </Button>
        </div>
      )}
      <p className="label">{entry.original === null ? 'The exact message' : 'As you edited it'}</p>
      <DiffOrText text={entry.text} />
      {entry.original !== null && (
        <>
          <p className="label">As it was first written</p>
          <DiffOrText text={entry.original} />
        </>
      )}
      <Files measure={entry.measure} />
      <Trail entry={entry} />
    </>
  )
}

const RequestDetails = ({ entry }: { entry: EntryOf<'request'> }) => (
  <>
    {entry.request.type === 'approval' ? (
      <>
        <DiffOrText text={entry.request.body} />
        {entry.request.reason && <Words text={entry.request.reason} />}
      </>
    ) : (
      entry.request.questions.map(question => <Words key={question.id} text={question.text} />)
    )}
    <Facts
      rows={[
        ['Asked', moment(entry.at)],
        ['Settled', entry.closedAt ? `${moment(entry.closedAt)}${PLACES[entry.by ?? 'agent']}` : 'not yet'],
        ...(entry.summary ? ([['Answer', entry.summary]] as const) : []),
      ]}
    />
  </>
)

const PLACES = { inbox: ', in the inbox', terminal: ', in the terminal', agent: ', by the agent' } as const

const Files = ({ measure }: { measure: Measure | null }) => {
  if (!measure) return null
  const { diffstat, target, note } = measure
  return (
    <>
      {note && <p className="note">{note}</p>}
      {diffstat && diffstat.files.length > 0 && (
        <ul className="files selectable">
          {diffstat.files.map(({ path, added, removed }) => (
            <li key={path}>
              <span className="file-path">{path}</span>
              <span className="plus">+{added}</span>
              <span className="minus">−{removed}</span>
            </li>
          ))}
          {diffstat.fileCount > diffstat.files.length && (
            <li className="quiet">and {diffstat.fileCount - diffstat.files.length} more</li>
          )}
        </ul>
      )}
      {target && (
        <p className="note mono selectable" title={`${target.base} to ${target.tree}`}>
          tree {target.base.slice(0, 7)}..{target.tree.slice(0, 7)}
        </p>
      )}
    </>
  )
}
