/** One finding: what it says, who saw it, its way so far, and the human's decisions about it. */
import { useEffect, useMemo, useRef, useState } from 'react'
import { type FindingRecord, placeOf, stateOf } from '../../shared/review/finding'
import { whyNot } from '../relay-commands'
import { useOpenPair, useUi, useWindow } from '../store/context'
import { Button } from '../ui/button'
import { type Act, actsOf, type Item } from './board'
import { FindingTrail } from './finding-trail'
import { SeenMark } from './seen-mark'
import { SeverityMark } from './severity'

interface Props {
  readonly item: Item
  /** Set after a blind double review: why the two are one, empty when one alone saw it. */
  readonly double: string | undefined
}

interface OfRecord {
  readonly record: FindingRecord
}

export const FindingCard = ({ item, double }: Props) => {
  const { record } = item
  const { finding, plan } = record
  const ids = useMemo(() => idsOf(item), [item])
  const card = useRef<HTMLElement>(null)
  const wish = useUi(store => store.finding)
  useEffect(() => {
    if (wish?.where !== 'findings' || !ids.has(wish.id)) return
    card.current?.scrollIntoView({ block: 'center' })
    card.current?.focus()
  }, [wish, ids])
  return (
    <article
      ref={card}
      className={`finding-card ${finding.severity} ${stateOf(record)}`}
      tabIndex={-1}
      aria-label={`${finding.severity} ${finding.id}`}
    >
      <header className="finding-card-head">
        <SeverityMark of={finding.severity} />
        <span className="finding-id selectable">{finding.id}</span>
        {plan !== null && <span className="tag">Plan v{plan}</span>}
        {record.promotedAt !== null && <span className="tag">Promoted</span>}
        {item.silenced.length > 0 && (
          <span className="tag" title="You had ruled on it, so it was not carried to the driver">
            Raised again
          </span>
        )}
        <span className="grow" />
        <SeenMark record={record} double={double} />
      </header>
      <Place record={record} />
      <p className="finding-words selectable">{finding.text}</p>
      {double !== undefined && double !== '' && (
        <p className="finding-match selectable">Matched because: {double}</p>
      )}
      <FindingTrail item={item} />
      <Decide record={record} />
    </article>
  )
}

/** All names of what this card is about. */
const idsOf = ({ record, earlier, silenced }: Item): ReadonlySet<string> =>
  new Set([record, ...earlier, ...silenced].map(({ finding }) => finding.id))

const Place = ({ record: { finding, plan } }: OfRecord) => {
  const { ui } = useWindow()
  const { state } = useOpenPair()
  if (finding.file === '') return null
  const place = placeOf(finding)
  if (!state.git || plan !== null) return <code className="finding-place plain">{place}</code>
  return (
    <button
      type="button"
      className="finding-place"
      title={`${place}: show it in the diff`}
      onClick={() => ui.getState().showFinding(finding.id, 'diff')}
    >
      {place}
    </button>
  )
}

const Decide = ({ record }: OfRecord) => {
  const view = useOpenPair()
  const { commands } = useWindow()
  const [asking, setAsking] = useState<Act | null>(null)
  if (asking)
    return (
      <Reason
        act={asking}
        onClose={() => setAsking(null)}
        onGive={async reason => {
          const command = { ...asking.command, reason }
          if (await commands.send(command)) setAsking(null)
        }}
      />
    )
  return (
    <footer className="finding-acts">
      {actsOf(record).map(act => (
        <Button
          key={act.label}
          kind="key small"
          why={whyNot(view, act.command)}
          onPress={() => (act.asks ? setAsking(act) : void commands.send(act.command))}
        >
          {act.label}
        </Button>
      ))}
    </footer>
  )
}

const Reason = (props: {
  readonly act: Act
  readonly onClose: () => void
  readonly onGive: (reason: string) => void
}) => {
  const [reason, setReason] = useState('')
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => field.current?.focus(), [])
  return (
    <form
      className="finding-reason"
      onSubmit={event => {
        event.preventDefault()
        props.onGive(reason.trim())
      }}
      onKeyDown={event => {
        if (event.key === 'Escape') props.onClose()
      }}
    >
      <textarea
        ref={field}
        className="field"
        rows={2}
        value={reason}
        aria-label="Reason"
        placeholder="Why? Both agents are told."
        onChange={event => setReason(event.target.value)}
      />
      <div className="finding-acts">
        <Button kind="go small" submit onPress={() => undefined}>
          Dismiss
        </Button>
        <Button kind="soft small" onPress={props.onClose}>
          Cancel
        </Button>
      </div>
    </form>
  )
}
