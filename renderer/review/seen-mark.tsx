/** Who saw it. After a blind double review that is what matters most, so it is drawn as such; else a quiet word. */
import { roleOf } from '../../shared/pair/view'
import type { FindingRecord } from '../../shared/review/finding'
import { useOpenPair } from '../store/context'
import { RoleMark } from '../ui/icons'

export const SeenMark = ({ record, double }: { record: FindingRecord; double: string | undefined }) => {
  const { state } = useOpenPair()
  const { seenBy } = record.finding
  const role = seenBy === undefined || seenBy === 'both' ? roleOf(state, record.raisedBy) : seenBy
  if (double === undefined)
    return (
      <span className="seen quiet">
        <RoleMark of={role} size={12} />
        {role}
      </span>
    )
  if (seenBy === 'both')
    return (
      <span className="seen strong both" title="In the blind double review both saw it, each alone">
        <span className="driver">
          <RoleMark of="driver" size={12} />
        </span>
        <span className="navigator">
          <RoleMark of="navigator" size={12} />
        </span>
        Both saw it
      </span>
    )
  return (
    <span className={`seen strong ${role}`} title={`In the blind double review only the ${role} saw it`}>
      <RoleMark of={role} size={12} />
      Only {role}
    </span>
  )
}
