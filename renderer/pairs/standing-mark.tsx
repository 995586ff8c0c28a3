/** How a pair stands, as a mark: whose turn it is by the role's own, what waits, what has ended. Words stand beside it or on it. */
import type { Now } from '../../shared/pair/now'
import { AlertIcon, CheckIcon, HoldIcon, PauseIcon, RoleMark, StopIcon } from '../ui/icons'

export const StandingMark = ({ now, over }: { now: Now; over: boolean }) => {
  if (now.tone === 'done') return <CheckIcon />
  if (now.tone === 'trouble') return <AlertIcon />
  if (over) return <StopIcon />
  if (now.role !== null && now.tone === 'plain') return <RoleMark of={now.role} />
  return now.text === 'Paused' ? <PauseIcon /> : <HoldIcon />
}
