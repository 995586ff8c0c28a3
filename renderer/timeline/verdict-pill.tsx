/** A verdict by shape, word and colour, in that order. */
import type { Verdict } from '../../shared/review/finding'
import { type EntryOf, verdictWords } from '../../shared/score/words'
import { AlertIcon, AskIcon, CheckIcon, PenIcon } from '../ui/icons'

export const VERDICT_MARKS: Readonly<Record<Verdict, () => React.ReactNode>> = {
  pass: CheckIcon,
  changes: PenIcon,
  unclear: AskIcon,
  error: () => <AlertIcon size={12} />,
}

export const VerdictPill = ({
  entry,
}: {
  entry: Pick<EntryOf<'review'>, 'verdict' | 'findings' | 'by' | 'plan'>
}) => {
  const Mark = VERDICT_MARKS[entry.verdict]
  return (
    <span className={`verdict ${entry.verdict}`}>
      <Mark />
      {verdictWords(entry)}
    </span>
  )
}
