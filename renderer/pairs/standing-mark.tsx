/** How a pair stands, as a mark: whose turn it is by the role's own, what waits, what has ended. Words stand beside it or on it. */
import type { Now } from '../../shared/pair/now'
import { AlertIcon, AskIcon, CheckIcon, HoldIcon, PauseIcon, PlayIcon, RoleMark, StopIcon } from '../ui/icons'

export const StandingMark = ({ now, over }: { now: Now; over: boolean }) => {
  if (now.tone === 'done') return <CheckIcon />
  if (now.tone === 'trouble') return <AlertIcon />
  if (over) return <StopIcon />
  // The proof, or both at once: nobody's turn, but nothing waits either.
  if (now.tone === 'plain') return now.role === null ? <PlayIcon /> : <RoleMark of={now.role} />
  if (now.role !== null) return <AskIcon />
  return now.text === 'Paused' ? <PauseIcon /> : <HoldIcon />
}
