/** The way of a finding: raised, handed over, answered, ruled on; each with who, when and why. */
import { roleOf } from '../../shared/pair/view'
import type { FindingAnswer, FindingRecord, Ruling } from '../../shared/review/finding'
import { roleName } from '../relay/words'
import { useOpenPair } from '../store/context'
import { moment } from '../ui/format'

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

export const FindingTrail = ({ record }: { record: FindingRecord }) => {
  const { state } = useOpenPair()
  const { finding, raisedBy, answer, ruling, handoff, promotedAt } = record
  const by = roleName(finding.seenBy && finding.seenBy !== 'both' ? finding.seenBy : roleOf(state, raisedBy))
  const stations: readonly (Station | null)[] = [
    {
      key: 'raised',
      text: `Round ${record.round}, ${finding.seenBy === 'both' ? 'both reviewers' : by.toLowerCase()}${
        finding.repeats ? `, again after ${finding.repeats}` : ''
      }`,
      reason: '',
      at: record.at,
      strong: false,
    },
    promotedAt === null
      ? null
      : { key: 'promoted', text: 'You brought it into scope', reason: '', at: promotedAt, strong: true },
    handoff === null
      ? null
      : {
          key: 'handoff',
          text: `To the driver with handoff ${handoff}`,
          reason: '',
          at: null,
          strong: false,
        },
    answer === null
      ? null
      : { key: 'answer', text: ANSWERS[answer.answer], reason: answer.reason, at: answer.at, strong: true },
    ruling === null
      ? null
      : { key: 'ruling', text: RULINGS[ruling.type], reason: ruling.reason, at: ruling.at, strong: true },
  ]
  return (
    <ol className="way">
      {stations
        .flatMap(each => each ?? [])
        .map(({ key, text, reason, at, strong }) => (
          <li key={key} className={strong ? 'strong' : ''}>
            <span>{text}</span>
            {at && <time dateTime={at}>{moment(at)}</time>}
            {reason && <q className="selectable">{reason}</q>}
          </li>
        ))}
    </ol>
  )
}
