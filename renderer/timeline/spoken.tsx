/**
 * A reader hears what matters, one sentence at a time; turns and handoffs are in the list. It stands outside the
 * timeline and the side, so that it is heard whatever is shown.
 */
import { useState } from 'react'
import type { Entry } from '../../shared/journal/entry'
import { sentence } from '../../shared/score/words'
import { useOpenPair } from '../store/context'

const WORTH_SAYING: ReadonlySet<Entry['type']> = new Set([
  'plan',
  'report',
  'proof',
  'review',
  'request',
  'hold',
  'round',
  'swap',
  'ended',
])

const lastWorthSaying = (entries: readonly Entry[], from: number): Entry | undefined => {
  for (let index = entries.length - 1; index >= 0; index--) {
    const entry = entries[index]
    if (!entry || entry.seq <= from) return undefined
    if (WORTH_SAYING.has(entry.type)) return entry
  }
  return undefined
}

export const Spoken = () => {
  const { entries } = useOpenPair()
  const [from] = useState(() => entries.at(-1)?.seq ?? -1)
  const last = lastWorthSaying(entries, from)
  return (
    <div className="visually-hidden" role="log" aria-live="polite" aria-label="Latest">
      {last ? sentence(last) : ''}
    </div>
  )
}
