/** The way of a finding: raised, handed over, answered, ruled on; each with who, when and why. */
import type { PairState } from '../../shared/pair/model'
import { roleOf } from '../../shared/pair/view'
import type { FindingAnswer, FindingRecord, Ruling } from '../../shared/review/finding'
import { useOpenPair } from '../store/context'
import { moment } from '../ui/format'
import type { Item } from './board'

interface Station {
  readonly key: string
  readonly text: string
  readonly reason: string
  readonly at: string | null
  readonly strong: boolean
}

const ANSWERS: Readonly<Record<FindingAnswer['answer'], string>> = {
  fixed: 'Driver: fixed',
  rejected: 'Driver rejected it',
  deferred: 'Driver would leave it for later',
}
const RULINGS: Readonly<Record<Ruling, string>> = {
  upheld: 'You upheld it',
  dismissed: 'You dismissed it',
  deferred: 'You left it for later',
}

const stationsOf = (state: PairState, record: FindingRecord, id: string): readonly Station[] => {
  const { finding, raisedBy, answer, ruling, handoff, promotedAt } = record
  const role = finding.seenBy ?? roleOf(state, raisedBy)
  const by = role === 'both' ? 'both reviewers' : role
  const own = finding.id
  const station = (key: string, text: string, more: Partial<Station> = {}): Station => ({
    ...{ key: `${own} ${key}`, text, reason: '', at: null, strong: false },
    ...more,
  })
  return [
    station('raised', `Round ${record.round}, ${by}${own === id ? '' : `, as ${own}`}`, { at: record.at }),
    ...(promotedAt === null
      ? []
      : [station('promoted', 'You brought it into scope', { at: promotedAt, strong: true })]),
    ...(handoff === null ? [] : [station('handoff', `To the driver with handoff ${handoff}`)]),
    ...(answer === null
      ? []
      : [station('answer', ANSWERS[answer.answer], { reason: answer.reason, at: answer.at, strong: true })]),
    ...(ruling === null
      ? []
      : [station('ruling', RULINGS[ruling.type], { reason: ruling.reason, at: ruling.at, strong: true })]),
  ]
}

export const FindingTrail = ({ item: { record, earlier, silenced } }: { item: Item }) => {
  const { state } = useOpenPair()
  const { id } = record.finding
  const stations = [...earlier, record, ...silenced].flatMap(each => stationsOf(state, each, id))
  return (
    <ol className="way">
      {stations.map(({ key, text, reason, at, strong }) => (
        <li key={key} className={strong ? 'strong' : ''}>
          <span>{text}</span>
          {at && <time dateTime={at}>{moment(at)}</time>}
          {reason && <q className="selectable">{reason}</q>}
        </li>
      ))}
    </ol>
  )
}
